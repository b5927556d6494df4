"""Shelters are lost: a repair at once, a stable plan a moment later, and the list of who moves.

A plain new optimum moves several times as many people as lost their place. Two answers instead:
`repair` moves only those who lost it, greedily; `replan` is exact again, at a price for every
person who leaves a shelter that still stands. `repair_onto` and `stable_onto` are the same where
streets are lost too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from .assign import Assignment
from .instance import Flags, Instance
from .network import Ints, Nodes
from .proof import loads
from .simplex import Solved, cheapest
from .warm import is_cheapest, warm


@dataclass(frozen=True, slots=True)
class Moves:
    """Move k: `people` of `demand` go from `source` to `target`, −1 standing for outside."""

    demand: Ints
    source: Ints
    target: Ints
    people: Ints

    @property
    def total(self) -> int:
        """People who had a place and now have another one, or none."""
        return int(self.people[self.source >= 0].sum())


@dataclass(frozen=True, slots=True)
class Stable:
    plan: Assignment
    parts: Instance
    outside: Ints
    solved: Solved

    @property
    def proved(self) -> bool:
        """No plan costs less, penalties counted."""
        return is_cheapest(self.parts, self.outside, self.solved)


def without(instance: Instance, lost: Flags) -> Instance:
    """The same with no places in the lost shelters and no way to them."""
    open_arcs = instance.keep(~lost[instance.shelter])
    places = np.where(lost, 0, instance.places)
    first, shelter, cost = open_arcs.first, open_arcs.shelter, open_arcs.cost
    return Instance(instance.people, places, first, shelter, cost, instance.unit)


def repair(plan: Assignment, lost: Flags) -> Assignment:
    """Who lost a shelter takes the nearest free place in reach, shortest walks first; nobody else
    moves. Not claimed to be the best, hence without a proof."""
    instance = plan.instance
    flow, waiting, room = _lift(
        instance.first, instance.shelter, plan.flow, instance.places, lost, instance.demands
    )
    return _filled(instance, flow, waiting, room)


def repair_onto(plan: Assignment, rest: Instance) -> Assignment:
    """The same where streets are lost too: `rest` has the same demands and shelters, with the
    places, ways and costs that are left. Who lost his shelter or his way to it is put elsewhere."""
    flow, waiting = carried(plan, rest)
    return _filled(rest, flow, waiting, rest.places - loads(rest, flow))


def carried(plan: Assignment, rest: Instance) -> tuple[Ints, Ints]:
    """(the plan's people on the arcs of `rest`, how many of each demand lost shelter or way)."""
    used = np.flatnonzero(plan.flow)
    row, shelter = _rows_of(plan.instance, used), plan.instance.shelter[used]
    arc = _arc_of(rest, row, shelter)
    stays = (arc >= 0) & (rest.places[shelter] > 0)
    flow, waiting = np.zeros(rest.arcs, np.int64), np.zeros(rest.demands, np.int64)
    flow[arc[stays]] = plan.flow[used][stays]
    np.add.at(waiting, row[~stays], plan.flow[used][~stays])
    return flow, waiting


def replan(plan: Assignment, lost: Flags, penalty: int) -> Assignment:
    """The best plan when each person who leaves a standing shelter, for another or for none, costs
    `penalty` more (in units of cost). As many people are covered as without the penalty: coverage
    still comes first (`cover.barrier` of the result proves it)."""
    return stable_plan(plan, lost, penalty).plan


def stable_plan(plan: Assignment, lost: Flags, penalty: int) -> Stable:
    """`replan` with its proof."""
    return stable_onto(plan, without(plan.instance, lost), penalty)


def stable_onto(plan: Assignment, rest: Instance, penalty: int) -> Stable:
    """The same where streets are lost too (see `repair_onto`). An optimum is mended (`warm`) where
    its prices still hold; any other plan is solved anew."""
    parts, demand, home = stable_instance(plan, rest, penalty)
    ceiling = max(parts.ceiling(), plan.instance.ceiling())
    outside = ceiling + np.where(home >= 0, 2, 1) * penalty
    solved = _mended(plan, parts, home, outside) or cheapest(parts, outside)
    flow = np.zeros(rest.arcs, np.int64)
    used = np.flatnonzero(solved.flow)
    part = _rows_of(parts, used)
    np.add.at(flow, used - parts.first[part] + rest.first[demand[part]], solved.flow[used])
    return Stable(Assignment(rest, flow, None), parts, outside, solved)


def _mended(plan: Assignment, parts: Instance, home: Ints, outside: Ints) -> Solved | None:
    """From the old optimum and its prices; None if the plan has none."""
    if plan.proof is None or plan.proof.worst is not None:
        return None
    flow, price = np.zeros(parts.arcs, np.int64), plan.proof.price.copy()
    if len(outside):  # who was left over before stays as dear as the places he stands in line for
        price[plan.proof.most.shelters] += int(outside.min()) - plan.proof.ceiling
    stay = np.flatnonzero(home >= 0)
    flow[_arc_of(parts, stay, home[stay])] = parts.people[stay]
    waiting = np.where(home >= 0, 0, parts.people)
    return warm(parts, outside, flow, price, waiting)


def stable_instance(plan: Assignment, rest: Instance, penalty: int) -> tuple[Instance, Ints, Ints]:
    """(instance of parts; demand of each part; the shelter it is in and may stay in, else −1). A
    part is the people of one demand who are in one shelter, or in none."""
    demand, home, people = _parts(plan)
    stays = (home >= 0) & (rest.places[home] > 0) & (_arc_of(rest, demand, home) >= 0)
    home = np.where(stays, home, -1)
    counts = np.diff(rest.first)[demand]
    first = np.concatenate([[0], np.cumsum(counts)])
    take = np.repeat(rest.first[:-1][demand] - first[:-1], counts) + np.arange(first[-1])
    settled = np.repeat(home, counts)
    away = (settled >= 0) & (rest.shelter[take] != settled)
    cost = rest.cost[take] + penalty * away
    return Instance(people, rest.places, first, rest.shelter[take], cost, rest.unit), demand, home


def moves(before: Assignment, after: Assignment) -> Moves:
    """Who moves where. Within a demand, those who may stay stay; leavers and comers are matched in
    the order of the shelters."""
    leave, come = _changes(before, after)
    rows = [_match(leave.get(i, []), come.get(i, [])) for i in sorted(leave.keys() | come.keys())]
    names = sorted(leave.keys() | come.keys())
    flat = [(i, *step) for i, steps in zip(names, rows, strict=True) for step in steps]
    table = np.array(flat, np.int64).reshape(-1, 4)
    return Moves(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def displaced(plan: Assignment, lost: Flags) -> int:
    """How many lost their place."""
    return int(plan.load[lost].sum())


def _parts(plan: Assignment) -> tuple[Ints, Ints, Ints]:
    """Demand, shelter (−1 outside) and number of all who are together, ordered by demand."""
    arcs, outside = np.flatnonzero(plan.flow), np.flatnonzero(plan.left)
    demand = np.concatenate([_rows_of(plan.instance, arcs), outside])
    home = np.concatenate([plan.instance.shelter[arcs], np.full(len(outside), -1)])
    people = np.concatenate([plan.flow[arcs], plan.left[outside]])
    order = np.argsort(demand, kind="stable")
    return demand[order], home[order].astype(np.int64), people[order]


def _rows_of(instance: Instance, arcs: Ints) -> Ints:
    return np.searchsorted(instance.first, arcs, side="right") - 1


def _arc_of(instance: Instance, demand: Ints, shelter: Ints | Nodes) -> Ints:
    """The arc between each pair, −1 where there is none."""
    wide = max(1, instance.shelters)
    key = instance.rows() * wide + instance.shelter
    wanted = demand * wide + shelter
    arc = np.searchsorted(key, wanted)
    there = np.append(key, -1)[arc] == wanted
    return np.where(there & (shelter >= 0), arc, -1)


def _filled(instance: Instance, flow: Ints, waiting: Ints, room: Ints) -> Assignment:
    arcs = _arcs_of(instance, np.flatnonzero(waiting))
    arcs = arcs[np.argsort(instance.cost[arcs], kind="stable")]
    _fill(arcs, _rows_of(instance, arcs), instance.shelter, flow, room, waiting)
    return Assignment(instance, flow, None)


def _arcs_of(instance: Instance, demands: Ints) -> Ints:
    counts = np.diff(instance.first)[demands]
    starts = np.repeat(instance.first[demands] - np.cumsum(counts) + counts, counts)
    return starts + np.arange(counts.sum())


@njit(cache=True, nogil=True)
def _lift(first, shelter, flow, places, lost, demands):  # type: ignore[no-untyped-def]
    """(flow without those in lost shelters, how many of each demand they are, room left)."""
    kept, waiting = flow.copy(), np.zeros(demands, np.int64)
    room = np.where(lost, 0, places)
    for i in range(demands):
        for arc in range(first[i], first[i + 1]):
            if flow[arc] == 0:
                continue
            if lost[shelter[arc]]:
                kept[arc] = 0
                waiting[i] += flow[arc]
            else:
                room[shelter[arc]] -= flow[arc]
    return kept, waiting, room


@njit(cache=True, nogil=True)
def _fill(arcs, rows, shelter, flow, room, waiting):  # type: ignore[no-untyped-def]
    for k in range(len(arcs)):
        arc, i = arcs[k], rows[k]
        some = min(waiting[i], room[shelter[arc]])
        if some > 0:
            flow[arc] += some
            room[shelter[arc]] -= some
            waiting[i] -= some


Changes = dict[int, list[tuple[int, int]]]


def _changes(before: Assignment, after: Assignment) -> tuple[Changes, Changes]:
    """Per demand, (shelter, people) who leave it and who come to it."""
    change: dict[tuple[int, int], int] = {}
    for sign, plan in ((-1, before), (1, after)):
        for demand, shelter, people in zip(*(c.tolist() for c in _parts(plan)), strict=True):
            change[demand, shelter] = change.get((demand, shelter), 0) + sign * people
    leave: Changes = {}
    come: Changes = {}
    for (demand, shelter), people in sorted(change.items()):
        if people:
            side = come if people > 0 else leave
            side.setdefault(demand, []).append((shelter, abs(people)))
    return leave, come


def _match(leave: list[tuple[int, int]], come: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    steps = []
    leaving, coming = list(reversed(leave)), list(reversed(come))
    while leaving and coming:
        (source, going), (target, room) = leaving.pop(), coming.pop()
        some = min(going, room)
        steps.append((source, target, some))
        if going > some:
            leaving.append((source, going - some))
        if room > some:
            coming.append((target, room - some))
    return steps
