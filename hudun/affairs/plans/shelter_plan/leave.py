"""Those who leave the district: who gathers where in which wave, and rides to which area."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hudun.core.error import Problem
from hudun.engines.sheltering.assign import Assignment
from hudun.engines.sheltering.evacuate import Fleet, Wave, evacuate, stayers
from hudun.engines.sheltering.network import Floats, Ints
from hudun.engines.sheltering.routes import routes
from hudun.geodata.streets import Streets
from hudun.geodata.streets.model import distances

from .ground import Ground, doors_of, lay_ground
from .plan import instance_reach
from .points import Points
from .tables import NOWHERE, Row

WAVES = ("早期", "临战", "紧急")
DETOUR, KM_H = 1.3, 30.0
"""Roads to the areas lie outside the street file: straight line times 1.3 at 30 km/h, an assumption
that each row says."""


@dataclass(frozen=True, slots=True)
class Leaving:
    shares: dict[str, float]
    """Wave → share of the people."""
    fleet: Fleet


@dataclass(frozen=True, slots=True)
class Evacuation:
    ground: Ground
    """With the assembly points in the place of shelters."""
    areas: Points
    names: list[str]
    waves: list[Wave]
    on_foot: Ints
    """People over each edge of the streets, on their way to an assembly point, in all waves."""

    @property
    def points(self) -> Points:
        return self.ground.shelters


def shares_of(text: str) -> dict[str, float]:
    """`早期=0.1,临战=0.15`; 400.315 where it is none."""
    try:
        pairs = [part.split("=") for part in text.replace("，", ",").split(",")]
        shares = {name.strip(): float(share) for name, share in pairs}
    except ValueError as error:
        raise Problem("400.315", text=text) from error
    good = set(shares) <= set(WAVES) and min(shares.values()) >= 0 and sum(shares.values()) <= 1
    if not good:
        raise Problem("400.315", text=text)
    return {name: shares[name] for name in WAVES if name in shares}


def staying(people: Points, leaving: Leaving) -> Points:
    """The same rows with those who stay: they are the ones who need a shelter."""
    rest = [int(n) for n in stayers(people.number, list(leaving.shares.values()))]
    frail = [min(pair) for pair in zip(rest, people.vulnerables, strict=True)]
    return replace(people, numbers=rest, vulnerables=frail)


def evacuation(
    streets: Streets, people: Points, points: Points, areas: Points, leaving: Leaving, limit: float
) -> Evacuation:
    if np.isnan(points.lonlat).any() or np.isnan(areas.lonlat).any():
        raise Problem("400.316")
    ground = lay_ground(streets, people, points)
    found = instance_reach(ground, limit)
    waves = evacuate(
        people.number, list(leaving.shares.values()), found, points.number,
        _minutes(points, areas), areas.number, leaving.fleet,
    )  # fmt: skip
    walked = np.sum([_on_foot(ground, wave.gather, limit) for wave in waves], axis=0)
    return Evacuation(ground, areas, list(leaving.shares), waves, walked)


def _on_foot(ground: Ground, gather: Assignment, limit: float) -> Ints:
    used = np.flatnonzero(gather.flow)
    rows, to = gather.instance.rows()[used], gather.instance.shelter[used]
    ways = routes(ground.network, doors_of(ground), ground.home[rows], to, limit)
    people = np.repeat(gather.flow[used], np.diff(ways.first))
    found: Ints = np.zeros(len(ground.streets.a), np.int64)
    np.add.at(found, ways.edge, people)
    return found


def _minutes(points: Points, areas: Points) -> Floats:
    a = np.repeat(points.lonlat, len(areas.id), axis=0)
    b = np.tile(areas.lonlat, (len(points.id), 1))
    metres = distances(a[:, 0], a[:, 1], b[:, 0], b[:, 1]) * DETOUR
    return (metres / (KM_H * 1000 / 60)).reshape(len(points.id), len(areas.id))


def gather_rows(people: Points, given: Evacuation) -> list[Row]:
    """Who walks to which assembly point; who reaches none is a row without one."""
    rows = []
    for name, wave in zip(given.names, given.waves, strict=True):
        instance, flow = wave.gather.instance, wave.gather.flow
        steps = [
            (
                int(i),
                given.points.id[instance.shelter[arc]],
                int(flow[arc]),
                int(instance.cost[arc]),
            )
            for arc, i in zip(np.flatnonzero(flow), instance.rows()[flow > 0], strict=True)
        ]
        left = [(int(i), "", int(wave.gather.left[i]), 0) for i in np.flatnonzero(wave.gather.left)]
        rows += [
            {
                "wave": name,
                "demand": people.id[i],
                "community": people.community[i] or NOWHERE,
                "assembly": point,
                "people": count,
                "metres": round(cost * instance.unit, 1),
            }
            for i, point, count, cost in steps + left
        ]
    return rows


def ride_rows(given: Evacuation, fleet: Fleet) -> list[Row]:
    return [
        {
            "wave": name,
            "assembly": given.points.id[wave.ride.instance.rows()[arc]],
            "area": given.areas.id[wave.ride.instance.shelter[arc]],
            "people": int(wave.ride.flow[arc]),
            "trips": -(-int(wave.ride.flow[arc]) // fleet.seats),
            "minutes_assumed": round(float(wave.ride.instance.cost[arc]) / 60, 1),
        }
        for name, wave in zip(given.names, given.waves, strict=True)
        for arc in np.flatnonzero(wave.ride.flow)
    ]


def leave_summary(given: Evacuation) -> list[Row]:
    return [
        {
            "wave": name,
            "people": int(wave.leaving.sum()),
            "leave": wave.ride.covered,
            "without_assembly": int(wave.gather.left.sum()),
            "without_area": int(wave.ride.left.sum()),
            "minutes": round(wave.minutes, 1),
            "least_minutes": round(wave.least_minutes, 1),
        }
        for name, wave in zip(given.names, given.waves, strict=True)
    ]
