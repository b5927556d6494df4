"""How many people can be covered at all, and which sets of people stand in each other's way."""

from __future__ import annotations

import numpy as np
from numba import njit
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import maximum_flow

from .instance import Flags, Instance
from .network import Ints
from .proof import Barrier, loads, row_sums
from .simplex import cheapest


def most_people(instance: Instance) -> int:
    """The largest number of people that fit, each at a shelter in reach."""
    if int(instance.people.sum()) >= 2**31 or int(instance.places.sum()) >= 2**31:
        return int(cheapest(instance.priced(np.zeros_like(instance.cost)), 1).flow.sum())
    n, s = instance.demands, instance.shelters
    source, sink = n + s, n + s + 1
    start = np.concatenate([np.full(n, source), instance.rows(), n + np.arange(s)])
    end = np.concatenate([np.arange(n), n + instance.shelter, np.full(s, sink)])
    room = np.concatenate([instance.people, instance.people[instance.rows()], instance.places])
    graph = csr_array(coo_array((room.astype(np.int32), (start, end)), shape=(sink + 1, sink + 1)))
    return int(maximum_flow(graph, source, sink).flow_value)


def barrier(instance: Instance, flow: Ints) -> Barrier:
    """What those left outside could use, directly or by others making room (alternating search).
    If the plan covers the most, every shelter found is full: then this is its proof."""
    left = row_sums(instance, flow) < instance.people
    by_shelter = np.argsort(instance.shelter, kind="stable")
    shelter_first = np.searchsorted(instance.shelter[by_shelter], np.arange(instance.shelters + 1))
    demands, shelters = _alternate(
        instance.first, instance.shelter, flow, left,
        shelter_first, by_shelter, instance.rows(),
    )  # fmt: skip
    return Barrier(demands, shelters)


def full(instance: Instance, flow: Ints) -> Flags:
    return loads(instance, flow) >= instance.places


@njit(cache=True, nogil=True)
def _alternate(first, shelter, flow, left, shelter_first, by_shelter, row):  # type: ignore[no-untyped-def]
    demands = left.copy()
    shelters = np.zeros(len(shelter_first) - 1, np.bool_)
    stack = np.empty(len(left), np.int64)
    size = 0
    for i in range(len(left)):
        if left[i]:
            stack[size] = i
            size += 1
    while size > 0:
        size -= 1
        i = stack[size]
        for arc in range(first[i], first[i + 1]):
            j = shelter[arc]
            if shelters[j]:
                continue
            shelters[j] = True
            for k in range(shelter_first[j], shelter_first[j + 1]):
                other = row[by_shelter[k]]
                if flow[by_shelter[k]] > 0 and not demands[other]:
                    demands[other] = True
                    stack[size] = other
                    size += 1
    return demands, shelters
