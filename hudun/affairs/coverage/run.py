"""One coverage run: level rasters, the verdict, the figures, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from hudun.engines.acoustics import STATED_ACCURACY_M, Method, Siren, level_at_1m, radius_120
from hudun.engines.acoustics.audible import (
    DeadZone,
    Figures,
    Integers,
    Mask,
    Rule,
    dead_zones,
    figures,
)
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.kept import Kept
from hudun.engines.acoustics.quick import radius_fema
from hudun.engines.acoustics.raster import Grid, Levels, level_raster

from .cost import Cost
from .inputs import Town
from .places import Shares, shares

WINDOW_DB = 10.0
LISTENER_M = 1.5


@dataclass(frozen=True)
class Result:
    """fema: by the method of CPG 1-17; quick: by the statutory formula."""

    town: Town
    rule: Rule
    method: Method
    kept: Kept
    summed: Levels
    heard: Mask
    figures: Figures
    zones: list[DeadZone]
    quick: Figures
    fema: Figures
    far: float
    """Share of the heard outdoor ground further than 1 km from the nearest siren that is heard."""
    shares: list[Shares]


def plan(town: Town, cores: int) -> Cost:
    return Cost(len(town.sirens), town.grid.size, cores)


def method_for(
    rule: Rule,
    *,
    celsius: float,
    humidity: float,
    edition: int,
    exact: bool,
    reflections: bool = False,
) -> Method:
    """Ways round the sides only where they may matter to one of the thresholds."""
    needed = np.maximum(rule.floor, np.asarray(rule.ambient) + rule.margin)
    low, high = float(np.min(needed)), float(np.max(needed))
    near = None if exact else ((low + high) / 2.0, WINDOW_DB + (high - low) / 2.0)
    return Method(
        celsius=celsius, humidity=humidity, edition=edition, near=near, reflections=reflections
    )


def rule_for(town: Town, floor: float, margin: float, ambient: float) -> Rule:
    return Rule(floor, margin, ambient if town.ambient is None else town.ambient)


def reckon(
    town: Town,
    rule: Rule,
    method: Method,
    executor: Executor,
    losses: float,
    tell: Callable[[int, int], None],
) -> Result:
    levels: list[Levels] = []
    for siren in town.sirens:
        levels.append(level_raster(siren, town.grid, town.scene, method, executor, LISTENER_M))
        tell(len(levels), len(town.sirens))
    return summed_up(town, rule, method, Kept(levels), losses)


def summed_up(town: Town, rule: Rule, method: Method, kept: Kept, losses: float) -> Result:
    needed = rule.threshold((town.grid.rows, town.grid.columns))
    ground = ground_of(town)
    heard = kept.heard(needed)
    alone = np.sum([one >= needed for one in kept.levels], axis=0).astype(np.int64)
    fema, statutory = by_fema(town, needed), quick_heard(town, rule, losses)
    return Result(
        town,
        rule,
        method,
        kept,
        kept.summed(),
        heard,
        figures(town.grid, heard, alone, ground, town.people),
        zones_of(town, heard),
        figures(town.grid, statutory > 0, statutory, ground, town.people),
        figures(town.grid, fema > 0, fema, ground, town.people),
        far_share(town, kept.levels, needed, ground),
        shares(town.crowd, town.grid, heard, ground),
    )


def ground_of(town: Town) -> Mask:
    """Outdoor cells of the built-up area: the denominator of areas."""
    return town.built_up & ~town.indoors


def zones_of(town: Town, heard: Mask) -> list[DeadZone]:
    return dead_zones(town.grid, heard | town.indoors, ground_of(town), town.people)


def distances(grid: Grid, siren: Siren) -> Floats:
    x = grid.west + (np.arange(grid.columns) + 0.5) * grid.step - siren.x
    y = grid.south + (np.arange(grid.rows) + 0.5) * grid.step - siren.y
    found: Floats = np.hypot(y[:, None], x[None, :])
    return found


def quick_heard(town: Town, rule: Rule, losses: float) -> Integers:
    """How many sirens reach each cell by the statutory formula."""
    shape = (town.grid.rows, town.grid.columns)
    ambient = np.broadcast_to(np.asarray(rule.ambient, np.float64), shape)
    count = np.zeros(shape, np.int64)
    for siren in town.sirens:
        loudest = radius_120(level_at_1m(siren.level), 0.0, losses)
        count += distances(town.grid, siren) <= loudest * 10.0 ** (-ambient / 20.0)
    return count


def by_fema(town: Town, needed: Levels) -> Integers:
    """How many sirens are at least as loud as needed by CPG 1-17: 10 dB for each doubling."""
    count = np.zeros(needed.shape, np.int64)
    for siren in town.sirens:
        reach = radius_fema(siren.level, 0.0) * 2.0 ** (-needed.astype(np.float64) / 10.0)
        count += distances(town.grid, siren) <= reach
    return count


def far_share(town: Town, levels: list[Levels], needed: Levels, ground: Mask) -> float:
    nearest = np.full(needed.shape, np.inf)
    for siren, one in zip(town.sirens, levels, strict=True):
        reached = np.minimum(nearest, distances(town.grid, siren))
        nearest = np.where(one >= needed, reached, nearest)
    heard = np.isfinite(nearest) & ground.astype(bool)
    return float((nearest[heard] > STATED_ACCURACY_M).mean()) if heard.any() else 0.0
