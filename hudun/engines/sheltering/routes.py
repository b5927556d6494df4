"""The way each group walks: the edges from its door to the shelter's, for those pairs only that the
plan uses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from hudun.engines.heap import grown, pop, push

from .network import Floats, Ints, Network, Nodes
from .search import Doors


@dataclass(frozen=True, slots=True)
class Routes:
    """Pair k walks the edges `edge[first[k]:first[k + 1]]`, in walking order, to door `door[k]`;
    `cost[k]` in all. A pair without a way has door −1 and an infinite cost."""

    first: Ints
    edge: Nodes
    node: Nodes
    """The node each of those edges is entered at."""
    door: Nodes
    cost: Floats


def routes(
    network: Network, doors: Doors, node: ArrayLike, shelter: ArrayLike, limit: float = np.inf
) -> Routes:
    """The cheapest way from `node[k]` to `shelter[k]`, for each pair k."""
    node, shelter = np.asarray(node, np.int32), np.asarray(shelter, np.int64)
    order = np.argsort(shelter, kind="stable")
    starts = np.searchsorted(shelter[order], np.arange(doors.shelters + 1))
    length, edge, entered, door, cost = _walk_all(
        network.first, network.tail, network.cost, network.edge,
        doors.first, doors.node, doors.cost, starts, node[order], float(limit),
    )  # fmt: skip
    first_in_order = np.concatenate([[0], np.cumsum(length)])
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    first = np.concatenate([[0], np.cumsum(length[place])])
    take = np.repeat(first_in_order[place] - first[:-1], length[place]) + np.arange(first[-1])
    return Routes(first, edge[take], entered[take], door[place], cost[place])


def labels(network: Network, doors: Doors, limit: float) -> tuple[Nodes, Floats]:
    """The door nearest to each node (−1 where none is within the limit), and the cost to it."""
    nodes = network.nodes
    dist = np.full(nodes, np.inf)
    by_arc, before, door_of = (np.full(nodes, -1, np.int32) for _ in range(3))
    _tree(
        network.first, network.tail, network.cost, network.edge, 0, len(doors.node),
        doors.node, doors.cost, float(limit), dist, by_arc, before, door_of,
    )  # fmt: skip
    return door_of, dist


@njit(cache=True, nogil=True)
def _walk_all(first, tail, step, edge, door_first, door_node, door_cost, starts, node, limit):  # type: ignore[no-untyped-def]
    nodes = len(first) - 1
    dist = np.full(nodes, np.inf)
    by_arc = np.full(nodes, -1, np.int32)
    before = np.full(nodes, -1, np.int32)
    door_of = np.full(nodes, -1, np.int32)
    length = np.zeros(len(node), np.int64)
    door = np.full(len(node), -1, np.int32)
    cost = np.full(len(node), np.inf)
    out = np.empty(4096, np.int32)
    entered = np.empty(4096, np.int32)
    size = 0
    for shelter in range(len(starts) - 1):
        if starts[shelter] == starts[shelter + 1]:
            continue
        touched = _tree(
            first, tail, step, edge, door_first[shelter], door_first[shelter + 1],
            door_node, door_cost, limit, dist, by_arc, before, door_of,
        )  # fmt: skip
        for k in range(starts[shelter], starts[shelter + 1]):
            at = node[k]
            cost[k], door[k] = dist[at], door_of[at]
            while by_arc[at] >= 0:
                if size == len(out):
                    out, entered = grown(out), grown(entered)
                out[size], entered[size] = by_arc[at], at
                size += 1
                length[k] += 1
                at = before[at]
        for other in touched:
            dist[other], by_arc[other], door_of[other] = np.inf, -1, -1
    return length, out[:size].copy(), entered[:size].copy(), door, cost


@njit(cache=True, nogil=True)
def _tree(  # type: ignore[no-untyped-def]
    first, tail, step, edge, low, high, door_node, door_cost, limit, dist, by_arc, before, door_of
):
    """Shortest-path tree towards the doors; gives the nodes it touched."""
    keys, values = np.empty(256), np.empty(256, np.int32)
    touched = np.empty(256, np.int32)
    size = count = 0
    for door in range(low, high):
        node, key = door_node[door], door_cost[door]
        if key <= limit and key < dist[node]:
            if size + 1 >= len(keys):
                keys, values = grown(keys), grown(values)
            if count == len(touched):
                touched = grown(touched)
            touched[count] = node
            count += 1
            dist[node], door_of[node] = key, door
            push(keys, values, size, key, node)
            size += 1
    while size > 0:
        key, node = keys[0], values[0]
        pop(keys, values, size)
        size -= 1
        if key > dist[node]:
            continue
        for arc in range(first[node], first[node + 1]):
            key2, other = key + step[arc], tail[arc]
            if key2 <= limit and key2 < dist[other]:
                if count == len(touched):
                    touched = grown(touched)
                touched[count] = other
                count += 1
                dist[other], by_arc[other] = key2, edge[arc]
                before[other], door_of[other] = node, door_of[node]
                if size == len(keys):
                    keys, values = grown(keys), grown(values)
                push(keys, values, size, key2, other)
                size += 1
    return touched[:count]
