"""The bounded search finds exactly what a plain search of everything finds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from hudun.engines.sheltering.isochrone import nearest
from hudun.engines.sheltering.network import Network
from hudun.engines.sheltering.search import Doors, Reach, reach


def random_network(seed: int) -> tuple[Network, csr_array]:
    """One-way steepness, parallel edges, islands; beside it the dense matrix of the same."""
    rng = np.random.default_rng(seed)
    nodes, edges = 60, int(rng.integers(20, 150))
    a, b = rng.integers(0, nodes, (2, edges))
    there, back = rng.uniform(1, 100, (2, edges))
    least = np.full((nodes, nodes), np.inf)
    np.minimum.at(least, (a, b), there)
    np.minimum.at(least, (b, a), back)
    least[np.isinf(least)] = 0
    return Network.of_edges(nodes, a, b, there, back), csr_array(least)


def dense(found: Reach, shelters: int) -> np.ndarray:
    table = np.full((found.demands, shelters), np.inf)
    table[found.rows(), found.shelter] = found.cost
    return table


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("threads", [1, 3])
def test_finds_what_scipy_finds(seed: int, threads: int) -> None:
    network, matrix = random_network(seed)
    rng = np.random.default_rng(seed + 1000)
    demands, shelters = rng.integers(0, 60, 40), rng.integers(0, 60, 7)
    found = reach(network, Doors.one_each(shelters), demands, 120.0, threads)
    expected = dijkstra(matrix, indices=demands, limit=120.0)[:, shelters]
    assert np.allclose(dense(found, 7), expected)
    assert all((np.diff(row) > 0).all() for row in np.split(found.shelter, found.first[1:-1]))


def test_the_nearest_door_counts() -> None:
    network = Network.of_edges(4, [0, 1, 2], [1, 2, 3], [10, 10, 10])
    doors = Doors.of(2, [1, 0, 0], [3, 0, 3], [0, 0, 2])
    found = reach(network, doors, [2, 1], 15.0)
    assert dense(found, 2).tolist() == [[12, 10], [10, np.inf]]


def test_a_shelter_without_a_door_is_reached_by_nobody() -> None:
    network = Network.of_edges(2, [0], [1], [1])
    assert reach(network, Doors.of(1, [], [], []), [0, 1], 9.0).counts().tolist() == [0, 0]


def test_closed_in_one_direction() -> None:
    network = Network.of_edges(2, [0], [1], [5], [np.inf])
    assert reach(network, Doors.one_each([1]), [0], 9.0).cost.tolist() == [5]
    assert reach(network, Doors.one_each([0]), [1], 9.0).counts().tolist() == [0]


@pytest.mark.parametrize(
    ("a", "cost"), [([2], [1.0]), ([-1], [1.0]), ([0], [-1.0]), ([0], [np.nan]), ([0], [1.0, 2.0])]
)
def test_a_broken_edge_list_is_refused(a: list[int], cost: list[float]) -> None:
    with pytest.raises(ValueError):
        Network.of_edges(2, a, [1], cost)


def test_a_demand_off_the_network_is_refused() -> None:
    network = Network.of_edges(2, [0], [1], [1])
    with pytest.raises(ValueError):
        reach(network, Doors.one_each([0]), [2], 1.0)


@pytest.mark.parametrize("seed", range(10))
def test_isochrones_are_the_least_over_all_doors(seed: int) -> None:
    network, matrix = random_network(seed)
    doors = Doors.of(3, [0, 1, 1], [4, 17, 30], [0.0, 5.0, 40.0])
    expected = dijkstra(matrix)[:, doors.node] + doors.cost
    near = nearest(network, doors, 90.0)
    least = expected.min(axis=1)
    assert np.allclose(near.cost, np.where(least <= 90.0, least, np.inf))
    owner = np.array([0, 1, 1])[expected.argmin(axis=1)]
    assert (near.shelter == np.where(least <= 90.0, owner, -1)).all()
    assert ((near.bands([30, 60]) >= 0) == (near.shelter >= 0)).all()


@pytest.mark.parametrize("longest", [1.0, 5_000.0])
def test_a_search_that_outgrows_its_room_begins_anew(longest: float) -> None:
    """A grid larger than the first room for entries; one long way across strains the ring."""
    side = 80
    grid = np.arange(side * side).reshape(side, side)
    a = np.concatenate([grid[:, :-1].ravel(), grid[:-1].ravel(), [0]])
    b = np.concatenate([grid[:, 1:].ravel(), grid[1:].ravel(), [side * side - 1]])
    cost = np.append(np.random.default_rng(1).uniform(0, 1, len(a) - 1), longest)
    doors = np.array([0, 3_000])
    network = Network.of_edges(side * side, a, b, cost)
    found = reach(network, Doors.one_each(doors), grid.ravel(), 9e3)
    matrix = csr_array((cost, (a, b)), shape=(side * side, side * side))
    assert np.allclose(dense(found, 2), dijkstra(matrix, False, doors).T)
