"""The queue model is never quicker than the flow that bounds it: 100 random communities."""

from __future__ import annotations

import numpy as np
import pytest

from hudun.engines.clearance.bound import Community, bound
from hudun.engines.clearance.queue import Groups, Links, split_groups, walk
from hudun.engines.sheltering.assign import assign
from hudun.engines.sheltering.instance import Instance
from hudun.engines.sheltering.network import Network
from hudun.engines.sheltering.routes import routes
from hudun.engines.sheltering.search import Doors, reach


def community(seed: int) -> Community:
    """A small quarter: a grid of streets, some of them narrow, two or three shelters."""
    rng = np.random.default_rng(seed)
    side = int(rng.integers(3, 7))
    grid = np.arange(side * side).reshape(side, side)
    a = np.concatenate([grid[:, :-1].ravel(), grid[:-1].ravel()]).astype(np.int32)
    b = np.concatenate([grid[:, 1:].ravel(), grid[1:].ravel()]).astype(np.int32)
    links = Links(rng.uniform(20, 90, len(a)), 1.3 * rng.choice([0.5, 1, 2, 4], len(a)))
    shelters = int(rng.integers(1, 4))
    doors = int(rng.integers(shelters, shelters + 3))
    owner = np.concatenate([np.arange(shelters), rng.integers(0, shelters, doors - shelters)])
    people = rng.integers(0, 120, side * side)
    places = np.full(shelters, people.sum())
    return Community(
        side * side, a, b, links, np.arange(side * side, dtype=np.int32), people,
        rng.uniform(0, 120, side * side), rng.integers(0, side * side, doors).astype(np.int32),
        1.3 * rng.uniform(1, 4, doors), owner.astype(np.int32), places,
    )  # fmt: skip


def simulated(c: Community, speed: float, group: int) -> float:
    network = Network.of_edges(c.nodes, c.a, c.b, c.links.length)
    doors = Doors.of(len(c.places), c.door_shelter, c.door_node, np.zeros(len(c.rate)))
    order = np.argsort(c.door_shelter, kind="stable")
    plan = assign(Instance.of_reach(reach(network, doors, c.node, np.inf), c.people, c.places))
    used = np.flatnonzero(plan.flow)
    rows = plan.instance.rows()[used]
    way = routes(network, doors, c.node[rows], plan.instance.shelter[used])
    row, people = split_groups(plan.flow[used], group)
    length = np.diff(way.first)[row]
    first = np.concatenate([[0], np.cumsum(length)])
    link = way.edge[np.repeat(way.first[:-1][row] - first[:-1], length) + np.arange(first[-1])]
    groups = Groups(
        people, c.start[rows][row], np.full(len(row), speed), first, link,
        np.zeros(len(row)), way.door[row],
    )  # fmt: skip
    return float(walk(c.links, c.rate[order], groups).inside.max(initial=0))


@pytest.mark.parametrize("seed", range(100))
def test_never_below_the_bound(seed: int) -> None:
    c = community(seed)
    group = 1 + 3 * (seed % 2)
    least = bound(c, speed=1.3, step=10.0, group=group)
    assert least is not None
    assert simulated(c, 1.3, group) >= least


def test_the_bound_is_not_empty_words() -> None:
    """A single street and a single door: bound and model differ by a step or two at most."""
    c = Community(
        2, np.array([0], np.int32), np.array([1], np.int32),
        Links(np.array([130.0]), np.array([13.0])),
        np.array([0], np.int32), np.array([1000]), np.array([60.0]),
        np.array([1], np.int32), np.array([2.6]), np.array([0], np.int32), np.array([1000]),
    )  # fmt: skip
    least = bound(c, speed=1.3, step=10.0)
    assert least is not None
    assert 0.95 * simulated(c, 1.3, 1) <= least <= simulated(c, 1.3, 1)


def test_never_inside_without_places() -> None:
    c = community(1)
    none = Community(
        c.nodes, c.a, c.b, c.links, c.node, c.people, c.start,
        c.door_node, c.rate, c.door_shelter, np.zeros_like(c.places),
    )  # fmt: skip
    assert bound(none, speed=1.3, step=60.0) is None
