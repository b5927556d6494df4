"""A point-queue network: people walk freely along a link, and queue where it begins.

A link lets `capacity` persons a second in, first come first served, both directions together; who
is in walks at his own speed. A door lets `rate` persons a second through after the walk. Queues
take no room (no spill-back): what stands in a street does not block the crossing behind it, so the
times are those of a well-marshalled walk. A group of n people passes as one; every window of d
seconds then sees at most capacity·d + n people enter, which is what the lower bound allows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from hudun.engines.heap import pop, push

Ints = NDArray[np.int64]
Nodes = NDArray[np.int32]
Floats = NDArray[np.float64]

FOREVER = np.inf


@dataclass(frozen=True, slots=True)
class Links:
    length: Floats
    """m, or m of level ground that take as long."""
    capacity: Floats
    """persons/s; infinite where the width does not bind."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Group k: `people` who leave at `start` (s) at `speed` (m/s), walk the links
    `link[first[k]:first[k + 1]]`, then `last` metres to `door`."""

    people: Ints
    start: Floats
    speed: Floats
    first: Ints
    link: Nodes
    last: Floats
    door: Nodes

    def __post_init__(self) -> None:
        columns = (self.people, self.start, self.speed, self.last, self.door)
        if len({len(column) for column in columns} | {len(self.first) - 1}) != 1:
            raise ValueError("columns differ in length")
        if len(self.speed) and not (self.speed > 0).all():
            raise ValueError("a group that does not move")


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds after the signal, for each group: at the door, and through it."""

    arrived: Floats
    inside: Floats
    entered: Floats
    """When each step of `Groups.link` was entered; empty unless asked for."""


def walk(links: Links, rate: Floats, groups: Groups, trace: bool = False) -> Times:
    """Runs everybody to the end. `rate` is that of each door, persons/s; `trace` also keeps when
    each link was entered. ValueError where a door or link that is used lets nobody through."""
    used = np.unique(groups.link)
    if (links.capacity[used] <= 0).any() or (rate[np.unique(groups.door)] <= 0).any():
        raise ValueError("a link or door on the way lets nobody through")
    return Times(
        *_run(
            links.length, links.capacity, rate, groups.people.astype(np.float64), groups.start,
            groups.speed, groups.first, groups.link, groups.last, groups.door, trace,
        )
    )  # fmt: skip


def through_door(arrived: Floats, people: Ints, rate: float) -> Floats:
    """The queue at one door in closed form: when each group is through, for groups in order of
    arrival. Leaving time = cumulated people/rate + the largest lead an arrival ever had over it."""
    served = np.cumsum(people) / rate
    slack = np.maximum.accumulate(arrived - (served - people / rate))
    return np.asarray(served + slack)


def curve(times: Floats, people: Ints, step: float) -> Ints:
    """People who are there after 0, 1, 2… steps, until all are."""
    last = int(np.ceil(times.max(initial=0) / step))
    bins = np.minimum(np.ceil(times / step), last).astype(np.int64)
    return np.cumsum(np.bincount(bins, people, last + 1)).astype(np.int64)


def split_groups(people: Ints, largest: int) -> tuple[Ints, Ints]:
    """(row each group comes from, its people): rows cut into groups of at most `largest`."""
    parts = -(-people // largest)
    row = np.repeat(np.arange(len(people)), parts)
    place = np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    return row, np.minimum(largest, people[row] - place * largest)


@njit(cache=True, nogil=True)
def _run(length, capacity, rate, people, start, speed, first, link, last, door, trace):  # type: ignore[no-untyped-def]
    groups = len(people)
    link_free = np.full(len(length), -np.inf)
    door_free = np.full(len(rate), -np.inf)
    at = first[:-1].copy()
    arrived, inside = np.empty(groups), np.empty(groups)
    entered = np.empty(len(link) if trace else 0)
    keys, values = np.empty(groups + 1), np.empty(groups + 1, np.int64)
    for k in range(groups):
        early = start[k] + (last[k] / speed[k] if first[k] == first[k + 1] else 0.0)
        push(keys, values, k, early, k)
    size = groups
    while size > 0:
        now, k = keys[0], values[0]
        pop(keys, values, size)
        size -= 1
        if at[k] == first[k + 1]:
            d = door[k]
            arrived[k] = now
            door_free[d] = max(now, door_free[d]) + people[k] / rate[d]
            inside[k] = door_free[d]
            continue
        e = link[at[k]]
        entry = max(now, link_free[e])
        if trace:
            entered[at[k]] = entry
        link_free[e] = entry + people[k] / capacity[e]
        at[k] += 1
        metres = length[e] + (last[k] if at[k] == first[k + 1] else 0.0)
        push(keys, values, size, entry + metres / speed[k], k)
        size += 1
    return arrived, inside, entered
