"""Those who leave the district: in waves, on foot to an assembly point, from there by vehicle to an
area outside.

Wave by wave: the people of the wave go to assembly points within reach (most covered, then least
walking), and from each point to areas with room left (most covered, then least riding). Both are
exact for their wave; a later wave finds what the earlier ones left. The fleet drives the trips
longest first, each by the vehicle that is free soonest (Graham 1969: at most 4/3 of the least
time, and never below the two bounds told with it).
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heapreplace

import numpy as np

from .assign import Assignment, assign
from .instance import Instance
from .network import Floats, Ints
from .proof import row_sums
from .search import Reach

MINUTE = 1 / 60
"""Rides are kept in whole seconds; their unit is a minute."""


@dataclass(frozen=True, slots=True)
class Fleet:
    vehicles: int
    seats: int
    loading: float = 10.0
    """Minutes to board, and again to alight."""


@dataclass(frozen=True, slots=True)
class Wave:
    leaving: Ints
    """People of each demand who leave in this wave."""
    gather: Assignment
    """Demands to assembly points."""
    ride: Assignment
    """Assembly points to areas; who found no area is in its `left`."""
    minutes: float
    """From the first boarding to the last alighting."""
    least_minutes: float
    """No timetable is shorter: the longest trip, or the mean work of a vehicle."""

    @property
    def left(self) -> int:
        """People of the wave without an assembly point or without an area."""
        return int(self.leaving.sum()) - self.ride.covered


def evacuate(
    people: Ints, shares: list[float], reach: Reach, points: Ints, ride: Floats, areas: Ints,
    fleet: Fleet,
) -> list[Wave]:  # fmt: skip
    """`shares` of the people leave in each wave, to the person over all waves together; `reach`
    names the assembly points within a walk of each demand, `points` how many each holds in a wave;
    `ride` (points × areas) is minutes, infinite where there is no road; `areas` have places.
    ValueError for shares below zero or above one in all, or a fleet that carries nobody."""
    if min(shares, default=0) < 0 or sum(shares) > 1 + 1e-9:
        raise ValueError("shares of people who leave must be between none and all")
    if fleet.vehicles <= 0 or fleet.seats <= 0:
        raise ValueError("a fleet that carries nobody")
    room, waves = areas.copy(), []
    for leaving in leavers(people, shares):
        gather = assign(Instance.of_reach(reach, leaving, points))
        to_area = assign(_rides(gather.load, room, ride))
        room = room - to_area.load
        waves.append(Wave(leaving, gather, to_area, *timetable(to_area, fleet)))
    return waves


def leavers(people: Ints, shares: list[float]) -> list[Ints]:
    """People of each demand in each wave; the waves of a demand add up to its share in all."""
    total = np.rint(np.outer(np.cumsum([0.0, *shares]), people)).astype(np.int64)
    return list(np.diff(total, axis=0))


def stayers(people: Ints, shares: list[float]) -> Ints:
    """Who stays and needs a place in a shelter."""
    gone: Ints = np.sum(leavers(people, shares), axis=0, dtype=np.int64)
    return people - gone


def timetable(ride: Assignment, fleet: Fleet) -> tuple[float, float]:
    """(minutes until the last has alighted, a bound below which no timetable is)."""
    trips = -(-ride.flow // fleet.seats)
    one_way = np.repeat(ride.instance.cost * MINUTE, trips)
    if not len(one_way):
        return 0.0, 0.0
    free = [0.0] * min(fleet.vehicles, len(one_way))
    heapify(free)
    last = 0.0
    for minutes in np.sort(one_way)[::-1].tolist():
        done = free[0] + minutes + 2 * fleet.loading
        last = max(last, done)
        heapreplace(free, done + minutes)  # back for the next
    shortest = float((2 * (one_way + fleet.loading)).sum() - len(free) * one_way.max())
    longest = float(one_way.max()) + 2 * fleet.loading
    return last, max(longest, shortest / fleet.vehicles)


def _rides(load: Ints, room: Ints, ride: Floats) -> Instance:
    point, area = np.nonzero(np.isfinite(ride))
    seconds = np.rint(ride[point, area] / MINUTE).astype(np.int64)
    return Instance.of_arcs(load, room, point, area, seconds, MINUTE)


def reconciled(waves: list[Wave]) -> bool:
    """Who gathers rides, or is told to have no area."""
    return all(
        (wave.gather.load == row_sums(wave.ride.instance, wave.ride.flow) + wave.ride.left).all()
        for wave in waves
    )
