"""What an assignment is made from: people, places, and who can reach what at which cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .network import Ints, Nodes
from .search import Reach

Flags = NDArray[np.bool_]

DECIMETRE = 0.1
ROOM = 2**62
"""No sum the solver forms may pass this."""


class BadInstance(ValueError):
    """Numbers that no assignment can be made from."""


@dataclass(frozen=True, slots=True)
class Instance:
    """`people` of n demands, `places` of s shelters, and m arcs sorted by demand, then shelter:
    demand i may go to `shelter[first[i]:first[i + 1]]` at `cost` a person. Costs are whole numbers
    of `unit` (metres or seconds), so that every sum is exact."""

    people: Ints
    places: Ints
    first: Ints
    shelter: Nodes
    cost: Ints
    unit: float = 1.0

    def __post_init__(self) -> None:
        _check(self)

    @classmethod
    def of_reach(
        cls, found: Reach, people: ArrayLike, places: ArrayLike, unit: float = DECIMETRE
    ) -> Instance:
        """Costs of a search, rounded to `unit`: that rounding is the only one there is."""
        cost = np.rint(found.cost / unit).astype(np.int64)
        return cls(whole(people), whole(places), found.first, found.shelter, cost, unit)

    @classmethod
    def of_arcs(
        cls,
        people: ArrayLike,
        places: ArrayLike,
        demand: ArrayLike,
        shelter: ArrayLike,
        cost: ArrayLike,
        unit: float = 1.0,
    ) -> Instance:
        """Arcs in any order; `arc_order` gives the order they are kept in."""
        demand, shelter = np.asarray(demand, np.int64), np.asarray(shelter, np.int32)
        order = np.lexsort((shelter, demand))
        count = np.bincount(demand, minlength=len(np.asarray(people)))
        first = np.concatenate([[0], np.cumsum(count)])
        return cls(whole(people), whole(places), first, shelter[order], whole(cost)[order], unit)

    @property
    def demands(self) -> int:
        return len(self.people)

    @property
    def shelters(self) -> int:
        return len(self.places)

    @property
    def arcs(self) -> int:
        return len(self.shelter)

    def rows(self) -> Ints:
        """The demand of each arc."""
        return np.repeat(np.arange(self.demands), np.diff(self.first))

    def keep(self, arcs: Flags) -> Instance:
        """The same with those arcs only."""
        first = np.concatenate([[0], np.cumsum(arcs)])[self.first]
        shelter, cost = self.shelter[arcs], self.cost[arcs]
        return Instance(self.people, self.places, first, shelter, cost, self.unit)

    def priced(self, cost: Ints) -> Instance:
        """The same at other costs."""
        return Instance(self.people, self.places, self.first, self.shelter, cost, self.unit)

    def ceiling(self) -> int:
        """A price of staying outside at which nobody does who could be inside: making room for one
        more moves at most one person from each shelter, each along one arc."""
        dearest = int(self.cost.max()) if self.arcs else 0
        return dearest * (self.shelters + 1) + 1


def whole(column: ArrayLike) -> Ints:
    return np.asarray(column, np.int64)


def _check(it: Instance) -> None:
    if len(it.first) != it.demands + 1 or len(it.cost) != it.arcs or it.first[-1] != it.arcs:
        raise BadInstance("columns differ in length")
    for name, column in (("people", it.people), ("places", it.places), ("cost", it.cost)):
        if len(column) and column.min() < 0:
            raise BadInstance(f"{name} below zero")
    if it.arcs and not (it.shelter.min() >= 0 and it.shelter.max() < it.shelters):
        raise BadInstance("an arc ends at a shelter that does not exist")
    rising = np.diff(it.shelter) > 0
    rising[it.first[1:-1][(it.first[1:-1] > 0) & (it.first[1:-1] < it.arcs)] - 1] = True
    if not rising.all():
        raise BadInstance("the arcs of a demand are not in order, or one is there twice")
    if int(it.people.sum()) * it.ceiling() > ROOM:
        raise BadInstance("too large for exact arithmetic: use a coarser unit")


def convex(instance: Instance, scale: int) -> Instance:
    """The same where each step costs more the longer the walk already is: c + c² / `scale`,
    rounded up; one long walk then weighs more than two short ones of the same length."""
    if scale <= 0:
        raise BadInstance("the scale of a convex cost must be above zero")
    cost = instance.cost
    return instance.priced(cost + -(-cost * cost // scale))
