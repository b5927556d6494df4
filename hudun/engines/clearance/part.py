"""A part of the people, such as those who live inside a polygon: when they are inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .budget import Budget, budget
from .queue import Floats, Groups, Ints, Links, Times, curve, walk

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cleared:
    budget: Budget
    """`budget.last` is the clearance time in seconds after the signal."""
    arrived: Ints
    """People at the doors after 0, 1, 2… steps."""
    inside: Ints


def clear_part(
    links: Links, groups: Groups, times: Times, chosen: Flags, warning: float, step: float = 60.0
) -> Cleared:
    """Of the `chosen` groups, in a run in which everybody walks."""
    which = np.flatnonzero(chosen)
    people = groups.people[which]
    parts = budget(links, groups, times, warning, which)
    return Cleared(
        parts, curve(times.arrived[which], people, step), curve(times.inside[which], people, step)
    )


def clear_alone(
    links: Links, rate: Floats, groups: Groups, chosen: Flags, warning: float, step: float = 60.0
) -> Cleared:
    """The same if nobody but they walk: what the others cost them is the difference."""
    few = subset(groups, np.flatnonzero(chosen))
    return clear_part(
        links, few, walk(links, rate, few), np.ones(len(few.people), bool), warning, step
    )


def subset(groups: Groups, which: Ints) -> Groups:
    length = np.diff(groups.first)[which]
    first = np.concatenate([[0], np.cumsum(length)])
    take = np.repeat(groups.first[:-1][which] - first[:-1], length) + np.arange(first[-1])
    return Groups(
        groups.people[which], groups.start[which], groups.speed[which], first,
        groups.link[take], groups.last[which], groups.door[which],
    )  # fmt: skip
