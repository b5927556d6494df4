"""Ways are walkable, begin and end where they say, and are as short as a plain search finds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from hudun.engines.sheltering.network import Network
from hudun.engines.sheltering.routes import routes
from hudun.engines.sheltering.search import Doors


@pytest.mark.parametrize("seed", range(10))
def test_ways_are_the_shortest(seed: int) -> None:
    rng = np.random.default_rng(seed)
    nodes, edges = 40, 90
    a, b = rng.integers(0, nodes, (2, edges))
    there, back = rng.uniform(1, 100, (2, edges))
    least = np.full((nodes, nodes), np.inf)
    np.minimum.at(least, (np.append(a, b), np.append(b, a)), np.append(there, back))
    expected = dijkstra(csr_array(np.where(np.isinf(least), 0, least)))
    doors = Doors.of(3, [0, 1, 2, 2], [0, 9, 20, 30], [0, 3, 0, 7])
    start, shelter = rng.integers(0, nodes, 60), rng.integers(0, 3, 60)
    found = routes(Network.of_edges(nodes, a, b, there, back), doors, start, shelter)
    for k in range(60):
        mine = np.arange(doors.first[shelter[k]], doors.first[shelter[k] + 1])
        best = (expected[start[k], doors.node[mine]] + doors.cost[mine]).min()
        assert found.cost[k] == pytest.approx(best)
        if np.isinf(best):
            assert found.door[k] == -1
            continue
        at, walked = start[k], 0.0
        for step in range(found.first[k], found.first[k + 1]):
            edge = found.edge[step]
            assert found.node[step] == at and at in (a[edge], b[edge])
            forward = at == a[edge] and (a[edge] != b[edge])
            walked += there[edge] if forward else back[edge]
            at = b[edge] if forward else a[edge]
        assert at == doors.node[found.door[k]]
        assert walked + doors.cost[found.door[k]] == pytest.approx(best)
