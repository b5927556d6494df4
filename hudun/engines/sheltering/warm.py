"""A new optimum from an old one: only what the loss touches is solved again.

People who lost their place are put back one part after the other along the cheapest alternating
path (successive shortest paths with prices: Tomizawa 1971, Edmonds and Karp 1972). The prices of
the old optimum still hold for everybody who kept his place, because lost shelters only take arcs
away and a penalty only makes other arcs dearer; so the search begins where the loss is, and each
path explores no more shelters than it must. The result and its prices are exactly optimal.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from hudun.engines.heap import pop, push

from .instance import Instance
from .network import Ints
from .proof import exact_dot, loads, row_sums
from .simplex import Solved

OUTSIDE = -1


def warm(
    instance: Instance, outside: Ints, flow: Ints, price: Ints, waiting: Ints
) -> Solved | None:
    """Least total cost, where a person of demand i left outside costs `outside[i]`. `flow` places
    everybody but the `waiting` of each demand and those who stay outside; with `price` it must be
    an optimum for them, else None."""
    flow, price, waiting = flow.copy(), price.copy(), waiting.copy()
    room = instance.places - loads(instance, flow)
    still = instance.people - row_sums(instance, flow) - waiting
    rows, columns = instance.rows(), (instance.first, instance.shelter, instance.cost)
    if (room < 0).any() or (still < 0).any() or (price[room > 0] > 0).any():
        return None
    if not _tight(*columns, outside, flow, still, price):
        return None
    _place_all(*columns, rows, outside, flow, room, price, waiting)
    return Solved(flow, price)


def is_cheapest(instance: Instance, outside: Ints, solved: Solved) -> bool:
    """Weak duality: no plan costs less than Σ people·min(outside, min(cost + price)) − Σ
    places·price; a plan that costs exactly that is the cheapest. Reads no solver's word."""
    flow, price = solved
    left = instance.people - row_sums(instance, flow)
    if (flow < 0).any() or (left < 0).any() or (price < 0).any():
        return False
    if (loads(instance, flow) > instance.places).any():
        return False
    dearest = outside.copy()
    np.minimum.at(dearest, instance.rows(), instance.cost + price[instance.shelter])
    bound = exact_dot(instance.people, dearest) - exact_dot(instance.places, price)
    return bound == exact_dot(flow, instance.cost) + exact_dot(left, outside)


@njit(cache=True, nogil=True)
def _tight(first, shelter, cost, outside, flow, still, price):  # type: ignore[no-untyped-def]
    """Whether everybody is where it is cheapest for him at these prices."""
    for i in range(len(first) - 1):
        least = outside[i]
        for arc in range(first[i], first[i + 1]):
            least = min(least, cost[arc] + price[shelter[arc]])
        if still[i] > 0 and outside[i] > least:
            return False
        for arc in range(first[i], first[i + 1]):
            if flow[arc] > 0 and cost[arc] + price[shelter[arc]] > least:
                return False
    return True


@njit(cache=True, nogil=True)
def _place_all(first, shelter, cost, row, outside, flow, room, price, waiting):  # type: ignore[no-untyped-def]
    arcs, shelters = len(shelter), len(room)
    dist = np.full(shelters, np.iinfo(np.int64).max)
    into, leaving = np.empty(shelters, np.int64), np.empty(shelters, np.int64)
    touched = np.empty(shelters, np.int32)
    seen = np.full(len(first) - 1, -1, np.int64)
    head, after, before = np.full(shelters, -1), np.full(arcs, -1), np.full(arcs, -1)
    keys, values = np.empty(arcs + 1, np.int64), np.empty(arcs + 1, np.int32)
    for arc in range(arcs):
        if flow[arc] > 0:
            _link(arc, shelter[arc], head, after, before)
    stamp = 0
    for i in range(len(waiting)):
        while waiting[i] > 0:
            best, end, last, count = _cheapest_way(
                i, first, shelter, cost, row, outside, room, price, head, after,
                dist, into, leaving, touched, seen, stamp, keys, values,
            )  # fmt: skip
            stamp += 1
            for k in range(count):
                j = touched[k]
                if dist[j] < best:
                    price[j] += best - dist[j]
                dist[j] = np.iinfo(np.int64).max
            some = _least_on_way(waiting[i], end, last, flow, room, shelter, leaving)
            waiting[i] -= some
            _shift(some, end, last, flow, room, shelter, into, leaving, head, after, before)


@njit(cache=True, nogil=True)
def _cheapest_way(  # type: ignore[no-untyped-def]
    i, first, shelter, cost, row, outside, room, price, head, after,
    dist, into, leaving, touched, seen, stamp, keys, values,
):  # fmt: skip
    """Dijkstra over the shelters from demand i: (cost, the shelter with room where the way ends or
    OUTSIDE, the arc the last one leaves when it ends outside, how many shelters were touched)."""
    best, end, last = outside[i], -1, -1
    size = count = 0
    seen[i] = stamp
    for arc in range(first[i], first[i + 1]):
        j = shelter[arc]
        key = cost[arc] + price[j]
        if key < best:
            touched[count], count = j, count + 1
            dist[j], into[j], leaving[j] = key, arc, -1
            push(keys, values, size, key, j)
            size += 1
    while size > 0:
        key, j = keys[0], values[0]
        if key >= best:
            break
        pop(keys, values, size)
        size -= 1
        if key > dist[j]:
            continue
        if room[j] > 0:
            return key, j, -1, count
        arc = head[j]
        while arc >= 0:
            other = row[arc]
            if seen[other] != stamp:
                seen[other] = stamp
                base = key - cost[arc] - price[j]
                if base + outside[other] < best:
                    best, last = base + outside[other], arc
                for way in range(first[other], first[other + 1]):
                    to = shelter[way]
                    label = base + cost[way] + price[to]
                    if label < best and label < dist[to]:
                        if dist[to] == np.iinfo(np.int64).max:
                            touched[count], count = to, count + 1
                        dist[to], into[to], leaving[to] = label, way, arc
                        push(keys, values, size, label, to)
                        size += 1
            arc = after[arc]
    return best, end, last, count


@njit(cache=True, nogil=True)
def _least_on_way(most, end, last, flow, room, shelter, leaving):  # type: ignore[no-untyped-def]
    if end >= 0:
        most = min(most, room[end])
        arc = leaving[end]
    else:
        arc = last
    while arc >= 0:
        most = min(most, flow[arc])
        arc = leaving[shelter[arc]]
    return most


@njit(cache=True, nogil=True)
def _shift(some, end, last, flow, room, shelter, into, leaving, head, after, before):  # type: ignore[no-untyped-def]
    """Moves `some` along the way, from its end back to the demand."""
    if end >= 0:
        room[end] -= some
        _add(into[end], some, flow, shelter, head, after, before)
        arc = leaving[end]
    else:
        arc = last
    while arc >= 0:
        _add(arc, -some, flow, shelter, head, after, before)
        j = shelter[arc]
        _add(into[j], some, flow, shelter, head, after, before)
        arc = leaving[j]


@njit(cache=True, nogil=True)
def _add(arc, some, flow, shelter, head, after, before):  # type: ignore[no-untyped-def]
    j = shelter[arc]
    if flow[arc] == 0:
        _link(arc, j, head, after, before)
    flow[arc] += some
    if flow[arc] == 0:
        if before[arc] >= 0:
            after[before[arc]] = after[arc]
        else:
            head[j] = after[arc]
        if after[arc] >= 0:
            before[after[arc]] = before[arc]


@njit(cache=True, nogil=True)
def _link(arc, j, head, after, before):  # type: ignore[no-untyped-def]
    after[arc], before[arc] = head[j], -1
    if head[j] >= 0:
        before[head[j]] = arc
    head[j] = arc
