"""A walking network as arrays, in the order a search reads them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Nodes = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs sorted by the node they END at, so that a search from a shelter walks them backwards:
    `tail[first[v]:first[v + 1]]` are the nodes one step before v, at `cost` metres or seconds;
    `edge` is the row of the edge list the arc came from."""

    first: Ints
    tail: Nodes
    cost: Floats
    edge: Nodes

    @property
    def nodes(self) -> int:
        return len(self.first) - 1

    @classmethod
    def of_edges(
        cls, nodes: int, a: ArrayLike, b: ArrayLike, there: ArrayLike, back: ArrayLike | None = None
    ) -> Network:
        """Edges a–b walked both ways: `there` from a to b, `back` from b to a (the same if left
        out). An infinite cost closes a direction. ValueError for a node that does not exist or a
        cost that is negative or not a number."""
        a, b = np.asarray(a, np.int32), np.asarray(b, np.int32)
        there = np.asarray(there, np.float64)
        back = there if back is None else np.asarray(back, np.float64)
        _check(nodes, a, b, there, back)
        tail, head, cost = np.concatenate([a, b]), np.concatenate([b, a]), np.append(there, back)
        edge = np.tile(np.arange(len(a), dtype=np.int32), 2)
        order = np.argsort(head, kind="stable")
        first = np.zeros(nodes + 1, np.int64)
        np.cumsum(np.bincount(head, minlength=nodes), out=first[1:])
        return cls(first, tail[order], cost[order], edge[order])


def _check(nodes: int, a: Nodes, b: Nodes, there: Floats, back: Floats) -> None:
    if not len(a) == len(b) == len(there) == len(back):
        raise ValueError("edge columns differ in length")
    for ends in (a, b):
        if len(ends) and not (ends.min() >= 0 and ends.max() < nodes):
            raise ValueError("an edge ends at a node that does not exist")
    for cost in (there, back):
        if np.isnan(cost).any() or (cost < 0).any():
            raise ValueError("an edge has a cost that is negative or not a number")
