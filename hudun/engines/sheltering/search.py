"""Every shelter within a limit of every demand: one bounded Dijkstra search per shelter.

The queue is Dial's: a ring of buckets by cost, half a mean step wide. In a bucket order does not
matter, because a node improved while its bucket is at hand is expanded again. A search touches only
the nodes within the limit and puts back only those, so that its cost does not depend on the size of
the city. Shelters are taken in the order of the nodes they stand at, so that one search finds in
the cache what the last one read. No array is made or replaced inside a search, and nodes are
unsigned: each of the two made it twice as fast. Measured against others in
benchmarks/sheltering.py.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from hudun.engines.heap import grown

from .network import Floats, Ints, Network, Nodes

LONGEST_RING = 4096
"""Buckets at most; a power of two, as every ring is."""
ENTRIES = 4096
"""Room for entries of the queue to begin with; a search that wants more is begun anew."""


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

    per_unit, ring = _buckets(network, doors, limit)
    order = _nearby_order(doors)
    starts, tail = network.first.astype(np.uint32), network.tail.view(np.uint32)
    at_door = doors.node.view(np.uint32)

    def run(low: int, high: int) -> tuple[Nodes, Nodes, Floats]:
        found: tuple[Nodes, Nodes, Floats] = _search_all(
            starts, tail, network.cost,
            doors.first, at_door, doors.cost, order[low:high], wanted, float(limit), per_unit, ring,
        )  # fmt: skip
        return found

    parts = _in_threads(run, doors.shelters, threads)
    shelter, place, cost = (np.concatenate(column) for column in zip(*parts, strict=True))
    at_place = _by_place(len(places), doors.shelters, place, shelter, cost)
    return at_place if np.array_equal(places, where) else _spread(at_place, place_of)


def _buckets(network: Network, doors: Doors, limit: float) -> tuple[float, int]:
    """(buckets a unit of cost, buckets of the ring): no step within the limit leaps over it."""
    steps = network.cost[network.cost <= limit]
    if not len(steps) or not steps.any():
        steps = np.ones(1)
    longest = max(float(steps.max()), float(doors.cost[doors.cost <= limit].max(initial=0.0)))
    width = max(float(steps.mean()) / 2, longest / (LONGEST_RING - 2))
    return 1 / width, 1 << int(longest / width + 2).bit_length()


Part = tuple[Nodes, Nodes, Floats]


def _in_threads(run: Callable[[int, int], Part], count: int, threads: int) -> list[Part]:
    bounds = np.linspace(0, count, max(1, min(threads, count)) + 1).astype(int).tolist()
    if len(bounds) == 2:
        return [run(0, count)]
    with ThreadPoolExecutor(len(bounds) - 1) as pool:
        return list(pool.map(lambda pair: run(*pair), pairwise(bounds)))


def _nearby_order(doors: Doors) -> Ints:
    """Shelters by the node of their first door; those without one last."""
    has = np.diff(doors.first) > 0
    node = np.full(doors.shelters, np.iinfo(np.int32).max)
    node[has] = doors.node[doors.first[:-1][has]]
    return np.argsort(node, kind="stable")


def _by_place(places: int, shelters: int, place: Nodes, shelter: Nodes, cost: Floats) -> Reach:
    """Two counting sorts: by shelter, then by place."""
    first = np.zeros(shelters + 1, np.int64)
    np.cumsum(np.bincount(shelter, minlength=shelters), out=first[1:])
    place, cost = _scatter(first, shelter, place, cost)
    shelter = np.repeat(np.arange(shelters, dtype=np.int32), np.diff(first))
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
def _scatter(first, key, whole, real):  # type: ignore[no-untyped-def]
    at = first[:-1].copy()
    to_whole, to_real = np.empty_like(whole), np.empty_like(real)
    for k in range(len(key)):
        slot = at[key[k]]
        at[key[k]] += 1
        to_whole[slot], to_real[slot] = whole[k], real[k]
    return to_whole, to_real


@njit(cache=True, nogil=True)
def _search_all(  # type: ignore[no-untyped-def]
    first, tail, step, door_first, door_node, door_cost, order, wanted, limit, per_unit, buckets
):
    dist = np.full(len(first) - 1, np.inf)
    touched = np.empty(len(first) - 1, np.uint32)
    out_shelter, out_place = np.empty(4096, np.int32), np.empty(4096, np.int32)
    out_cost = np.empty(4096)
    ring = np.full(buckets, -1, np.int32)
    after, entry_node = np.empty(ENTRIES, np.int32), np.empty(ENTRIES, np.uint32)
    entry_key = np.empty(ENTRIES)
    found = 0
    for shelter in order:
        low, high = door_first[shelter], door_first[shelter + 1]
        while True:
            count, done = _search(
                first, tail, step, door_node, door_cost, low, high, limit, per_unit,
                dist, touched, ring, after, entry_node, entry_key,
            )  # fmt: skip
            if done:
                break
            ring[:] = -1
            for k in range(count):
                dist[touched[k]] = np.inf
            after, entry_node, entry_key = grown(after), grown(entry_node), grown(entry_key)
        while found + count > len(out_cost):
            out_shelter, out_place = grown(out_shelter), grown(out_place)
            out_cost = grown(out_cost)
        found = _collect(
            shelter, wanted, dist, touched, count, out_shelter, out_place, out_cost, found
        )
    return out_shelter[:found].copy(), out_place[:found].copy(), out_cost[:found].copy()


@njit(cache=True, nogil=True)
def _collect(shelter, wanted, dist, touched, count, out_shelter, out_place, out_cost, found):  # type: ignore[no-untyped-def]
    """What was reached goes out, and the costs are put back."""
    for k in range(count):
        node = touched[k]
        if wanted[node] >= 0:
            out_shelter[found], out_place[found] = shelter, wanted[node]
            out_cost[found] = dist[node]
            found += 1
        dist[node] = np.inf
    return found


@njit(cache=True, nogil=True)
def _search(  # type: ignore[no-untyped-def]
    first, tail, step, door_node, door_cost, low, high, limit, per_unit,
    dist, touched, ring, after, entry_node, entry_key,
):  # fmt: skip
    """Costs of all nodes within the limit into `dist`; gives how many of `touched` they are, and
    False if there was no room for the entries. The ring holds the first entry of each bucket,
    `after` the next one."""
    used = count = bucket = waiting = 0
    room, mask, one = len(after), len(ring) - 1, np.uint32(1)
    for door in range(low, high):
        node, key = door_node[door], door_cost[door]
        if key <= limit and key < dist[node]:
            if used == room:
                return count, False
            if dist[node] == np.inf:
                touched[count] = node
                count += 1
            dist[node] = key
            at = int(key * per_unit) & mask
            entry_node[used], entry_key[used], after[used] = node, key, ring[at]
            ring[at] = used
            used, waiting = used + 1, waiting + 1
    while waiting > 0:
        entry = ring[bucket & mask]
        if entry < 0:
            bucket += 1
            continue
        ring[bucket & mask] = after[entry]
        waiting -= 1
        node, key = entry_node[entry], entry_key[entry]
        if key > dist[node]:
            continue
        for arc in range(first[node], first[node + one]):
            other, key2 = tail[arc], key + step[arc]
            before = dist[other]
            if key2 < before and key2 <= limit:
                if used == room:
                    return count, False
                if before == np.inf:
                    touched[count] = other
                    count += 1
                dist[other] = key2
                at = int(key2 * per_unit) & mask
                entry_node[used], entry_key[used], after[used] = other, key2, ring[at]
                ring[at] = used
                used, waiting = used + 1, waiting + 1
    return count, True
