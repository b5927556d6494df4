"""The one place that talks to the solver: LEMON's network simplex, through pylmcf."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from pylmcf import Graph

from .instance import Instance
from .network import Ints


class Solved(NamedTuple):
    flow: Ints
    """People on each arc."""
    price: Ints
    """What one more place in each shelter would save, at least zero."""


def cheapest(instance: Instance, ceiling: int | Ints) -> Solved:
    """Least total cost, where a person left outside costs `ceiling`, one for all or one a demand.

    Nodes: demands, shelters, outside. Edges stand sorted by start and end, as pylmcf demands: each
    demand's arcs, then its edge to the outside; then the edge of each shelter."""
    n, s, m = instance.demands, instance.shelters, instance.arcs
    if n == 0 or s == 0 or m == 0:
        return Solved(np.zeros(m, np.int64), np.zeros(s, np.int64))
    counts = np.diff(instance.first)
    arcs = np.arange(m) + instance.rows()
    outs = instance.first[1:] + np.arange(n)
    start = np.concatenate([np.repeat(np.arange(n), counts + 1), n + np.arange(s)])
    end = np.full(len(start), n + s, np.int64)
    cost = np.zeros(len(start), np.int64)
    room = np.full(len(start), int(instance.people.sum()), np.int64)
    end[arcs], cost[arcs], cost[outs] = n + instance.shelter, instance.cost, ceiling
    room[n + m :] = instance.places
    graph = Graph(n + s + 1, start.astype(np.int32), end.astype(np.int32))
    graph.set_node_supply(np.append(instance.people, np.append(np.zeros(s, int), -room[0])))
    graph.set_edge_capacities(room)
    graph.set_edge_costs(cost)
    graph.solve()
    height = graph.raw_potentials()
    return Solved(graph.result()[arcs], np.maximum(height[-1] - height[n : n + s], 0))
