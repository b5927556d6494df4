"""One coverage run: level rasters, the verdict, the figures, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from hudun.engines.acoustics import (
    STATED_ACCURACY_M,
    Method,
    level_at_1m,
    radius_120,
    radius_fema,
)
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
from hudun.engines.acoustics.raster import Levels, level_raster, together

from .inputs import Town

PAIRS_PER_SECOND = 30_000.0
"""Of one core, with ways round the sides: what a plan reckons with."""
SHOWN_ZONES = 10
LISTENER_M = 1.5


@dataclass(frozen=True)
class Result:
    town: Town
    rule: Rule
    method: Method
    levels: list[Levels]
    summed: Levels
    figures: Figures
    zones: list[DeadZone]
    quick: Figures
    far: float
    """Share of the heard outdoor ground further than 1 km from the nearest siren that is heard."""


def plan(town: Town, cores: int) -> str:
    pairs = len(town.sirens) * town.grid.size
    seconds = pairs / PAIRS_PER_SECOND / cores
    kept = pairs * 4 / 2**20
    return (
        f"计划：{len(town.sirens)} 台 × {town.grid.size:,} 个接收点 = {pairs:,} 对，"
        f"{cores} 核约 {seconds:,.0f} 秒，内存约 {kept + 300:,.0f} MB"
    )


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
    summed = together(levels)
    needed = rule.threshold(summed.shape)
    ground = town.built_up & ~town.indoors
    heard = summed >= needed
    alone = np.sum([one >= needed for one in levels], axis=0).astype(np.int64)
    statutory = quick_heard(town, rule, losses)
    return Result(
        town,
        rule,
        method,
        levels,
        summed,
        figures(town.grid, heard, alone, ground, town.people),
        dead_zones(town.grid, heard & ~town.indoors | town.indoors, ground, town.people),
        figures(town.grid, statutory > 0, statutory, ground, town.people),
        far_share(town, levels, needed, ground),
    )


def distances(town: Town, index: int) -> Floats:
    grid, siren = town.grid, town.sirens[index]
    x = grid.west + (np.arange(grid.columns) + 0.5) * grid.step - siren.x
    y = grid.south + (np.arange(grid.rows) + 0.5) * grid.step - siren.y
    found: Floats = np.hypot(y[:, None], x[None, :])
    return found


def quick_heard(town: Town, rule: Rule, losses: float) -> Integers:
    """How many sirens reach each cell by the statutory formula."""
    ambient = float(np.mean(rule.ambient))
    count = np.zeros((town.grid.rows, town.grid.columns), np.int64)
    for index, siren in enumerate(town.sirens):
        radius = radius_120(level_at_1m(siren.level), ambient, losses)
        count += distances(town, index) <= radius
    return count


def far_share(town: Town, levels: list[Levels], needed: Levels, ground: Mask) -> float:
    nearest = np.full(needed.shape, np.inf)
    for index, one in enumerate(levels):
        nearest = np.where(one >= needed, np.minimum(nearest, distances(town, index)), nearest)
    heard = np.isfinite(nearest) & ground.astype(bool)
    return float((nearest[heard] > STATED_ACCURACY_M).mean()) if heard.any() else 0.0


def report(result: Result, losses: float, ground: float) -> list[str]:
    """Everything a reader must know beside the figures."""
    rule, method, got = result.rule, result.method, result.figures
    ambient = float(np.mean(rule.ambient))
    said = [
        "—— 输入 ——",
        *result.town.lines,
        f"听得到：声级 ≥ max({rule.floor:g}, 环境 {ambient:g} + {rule.margin:g}) dB(A)",
        f"GB/T 17247.2（ISO 9613-2:{method.edition}），{method.celsius:g} ℃，"
        f"{method.humidity:g} %，地面因子 {ground:g}，听者高 {LISTENER_M:g} m，"
        f"网格 {result.town.grid.step:g} m",
        "警报器频谱为假定（500 Hz 及其谐波）",
        "—— 结果 ——",
        f"物理模型：覆盖 {got.covered_m2 / 1e6:.3f} / {got.built_up_m2 / 1e6:.3f} km²"
        f"（建成区室外地面）= {got.area_share:.1%}",
    ]
    if got.people:
        said.append(
            f"  人口 {got.hearing:,.0f} / {got.people:,.0f} = {got.people_share:.1%}"
            f"（范围外另有 {result.town.people_outside:,.0f} 人未计）"
        )
    said += [
        f"  其中最近的可闻警报器在 1 km 以外的占 {result.far:.1%}：该标准的精度只到 1 km",
        *statutory(result, losses, ambient),
        "重叠（单台各自可闻）："
        + "，".join(f"{count} 台 {share:.1%}" for count, share in enumerate(got.overlap[:6])),
        *zone_lines(result),
    ]
    return said


def statutory(result: Result, losses: float, ambient: float) -> list[str]:
    loudest, floor = max(siren.level for siren in result.town.sirens), result.rule.floor
    return [
        f"国人防〔2007〕120号公式：L0 {ambient:g}，Lz {losses:g} dB：{result.quick.area_share:.1%}"
        f"；人口 {result.quick.people_share:.1%}（未含“高出背景 5 dB”的要求）",
        f"  最响一台半径 {radius_120(level_at_1m(loudest), ambient, losses):,.0f} m；"
        f"按 FEMA CPG 1-17 到 {floor:g} dBC {radius_fema(loudest, floor):,.0f} m",
    ]


def zone_lines(result: Result) -> list[str]:
    said = [f"听不到的片区 {len(result.zones)} 处，前 {SHOWN_ZONES}（按人口、面积）："]
    for zone in result.zones[:SHOWN_ZONES]:
        lon, lat = result.town.plane.degrees(np.array([[zone.x, zone.y]]))[0]
        size = f"{zone.people:8,.0f} 人 {zone.area_m2 / 1e4:8.2f} 公顷"
        said.append(f"  {size}  {lon:.5f}, {lat:.5f}")
    return said
