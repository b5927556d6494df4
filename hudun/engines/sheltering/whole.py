"""Buildings, and where asked communities, kept together.

The optimum splits at most as many demands as shelters are full (a basic solution of the transport
problem), in practice 0.9 % of the buildings. Each of those is put together again where it costs
least: in a shelter with room for all of it, or after one other whole demand made that room.
Keeping everybody together exactly is a packing problem (NP-hard); this is a repair, and the walking
it adds to the split optimum, which is a lower bound, is the most it can be away from the best.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .assign import Assignment, assign
from .instance import Instance
from .network import Ints
from .proof import loads


@dataclass(frozen=True, slots=True)
class Kept:
    plan: Assignment
    split: Ints
    """Demands that could not be kept together; their people stay where the optimum put them."""
    added: int
    """Walking added to the optimum, in units of cost."""


def keep_whole(plan: Assignment, given_up: bool = False) -> Kept:
    """Puts split demands together, the largest first. No fewer people are covered and no shelter
    overfull, unless `given_up`: then a demand that fits nowhere whole is left outside whole."""
    flow = plan.flow.copy()
    room = plan.instance.places - loads(plan.instance, flow)
    by_shelter = np.argsort(plan.instance.shelter, kind="stable")
    starts = np.searchsorted(
        plan.instance.shelter[by_shelter], np.arange(plan.instance.shelters + 1)
    )
    state = _State(plan.instance, flow, room, by_shelter, starts)
    split = plan.split
    for i in split[np.argsort(-plan.instance.people[split], kind="stable")]:
        if not state.gather(int(i)) and given_up:
            state.clear(int(i))
    kept = Assignment(plan.instance, flow, None)
    return Kept(kept, kept.split, kept.walked - plan.walked)


def by_group(instance: Instance, group: Ints) -> Instance:
    """One demand for each group (a community): it reaches the shelters all its members reach, at
    the mean cost of a member, rounded up."""
    groups = int(group.max(initial=-1)) + 1
    people = np.bincount(group, instance.people, groups).astype(np.int64)
    members = np.bincount(group, minlength=groups)
    key = group[instance.rows()] * instance.shelters + instance.shelter
    pairs, place = np.unique(key, return_inverse=True)
    owner, shelter = np.divmod(pairs, max(1, instance.shelters))
    total = np.zeros(len(pairs), np.int64)
    np.add.at(total, place, instance.cost * instance.people[instance.rows()])
    common = np.bincount(place, minlength=len(pairs)) == members[owner]
    cost = -(-total // np.maximum(people[owner], 1))
    return Instance.of_arcs(
        people, instance.places, owner[common], shelter[common], cost[common], instance.unit
    )


def of_groups(instance: Instance, group: Ints, together: Assignment) -> Assignment:
    """The plan of the groups, told per member; every group must be whole or outside."""
    target = np.full(len(together.instance.people), -1)
    used = np.flatnonzero(together.flow)
    target[together.instance.rows()[used]] = together.instance.shelter[used]
    rows = instance.rows()
    chosen = instance.shelter == target[group][rows]
    return Assignment(instance, np.where(chosen, instance.people[rows], 0), None)


@dataclass(frozen=True, slots=True)
class Together:
    plan: Assignment
    apart: Ints
    """Groups for which no shelter had room for all; their members were placed one by one."""


def assign_together(instance: Instance, group: Ints) -> Together:
    """Whole groups (communities) first, each to one shelter; then the members of those that fit
    nowhere, in the places that are left. Fewer people may be covered than at the optimum."""
    whole = keep_whole(assign(by_group(instance, group)), given_up=True).plan
    placed = of_groups(instance, group, whole)
    apart = whole.left > 0
    people = np.where(apart[group], instance.people, 0)
    places = instance.places - placed.load
    rest = Instance(people, places, instance.first, instance.shelter, instance.cost, instance.unit)
    flow = placed.flow + assign(rest).flow
    return Together(Assignment(instance, flow, None), np.flatnonzero(apart))


@dataclass(slots=True)
class _State:
    instance: Instance
    flow: Ints
    room: Ints
    by_shelter: Ints
    starts: Ints

    def arcs(self, i: int) -> range:
        return range(int(self.instance.first[i]), int(self.instance.first[i + 1]))

    def gather(self, i: int) -> bool:
        """The cheapest way to have all of demand i in one shelter; False if there is none."""
        people = int(self.instance.people[i])
        for arc in sorted(self.arcs(i), key=lambda arc: int(self.instance.cost[arc])):
            shelter = self.instance.shelter[arc]
            lacking = people - int(self.flow[arc]) - int(self.room[shelter])
            if lacking <= 0 or self.make_room(int(shelter), lacking, i):
                self.clear(i)
                self.put(arc, people)
                return True
        return False

    def make_room(self, shelter: int, lacking: int, but: int) -> bool:
        """Sends one whole demand on to another shelter with room for it, the cheapest."""
        best: tuple[int, int, int] | None = None
        arcs = self.by_shelter[self.starts[shelter] : self.starts[shelter + 1]]
        for arc in arcs[self.flow[arcs] >= lacking]:
            i = int(np.searchsorted(self.instance.first, arc, side="right")) - 1
            people = int(self.flow[arc])
            if i == but or people != self.instance.people[i]:
                continue
            for other in self.arcs(i):
                if other != arc and self.room[self.instance.shelter[other]] >= people:
                    more = int(self.instance.cost[other] - self.instance.cost[arc]) * people
                    best = min(best or (more, int(arc), other), (more, int(arc), other))
        if best is None:
            return False
        _, arc, other = best
        people = int(self.flow[arc])
        self.put(arc, -people)
        self.put(other, people)
        return True

    def clear(self, i: int) -> None:
        for arc in self.arcs(i):
            self.put(arc, -int(self.flow[arc]))

    def put(self, arc: int, people: int) -> None:
        self.flow[arc] += people
        self.room[self.instance.shelter[arc]] -= people
