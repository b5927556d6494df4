"""What needs no solver: people whose nearest shelter can never be full.

A shelter is roomy if everybody who might come to it fits at once. Whoever has a roomy one nearest
goes there, in some optimum; he comes to no other, which may make others roomy in turn. Shelters
that nobody can fill have price zero, so that the prices of the rest prove the whole.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .instance import Instance
from .network import Ints
from .simplex import Solved, cheapest


def settled_first(instance: Instance, ceiling: int) -> Solved:
    """`simplex.cheapest` for a ceiling above every cost, on those only whom it has to place."""
    by_shelter = np.argsort(instance.shelter, kind="stable")
    starts = np.searchsorted(instance.shelter[by_shelter], np.arange(instance.shelters + 1))
    to, roomy = _settle(
        instance.first, instance.shelter, instance.cost, instance.people, instance.places,
        instance.rows(), starts, by_shelter,
    )  # fmt: skip
    flow = np.zeros(instance.arcs, np.int64)
    settled = np.flatnonzero(to >= 0)
    flow[to[settled]] = instance.people[settled]
    load = np.zeros(instance.shelters, np.int64)
    np.add.at(load, instance.shelter[to[settled]], instance.people[settled])
    open_rows = (to < 0) & (instance.people > 0) & (np.diff(instance.first) > 0)
    arcs = open_rows[instance.rows()]
    solved = cheapest(_part(instance, open_rows, arcs, load, roomy), ceiling)
    flow[arcs] = solved.flow
    return Solved(flow, solved.price)


def _part(
    instance: Instance, rows: np.ndarray, arcs: np.ndarray, load: Ints, roomy: np.ndarray
) -> Instance:
    """Roomy shelters have one place more than anybody could take: their price is zero."""
    first = np.concatenate([[0], np.cumsum(np.diff(instance.first)[rows])])
    places = instance.places - load + roomy
    return Instance(
        instance.people[rows], places, first, instance.shelter[arcs], instance.cost[arcs],
        instance.unit,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _settle(first, shelter, cost, people, places, row, starts, by_shelter):  # type: ignore[no-untyped-def]
    """(the arc each settled demand takes, else −1; which shelters are roomy)."""
    demands, shelters = len(people), len(places)
    to, nearest = np.full(demands, -1, np.int64), np.full(demands, -1, np.int64)
    might, roomy = np.zeros(shelters, np.int64), np.zeros(shelters, np.bool_)
    stack, size = np.empty(shelters, np.int64), 0
    for i in range(demands):
        for arc in range(first[i], first[i + 1]):
            might[shelter[arc]] += people[i]
            if nearest[i] < 0 or cost[arc] < cost[nearest[i]]:
                nearest[i] = arc
    for j in range(shelters):
        if might[j] <= places[j]:
            roomy[j] = True
            stack[size], size = j, size + 1
    while size > 0:
        size -= 1
        j = stack[size]
        for k in range(starts[j], starts[j + 1]):
            i = row[by_shelter[k]]
            if to[i] >= 0 or nearest[i] != by_shelter[k]:
                continue
            to[i] = nearest[i]
            for arc in range(first[i], first[i + 1]):
                other = shelter[arc]
                if other != j and not roomy[other]:
                    might[other] -= people[i]
                    if might[other] <= places[other]:
                        roomy[other] = True
                        stack[size], size = other, size + 1
    return to, roomy
