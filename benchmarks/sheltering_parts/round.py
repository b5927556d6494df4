"""One solver on one instance in a process of its own: `python -m … KIND FILE`; ends with JSON.

The instance is a .npz that the benchmark wrote. Nothing but the solver is timed: reading, building
its arrays and reading the answer are outside, except for ours, where everything is inside.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

Answer = dict[str, Any]
Loaded = dict[str, Any]


def main() -> int:
    kind, path = sys.argv[1:3]
    with np.load(path) as stored:
        given = {name: stored[name] for name in stored.files}
    print(json.dumps(KINDS[kind](given)))
    return 0


def timed(work: Callable[[], Any]) -> tuple[Any, Answer]:
    wall, cpu = perf_counter(), process_time()
    result = work()
    seconds = {"wall": perf_counter() - wall, "cpu": process_time() - cpu}
    return result, seconds | {"mb": peak_mb()}


def peak_mb() -> int:
    """The largest this process was; getrusage would tell that of its parent too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) // 1024


def search_ours(g: Loaded) -> Answer:
    from hudun.engines.sheltering.network import Network
    from hudun.engines.sheltering.search import Doors, reach

    network = Network.of_edges(int(g["nodes"]), g["a"], g["b"], g["length"])
    limit, demand = float(g["limit"]), g["demand"]
    reach(network, Doors.one_each(g["shelter"][:2]), demand[:2], limit, 2)  # compiled before
    found, said = timed(lambda: reach(network, Doors.one_each(g["shelter"]), demand, limit, 2))
    return said | {"pairs": len(found.cost), "sum": float(found.cost.sum())}


def search_scipy(g: Loaded) -> Answer:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    n, limit = int(g["nodes"]), float(g["limit"])
    graph = coo_array((g["length"], (g["a"], g["b"])), shape=(n, n)).tocsr()
    few = g["shelter"][: int(g["some"])]

    def work() -> tuple[int, float]:
        pairs, total = 0, 0.0
        for low in range(0, len(few), 20):  # dense rows: in blocks, or the memory would not do
            rows = dijkstra(graph, directed=False, indices=few[low : low + 20], limit=limit)
            near = rows[:, g["demand"]]
            pairs, total = pairs + int(np.isfinite(near).sum()), total + near[near < np.inf].sum()
        return pairs, float(total)

    (pairs, total), said = timed(work)
    return said | {"pairs": pairs, "sum": total}


def search_igraph(g: Loaded) -> Answer:
    import igraph

    graph = igraph.Graph(int(g["nodes"]), np.stack([g["a"], g["b"]], axis=1).tolist())
    few, limit = g["shelter"][: int(g["few"])].tolist(), float(g["limit"])

    def work() -> tuple[int, float]:
        pairs, total = 0, 0.0
        for shelter in few:  # igraph has no limit for weighted paths: all of the city each time
            row = np.array(graph.distances(shelter, None, g["length"])[0])[g["demand"]]
            near = row[row <= limit]
            pairs, total = pairs + len(near), total + near.sum()
        return pairs, float(total)

    (pairs, total), said = timed(work)
    return said | {"pairs": pairs, "sum": total}


def search_few(g: Loaded) -> Answer:
    return search_ours(g | {"shelter": g["shelter"][: int(g["few"])]})


def search_some(g: Loaded) -> Answer:
    return search_ours(g | {"shelter": g["shelter"][: int(g["some"])]})


def assign_ours(g: Loaded) -> Answer:
    from hudun.engines.sheltering.assign import assign
    from hudun.engines.sheltering.instance import Instance
    from hudun.engines.sheltering.proof import verify

    columns = (g["people"], g["places"], g["first"], g["to"], g["cost"])
    assign(Instance.of_arcs([1], [1], [0], [0], [1]))  # compiled before
    plan, said = timed(lambda: assign(Instance(*columns)))
    assert plan.proof is not None
    proved, checking = timed(lambda: verify(plan.instance, plan.flow, plan.proof).holds)
    answer = {"covered": plan.covered, "walked": plan.walked, "proved": proved}
    return said | answer | {"verify": checking["wall"]}


def assign_ortools(g: Loaded) -> Answer:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    n, s = len(g["people"]), len(g["places"])
    rows = np.repeat(np.arange(n), np.diff(g["first"]))
    flow = SimpleMinCostFlow()
    many = int(g["people"].sum())

    def add(start: Any, end: Any, room: Any, cost: Any) -> Any:
        return flow.add_arcs_with_capacity_and_unit_cost(start, end, room, cost)

    arcs = add(rows, n + g["to"], np.full(len(rows), many), g["cost"])
    add(np.arange(n), np.full(n, n + s), g["people"], np.full(n, int(g["ceiling"])))
    add(n + np.arange(s), np.full(s, n + s), g["places"], np.zeros(s, int))
    flow.set_nodes_supplies(np.arange(n + s + 1), np.append(g["people"], [0] * s + [-many]))
    status, said = timed(flow.solve)
    assert status == flow.OPTIMAL
    sent = flow.flows(arcs)
    return said | {"covered": int(sent.sum()), "walked": int((sent * g["cost"]).sum())}


def assign_highs(g: Loaded) -> Answer:
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, vstack

    n, s, m = len(g["people"]), len(g["places"]), len(g["to"])
    rows, arc, one = np.repeat(np.arange(n), np.diff(g["first"])), np.arange(m), np.ones(m)
    by_demand = coo_array((one, (rows, arc)), shape=(n, m))
    limits = vstack([by_demand, coo_array((one, (g["to"], arc)), shape=(s, m))]).tocsr()
    room = np.concatenate([g["people"], g["places"]])
    # Staying outside is left out by giving each person inside a bonus: the same optimum.
    cost = g["cost"] - float(g["bonus"])
    solved, said = timed(lambda: linprog(cost, A_ub=limits, b_ub=room, method="highs-ds"))
    sent = np.rint(solved.x).astype(np.int64)
    return said | {"covered": int(sent.sum()), "walked": int((sent * g["cost"]).sum())}


KINDS = {
    "search": search_ours,
    "search_few": search_few,
    "search_some": search_some,
    "search_scipy": search_scipy,
    "search_igraph": search_igraph,
    "assign": assign_ours,
    "assign_ortools": assign_ortools,
    "assign_highs": assign_highs,
}

if __name__ == "__main__":
    sys.exit(main())
