"""Every shelter within a limit of every demand: one bounded Dijkstra search per shelter.

A search touches only the nodes within the limit and puts back only those, so that its cost does
not depend on the size of the city. Measured against others in benchmarks/sheltering.py.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from hudun.engines.heap import grown, pop, push

from .network import Floats, Ints, Network, Nodes


@dataclass(frozen=True, slots=True)
class Doors:
    """Where one walks in: door k of shelter s, `first[s] <= k < first[s + 1]`, stands at `node`,
    `cost` away from it (the step from the street to the door)."""

    first: Ints
    node: Nodes
    cost: Floats

    @property
    def shelters(self) -> int:
        return len(self.first) - 1

    @classmethod
    def one_each(cls, nodes: ArrayLike) -> Doors:
        node = np.asarray(nodes, np.int32)
        return cls(np.arange(len(node) + 1), node, np.zeros(len(node)))

    @classmethod
    def of(cls, shelters: int, owner: ArrayLike, node: ArrayLike, cost: ArrayLike) -> Doors:
        """Doors in any order, each with its shelter; a shelter may have none."""
        owner = np.asarray(owner, np.int64)
        order = np.argsort(owner, kind="stable")
        first = np.zeros(shelters + 1, np.int64)
        np.cumsum(np.bincount(owner, minlength=shelters), out=first[1:])
        return cls(first, np.asarray(node, np.int32)[order], np.asarray(cost, np.float64)[order])


@dataclass(frozen=True, slots=True)
class Reach:
    """Shelters within reach of demand i: `shelter[first[i]:first[i + 1]]`, ascending, at `cost`."""

    first: Ints
    shelter: Nodes
    cost: Floats

    @property
    def demands(self) -> int:
        return len(self.first) - 1

    def counts(self) -> Ints:
        return np.diff(self.first)

    def rows(self) -> Ints:
        return np.repeat(np.arange(self.demands), self.counts())


def reach(
    network: Network, doors: Doors, demand_nodes: ArrayLike, limit: float, threads: int = 2
) -> Reach:
    """All shelters within `limit` (units of the network's costs) of each demand node. Demands may
    share a node. Each thread needs 12 octets a node."""
    where = np.asarray(demand_nodes, np.int32)
    if len(where) and not (where.min() >= 0 and where.max() < network.nodes):
        raise ValueError("a demand stands at a node that does not exist")
    places, place_of = np.unique(where, return_inverse=True)
    wanted = np.full(network.nodes, -1, np.int32)
    wanted[places] = np.arange(len(places), dtype=np.int32)

    def run(low: int, high: int) -> tuple[Nodes, Nodes, Floats]:
        found: tuple[Nodes, Nodes, Floats] = _search_all(
            network.first, network.tail, network.cost,
            doors.first, doors.node, doors.cost, low, high, wanted, float(limit),
        )  # fmt: skip
        return found

    parts = _in_threads(run, doors.shelters, threads)
    shelter, place, cost = (np.concatenate(column) for column in zip(*parts, strict=True))
    at_place = _by_place(len(places), place, shelter, cost)
    return at_place if np.array_equal(places, where) else _spread(at_place, place_of)


Part = tuple[Nodes, Nodes, Floats]


def _in_threads(run: Callable[[int, int], Part], count: int, threads: int) -> list[Part]:
    bounds = np.linspace(0, count, max(1, min(threads, count)) + 1).astype(int).tolist()
    if len(bounds) == 2:
        return [run(0, count)]
    with ThreadPoolExecutor(len(bounds) - 1) as pool:
        return list(pool.map(lambda pair: run(*pair), pairwise(bounds)))


def _by_place(places: int, place: Nodes, shelter: Nodes, cost: Floats) -> Reach:
    """Counting sort by place; shelters stay ascending because the searches ran in that order."""
    first = np.zeros(places + 1, np.int64)
    np.cumsum(np.bincount(place, minlength=places), out=first[1:])
    return Reach(first, *_scatter(first, place, shelter, cost))


def _spread(at_place: Reach, place_of: NDArray[np.intp]) -> Reach:
    """Each demand gets a copy of the row of its place; in the order of the demands."""
    counts = at_place.counts()[place_of]
    first = np.concatenate([[0], np.cumsum(counts)])
    start = np.repeat(at_place.first[:-1][place_of] - first[:-1], counts)
    take = start + np.arange(first[-1])
    return Reach(first, at_place.shelter[take], at_place.cost[take])


@njit(cache=True, nogil=True)
def _scatter(first, place, shelter, cost):  # type: ignore[no-untyped-def]
    at = first[:-1].copy()
    to_shelter = np.empty_like(shelter)
    to_cost = np.empty_like(cost)
    for k in range(len(place)):
        slot = at[place[k]]
        at[place[k]] += 1
        to_shelter[slot] = shelter[k]
        to_cost[slot] = cost[k]
    return to_shelter, to_cost


@njit(cache=True, nogil=True)
def _search_all(first, tail, step, door_first, door_node, door_cost, low, high, wanted, limit):  # type: ignore[no-untyped-def]
    nodes = len(first) - 1
    dist = np.full(nodes, np.inf)
    touched = np.empty(nodes, np.int32)
    keys = np.empty(1024)
    values = np.empty(1024, np.int32)
    out_shelter = np.empty(4096, np.int32)
    out_place = np.empty(4096, np.int32)
    out_cost = np.empty(4096)
    found = 0
    for shelter in range(low, high):
        size = count = 0
        for door in range(door_first[shelter], door_first[shelter + 1]):
            node, key = door_node[door], door_cost[door]
            if key > limit or key >= dist[node]:
                continue
            if dist[node] == np.inf:
                touched[count] = node
                count += 1
            dist[node] = key
            if size == len(keys):
                keys, values = grown(keys), grown(values)
            push(keys, values, size, key, node)
            size += 1
        while size > 0:
            key, node = keys[0], values[0]
            pop(keys, values, size)
            size -= 1
            if key > dist[node]:
                continue
            if wanted[node] >= 0:
                if found == len(out_cost):
                    out_shelter, out_place = grown(out_shelter), grown(out_place)
                    out_cost = grown(out_cost)
                out_shelter[found], out_place[found] = shelter, wanted[node]
                out_cost[found] = key
                found += 1
            for arc in range(first[node], first[node + 1]):
                key2 = key + step[arc]
                other = tail[arc]
                if key2 <= limit and key2 < dist[other]:
                    if dist[other] == np.inf:
                        touched[count] = other
                        count += 1
                    dist[other] = key2
                    if size == len(keys):
                        keys, values = grown(keys), grown(values)
                    push(keys, values, size, key2, other)
                    size += 1
        for k in range(count):
            dist[touched[k]] = np.inf
    return out_shelter[:found].copy(), out_place[:found].copy(), out_cost[:found].copy()
