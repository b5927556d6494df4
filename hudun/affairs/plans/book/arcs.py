"""Who goes where, one line a pair that the plan uses, ready to be grouped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hudun.affairs.plans.shelter_plan.plan import Result
from hudun.affairs.plans.shelter_plan.tables import NOWHERE
from hudun.engines.sheltering.network import Floats

ADULT_M_MIN, ELDER_M_MIN = 80.0, 42.0
"""80 m/min is the planning speed of adults, 0.7 m/s that assumed of the old."""


@dataclass(frozen=True, slots=True)
class Arc:
    """`place` is its position in `Result.used`."""

    place: int
    row: int
    shelter: int
    door: int
    """Ordinal of the entrance within its shelter."""
    people: int
    metres: float
    first_min: float
    """When the first of them stand at the door, and when the last are inside."""
    inside_min: float


def arcs(result: Result) -> Iterator[Arc]:
    plan = result.plan
    rows, to = plan.instance.rows()[result.used], plan.instance.shelter[result.used]
    metres = plan.instance.cost[result.used] * plan.instance.unit
    door = result.ways.door - np.searchsorted(result.ground.owner, to)
    first, last = _first(result), _last(result)
    for k, arc in enumerate(result.used):
        yield Arc(
            k, int(rows[k]), int(to[k]), int(door[k]), int(plan.flow[arc]),
            round(float(metres[k]), 1), minutes(first[k]), minutes(last[k]),
        )  # fmt: skip


def minutes(seconds: float) -> float:
    return round(float(seconds) / 60, 1)


def _first(result: Result) -> Floats:
    first = np.full(len(result.used), np.inf)
    np.minimum.at(first, result.group_arc, result.times.arrived)
    return np.where(np.isfinite(first), first, 0.0)


def _last(result: Result) -> Floats:
    last = np.zeros(len(result.used))
    np.maximum.at(last, result.group_arc, result.times.inside)
    return last


def communities_of(result: Result) -> list[str]:
    return [name or NOWHERE for name in result.ground.people.community]


def way_of(result: Result, place: int) -> list[tuple[float, float]]:
    """Longitudes and latitudes of the walk, from the street before the house to the entrance."""
    streets, ways = result.ground.streets, result.ways
    nodes = ways.node[ways.first[place] : ways.first[place + 1]].tolist()
    nodes.append(int(result.ground.door[ways.door[place]]))
    return [(float(streets.lon[node]), float(streets.lat[node])) for node in nodes]
