"""The time nobody can beat: a maximum flow in the network unrolled over time.

Everybody may take any way to any shelter at the fastest speed, start on time and be split at will.
Time is cut into steps of `step` seconds; a walk of t seconds takes floor(t / step) steps, and a
link or door of capacity c lets ceil(c·step) + n − 1 people (links) or floor(c·step) + n (doors) of
groups of n into a step: at least as many as the queue model ever does. So if not all are inside
after k steps of that flow, they are not in any plan (Ford and Fulkerson 1958).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import maximum_flow

from .queue import Floats, Ints, Links, Nodes

MANY = 2**30


@dataclass(frozen=True, slots=True)
class Community:
    """Edge e joins `a[e]` and `b[e]`; `people` start at `node` at `start`; door d stands at
    `door_node`, lets `rate` persons/s into shelter `door_shelter`, which has `places`."""

    nodes: int
    a: Nodes
    b: Nodes
    links: Links
    node: Nodes
    people: Ints
    start: Floats
    door_node: Nodes
    rate: Floats
    door_shelter: Nodes
    places: Ints


def bound(community: Community, speed: float, step: float = 10.0, group: int = 1) -> float | None:
    """Seconds after the signal before which not all can be inside; None if they never can be.
    `speed` is that of the fastest, `group` the largest group of the queue model."""
    everybody = int(community.people.sum())
    if everybody == 0:
        return 0.0
    high = 1
    while _inside(community, speed, step, group, high) < everybody:
        high *= 2
        if high > 2048:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if _inside(community, speed, step, group, middle) < everybody:
            low = middle
        else:
            high = middle
    return (high - 1) * step


def _inside(c: Community, speed: float, step: float, group: int, steps: int) -> int:
    """The most people inside within steps 0 … steps − 1."""
    graph = _Unrolled(c, steps)
    graph.sources(c, step)
    graph.waiting(c)
    graph.edges(c, speed, step, group)
    graph.doors(c, step, group)
    return graph.flow()


class _Unrolled:
    """Node v at step k is k·width + v; then an in- and an out-node for each edge and step."""

    def __init__(self, c: Community, steps: int) -> None:
        self.steps = steps
        self.width = c.nodes + 2 * len(c.a)
        self.shelter = steps * self.width
        self.source = self.shelter + len(c.places)
        self.sink = self.source + 1
        self.arcs: list[tuple[Ints, Ints, Ints]] = []

    def add(self, start: Ints, end: Ints, room: Ints | int) -> None:
        self.arcs.append((start, end, np.broadcast_to(np.asarray(room, np.int64), start.shape)))

    def unrolled(self, count: int, later: Ints | int = 0) -> tuple[Ints, Ints]:
        """Rows and steps at which `later` steps on is still within time."""
        row = np.repeat(np.arange(count), self.steps)
        k = np.tile(np.arange(self.steps), count)
        fits = k + np.broadcast_to(later, count)[row] < self.steps
        return row[fits], k[fits]

    def sources(self, c: Community, step: float) -> None:
        k = np.floor(c.start / step).astype(np.int64)
        soon = np.flatnonzero(k < self.steps)
        place = np.zeros(self.shelter, np.int64)
        np.add.at(place, k[soon] * self.width + c.node[soon], c.people[soon])
        used = np.flatnonzero(place)
        self.add(np.full(len(used), self.source), used, place[used])

    def waiting(self, c: Community) -> None:
        node, k = self.unrolled(c.nodes, 1)
        self.add(k * self.width + node, (k + 1) * self.width + node, MANY)

    def edges(self, c: Community, speed: float, step: float, group: int) -> None:
        later = np.floor(c.links.length / speed / step).astype(np.int64)
        room = np.array([min(MANY, _entering(q, step, group)) for q in c.links.capacity], np.int64)
        e, k = self.unrolled(len(c.a), later)
        into = k * self.width + c.nodes + 2 * e
        self.add(into, into + 1, room[e])
        for ends in (c.a, c.b):
            self.add(k * self.width + ends[e], into, MANY)
            self.add(into + 1, (k + later[e]) * self.width + ends[e], MANY)

    def doors(self, c: Community, step: float, group: int) -> None:
        d, k = self.unrolled(len(c.door_node))
        room = np.array([floor(q * step) + group for q in c.rate], np.int64)
        shelter = self.shelter + c.door_shelter.astype(np.int64)[d]
        self.add(k * self.width + c.door_node[d], shelter, room[d])
        shelters = np.arange(len(c.places))
        self.add(self.shelter + shelters, np.full(len(shelters), self.sink), c.places)

    def flow(self) -> int:
        start, end, room = (np.concatenate(column) for column in zip(*self.arcs, strict=True))
        shape = (self.sink + 1, self.sink + 1)
        summed = coo_array((np.minimum(room, MANY), (start, end)), shape=shape).tocsr()
        capped = np.minimum(summed.data, MANY).astype(np.int32)
        graph = csr_array((capped, summed.indices, summed.indptr), shape=shape)
        return int(maximum_flow(graph, self.source, self.sink).flow_value)


def _entering(capacity: float, step: float, group: int) -> int:
    return MANY if np.isinf(capacity) else ceil(capacity * step) + group - 1
