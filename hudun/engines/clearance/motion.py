"""Where everybody is at a moment: pictures of the way, and who uses which street and door when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from .queue import Floats, Groups, Ints, Links, Nodes, Times


class Phase(IntEnum):
    AT_HOME = 0
    """Not yet warned, or not yet out of the door."""
    ON_LINK = 1
    WAITING = 2
    """At the end of a link or at home, for the next link to let them in."""
    LAST_METRES = 3
    """From the last node to the door."""
    AT_DOOR = 4
    INSIDE = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment, a value for each group."""

    second: float
    phase: Nodes
    step: Ints
    """Index into `Groups.link` of the link walked last, −1 before the first."""
    share: Floats
    """Of that link walked, 0 to 1."""

    def people(self, groups: Groups) -> Ints:
        """People in each `Phase`; they add up to everybody in every frame."""
        return _counts(self.phase, groups.people, len(Phase))

    def on_links(self, groups: Groups, links: Links) -> Ints:
        """People walking on each link at this moment."""
        there = self.phase == Phase.ON_LINK
        return _counts(groups.link[self.step[there]], groups.people[there], len(links.length))


def frames(links: Links, groups: Groups, times: Times, seconds: ArrayLike) -> list[Frame]:
    """The moments asked for; `times` must be of a run with `trace`."""
    if len(times.entered) != len(groups.link):
        raise ValueError("the run was not traced")
    moments = np.asarray(seconds, np.float64)
    return [Frame(float(moment), *_moment(links, groups, times, moment)) for moment in moments]


def _moment(
    links: Links, groups: Groups, times: Times, moment: float
) -> tuple[Nodes, Ints, Floats]:
    phase, step, share = _where(
        links.length, groups.start, groups.speed, groups.first, groups.link,
        times.entered, times.arrived, times.inside, moment,
    )  # fmt: skip
    return phase, step, share


def link_flow(groups: Groups, links: Links) -> Ints:
    """People over each link in all."""
    people = np.repeat(groups.people, np.diff(groups.first))
    return _counts(groups.link, people, len(links.length))


def link_curve(groups: Groups, times: Times, link: int, step: float) -> Ints:
    """People who entered one link within each `step` seconds after the signal."""
    there = np.flatnonzero(groups.link == link)
    people = np.repeat(groups.people, np.diff(groups.first))[there]
    slot = (times.entered[there] // step).astype(np.int64)
    return _counts(slot, people, int(slot.max(initial=-1)) + 1)


def door_curves(groups: Groups, times: Times, doors: int, step: float) -> tuple[Ints, Ints]:
    """(arrived, inside): people at each door (row) after 0, 1, 2… steps, until all are inside."""
    ends = int(np.ceil(times.inside.max(initial=0) / step)) + 1
    return (
        _filled(groups, times.arrived, doors, ends, step),
        _filled(groups, times.inside, doors, ends, step),
    )


def _filled(groups: Groups, seconds: Floats, doors: int, ends: int, step: float) -> Ints:
    slot = np.minimum(np.ceil(seconds / step), ends - 1).astype(np.int64)
    flat = _counts(groups.door.astype(np.int64) * ends + slot, groups.people, doors * ends)
    return np.cumsum(flat.reshape(doors, ends), axis=1)


def _counts(place: Ints | Nodes, people: Ints, size: int) -> Ints:
    total = np.zeros(size, np.int64)
    np.add.at(total, place, people)
    return total


@njit(cache=True, nogil=True)
def _where(length, start, speed, first, link, entered, arrived, inside, moment):  # type: ignore[no-untyped-def]
    groups = len(start)
    phase, step = np.zeros(groups, np.int32), np.full(groups, -1, np.int64)
    share = np.zeros(groups)
    for k in range(groups):
        if moment < start[k]:
            continue
        low, high = first[k], first[k + 1]
        while low < high:
            middle = (low + high) // 2
            if entered[middle] <= moment:
                low = middle + 1
            else:
                high = middle
        at = low - 1
        if at >= first[k]:
            step[k] = at
            seconds = length[link[at]] / speed[k]
            share[k] = 1.0 if seconds <= 0 else min(1.0, (moment - entered[at]) / seconds)
        if moment >= inside[k]:
            phase[k] = 5
        elif moment >= arrived[k]:
            phase[k] = 4
        elif at >= first[k] and share[k] < 1.0:
            phase[k] = 1
        else:
            phase[k] = 3 if at == first[k + 1] - 1 else 2
    return phase, step, share
