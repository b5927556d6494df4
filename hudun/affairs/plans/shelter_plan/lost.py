"""Shelters and streets are lost: the repair at once, the stable plan, and who moves where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from hudun.core.error import Problem
from hudun.engines.sheltering.assign import Assignment
from hudun.engines.sheltering.cover import barrier
from hudun.engines.sheltering.instance import Flags
from hudun.engines.sheltering.loss import Moves, moves, repair_onto, stable_onto
from hudun.engines.sheltering.network import Network
from hudun.engines.sheltering.proof import cover_bound
from hudun.geodata.streets import BadStreets, Streets, between, closed, crossing

from .ground import Ground
from .plan import Result, finished, instance_of
from .tables import NOWHERE, Row

OUTSIDE = "（无位）"


@dataclass(frozen=True, slots=True)
class AfterLoss:
    lost: Flags
    repaired: Assignment
    stable: Result
    at_once: Moves
    """From the plan to the repair."""
    steady: Moves
    """From the plan to the stable plan."""
    displaced: int
    """People who lost their shelter, or their way to it."""


def after_loss(result: Result, lost: Flags, shut: Flags, penalty_m: float) -> AfterLoss:
    """`lost` shelters and `shut` edges of the streets are gone; who leaves a shelter he could keep
    costs `penalty_m` metres more."""
    ground, before = _without(result, shut), result.plan
    rest = instance_of(ground, result.terms, lost)
    repaired = repair_onto(before, rest)
    stable = stable_onto(before, rest, round(penalty_m / rest.unit))
    most = cover_bound(rest, barrier(rest, stable.plan.flow)) == stable.plan.covered
    after = finished(ground, result.terms, stable.plan, most and stable.proved, lost)
    at_once, steady = moves(before, repaired), moves(before, stable.plan)
    return AfterLoss(lost, repaired, after, at_once, steady, at_once.total)


def _without(result: Result, shut: Flags) -> Ground:
    ground = result.ground
    if not shut.any():
        return ground
    streets = closed(ground.streets, shut)
    ends = (streets.a, streets.b, streets.there, streets.back)
    return replace(ground, streets=streets, network=Network.of_edges(len(streets.ids), *ends))


def lost_shelters(result: Result, names: list[str]) -> tuple[Flags, list[str]]:
    """(flags, names that no shelter in use bears)."""
    known = {name: k for k, name in enumerate(result.ground.shelters.id)}
    lost = np.zeros(len(known), bool)
    lost[[known[name] for name in names if name in known]] = True
    return lost, [f"{name}：没有这个工程，或本来就不用" for name in names if name not in known]


def shut_streets(streets: Streets, path: Path) -> tuple[Flags, list[str]]:
    """From lines `from,to` naming nodes, or from shapes on the map: every street they touch."""
    try:
        if path.suffix.lower() in (".csv", ".txt"):
            pairs, faults = _pairs(path)
            which, unknown = between(streets, pairs)
            return which, faults + [f"{pair}：没有这段路" for pair in unknown]
        _, _, shapes, _ = pyogrio.raw.read(path)
        area = shapely.union_all(shapely.from_wkb(shapes, on_invalid="ignore"))
        return crossing(streets, area), []
    except (
        BadStreets,
        OSError,
        UnicodeDecodeError,
        ValueError,
        pyogrio.errors.DataSourceError,
    ) as e:
        raise Problem("400.311", path=path.name, reason=e) from e


def _pairs(path: Path) -> tuple[list[tuple[int, int]], list[str]]:
    pairs, faults = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        cells = line.replace(",", " ").split()
        if not cells or cells[0].startswith("#") or (number == 1 and not cells[0].isdigit()):
            continue
        try:
            pairs.append((int(cells[0]), int(cells[1])))
        except (ValueError, IndexError):
            faults.append(f"{path.name} 第 {number} 行：不是两个节点编号")
    return pairs, faults


def move_rows(result: Result, steps: Moves, stage: str) -> list[Row]:
    people, names = result.ground.people, [*result.ground.shelters.id, OUTSIDE]
    return [
        {
            "stage": stage,
            "demand": people.id[steps.demand[k]],
            "community": people.community[steps.demand[k]] or NOWHERE,
            "from": names[steps.source[k]],
            "to": names[steps.target[k]],
            "people": int(steps.people[k]),
        }
        for k in range(len(steps.people))
    ]


def loss_summary(result: Result, after: AfterLoss) -> Row:
    repaired, stable, unit = after.repaired, after.stable.plan, result.plan.instance.unit
    return {
        "lost_shelters": int(after.lost.sum()),
        "displaced": after.displaced,
        "repair_left": int(repaired.left.sum()),
        "repair_moved": after.at_once.total,
        "stable_left": int(stable.left.sum()),
        "stable_moved": after.steady.total,
        "walked_before_m": round(result.plan.walked * unit),
        "walked_after_m": round(stable.walked * unit),
        "proved": after.stable.proved,
    }
