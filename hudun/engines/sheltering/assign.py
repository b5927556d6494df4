"""The plan: most people covered, then least walking, and where asked the lowest worst walk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from .cover import barrier, most_people
from .instance import Flags, Instance
from .network import Ints, Nodes
from .proof import Barrier, Proof, loads, row_sums
from .settle import settled_first
from .simplex import cheapest


class Reason(IntEnum):
    """Why somebody has no place."""

    NONE = 0
    CUT_OFF = 1
    """No way leads from there to any shelter, however long."""
    NONE_IN_REACH = 2
    FULL = 3
    """Every shelter in reach is full, also after others made room."""


@dataclass(frozen=True, slots=True)
class Assignment:
    instance: Instance
    flow: Ints
    """People on each arc of the instance."""
    proof: Proof | None
    """None where the plan is not claimed to be the best."""

    @property
    def inside(self) -> Ints:
        return row_sums(self.instance, self.flow)

    @property
    def left(self) -> Ints:
        """People of each demand without a place."""
        return self.instance.people - self.inside

    @property
    def load(self) -> Ints:
        return loads(self.instance, self.flow)

    @property
    def covered(self) -> int:
        return int(self.flow.sum())

    @property
    def walked(self) -> int:
        """Sum over people, in units of cost."""
        return int((self.flow * self.instance.cost).sum())

    @property
    def worst(self) -> int:
        return int(self.instance.cost[self.flow > 0].max(initial=0))

    @property
    def split(self) -> Ints:
        """Demands whose people go to several shelters, or partly to none."""
        used = np.zeros(self.instance.demands, np.int64)
        np.add.at(used, self.instance.rows(), self.flow > 0)
        return np.flatnonzero((used > 1) | ((used == 1) & (self.left > 0)))

    def reasons(self, connected: Flags | None = None) -> Nodes:
        """A `Reason` for each demand; `connected` says from where some shelter can be walked to."""
        none = np.diff(self.instance.first) == 0
        reason = np.where(none, Reason.NONE_IN_REACH, Reason.FULL)
        if connected is not None:
            reason[none & ~connected] = Reason.CUT_OFF
        return np.where(self.left > 0, reason, Reason.NONE).astype(np.int32)


def assign(instance: Instance, fair: bool = False) -> Assignment:
    """The most people covered; among those plans the least walking; with `fair`, first the lowest
    worst walk among the plans that cover the most, then the least walking under it."""
    if not fair:
        solved = settled_first(instance, instance.ceiling())
        most = barrier(instance, solved.flow)
        return Assignment(instance, solved.flow, Proof(most, solved.price, instance.ceiling()))
    return _fair(instance)


def _fair(instance: Instance) -> Assignment:
    target = most_people(instance)
    worst, below = lowest_worst(instance, target)
    near = instance.cost <= worst
    part = instance.keep(near)
    solved = settled_first(part, part.ceiling())
    flow = np.zeros(instance.arcs, np.int64)
    flow[near] = solved.flow
    most = barrier(instance, flow)
    return Assignment(instance, flow, Proof(most, solved.price, part.ceiling(), worst, below))


def lowest_worst(instance: Instance, target: int) -> tuple[int, Barrier]:
    """The lowest cost under whose arcs `target` people can be covered, and the barrier that proves
    it cannot be done with cheaper arcs only. Bisection over the costs."""
    steps = np.unique(instance.cost)
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        if most_people(instance.keep(instance.cost <= steps[middle])) == target:
            high = middle
        else:
            low = middle + 1
    worst = int(steps[low]) if target else 0
    lower = instance.keep(instance.cost < worst)
    return worst, barrier(lower, cheapest(lower.priced(lower.cost * 0), 1).flow)
