"""On instances made as NETGEN makes them, the optimum of a second solver in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from hudun.engines.sheltering.assign import assign
from hudun.engines.sheltering.instance import Instance
from hudun.engines.sheltering.proof import verify

SIZES = ((60, 12, 4), (400, 50, 8), (2_000, 150, 10), (6_000, 300, 8))
PEER = """
import json, sys
import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
for path in sys.argv[1:]:
    g = np.load(path)
    n, s, many = len(g["people"]), len(g["places"]), int(g["people"].sum())
    flow = SimpleMinCostFlow()
    add = flow.add_arcs_with_capacity_and_unit_cost
    arcs = add(g["row"], n + g["to"], np.full(len(g["row"]), many), g["cost"])
    add(np.arange(n), np.full(n, n + s), g["people"], np.full(n, int(g["ceiling"])))
    add(n + np.arange(s), np.full(s, n + s), g["places"], np.zeros(s, int))
    flow.set_nodes_supplies(np.arange(n + s + 1), np.append(g["people"], [0] * s + [-many]))
    assert flow.solve() == flow.OPTIMAL
    sent = flow.flows(arcs)
    print(json.dumps([int(sent.sum()), int((sent * g["cost"]).sum())]))
"""


def netgen(demands: int, shelters: int, degree: int, seed: int) -> Instance:
    """A transport problem after Klingman, Napier and Stutz 1974: a skeleton gives every demand an
    arc and every shelter some, random arcs fill up, costs are even over 1 to 10,000; here with 95
    places for a hundred people, so that not all can be covered."""
    rng = np.random.default_rng(seed)
    skeleton = rng.permutation(np.arange(demands) % shelters)
    row = np.concatenate([np.arange(demands), rng.integers(0, demands, demands * (degree - 1))])
    to = np.concatenate([skeleton, rng.integers(0, shelters, demands * (degree - 1))])
    row, to = np.divmod(np.unique(row * shelters + to), shelters)
    people = rng.integers(1, 200, demands)
    places = rng.multinomial(int(people.sum() * 0.95), rng.dirichlet(np.ones(shelters) * 3))
    return Instance.of_arcs(people, places, row, to, rng.integers(1, 10_001, len(row)))


def test_agrees_with_a_second_solver(tmp_path: Path) -> None:
    paths, ours = [], []
    for seed, size in enumerate(SIZES):
        it = netgen(*size, seed)
        plan = assign(it)
        assert plan.proof is not None and verify(it, plan.flow, plan.proof).holds
        ours.append([plan.covered, plan.walked])
        paths.append(tmp_path / f"{seed}.npz")
        np.savez(paths[-1], people=it.people, places=it.places, row=it.rows(), to=it.shelter,
                 cost=it.cost, ceiling=it.ceiling())  # fmt: skip
    command = [sys.executable, "-c", PEER, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [json.loads(line) for line in done.stdout.splitlines()] == ours
