"""A made-up city: a street grid with gaps, houses and shelters at random crossings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hudun.engines.sheltering.network import Floats, Ints, Network, Nodes
from hudun.engines.sheltering.search import Doors

SPACING_M = 50.0
LIMIT_M = 1_000.0


@dataclass(frozen=True)
class City:
    nodes: int
    a: Nodes
    b: Nodes
    length: Floats
    demand: Ints
    people: Ints
    shelter: Ints
    places: Ints

    def network(self) -> Network:
        return Network.of_edges(self.nodes, self.a, self.b, self.length)

    def doors(self) -> Doors:
        return Doors.one_each(self.shelter)


def make(side: int, demands: int, shelters: int, fill: float = 1.1, seed: int = 1) -> City:
    """`side`² crossings; `fill` times as many places as people; 1 to 19 people a house."""
    rng = np.random.default_rng(seed)
    nodes = side * side
    grid = np.arange(nodes, dtype=np.int32).reshape(side, side)
    a = np.concatenate([grid[:, :-1].ravel(), grid[:-1].ravel()])
    b = np.concatenate([grid[:, 1:].ravel(), grid[1:].ravel()])
    kept = rng.random(len(a)) < 0.9
    a, b = a[kept], b[kept]
    length = SPACING_M * rng.uniform(0.7, 1.5, len(a))
    people = rng.integers(1, 20, demands)
    size = rng.lognormal(0.0, 0.8, shelters)
    places = np.maximum(10, size / size.sum() * people.sum() * fill).astype(np.int64)
    demand, shelter = (rng.choice(nodes, count, replace=False) for count in (demands, shelters))
    return City(nodes, a, b, length, demand, people, shelter, places)


def near_city(demands: int, seed: int = 1) -> City:
    """The same density at any size: ten crossings and a twentieth of a shelter a demand."""
    side = round((10 * demands) ** 0.5)
    return make(side, demands, max(2, demands // 20), seed=seed)
