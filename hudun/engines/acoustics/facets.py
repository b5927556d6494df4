"""The walls that may reflect a source: ISO 9613-2, 7.5, every image of it found once."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .bands import Floats
from .mirror import TOUCH_M
from .scene import Integers, Obstacles

LEAST_REFLECTION = 0.2
"""A surface that sends back no more than this share of the energy is no reflector (7.5)."""
STRAIGHT = 1e-6
"""Walls that follow each other within this angle (radians) and slope are one surface."""


class Images(NamedTuple):
    """walls (n, 10): x, y of the image; x, y, top of one end and of the other of its wall; unit
    normal towards the source. owner (n): the obstacle. reflection (obstacles, 8)."""

    walls: Floats
    owner: Integers
    reflection: Floats


def images(x: float, y: float, obstacles: Obstacles) -> Images:
    """Of a source at x, y: in every wall whose outer face it sees, barriers from both sides."""
    walls, owner = facets(obstacles)
    run = walls[:, 3:5] - walls[:, 0:2]
    size = np.hypot(run[:, 0], run[:, 1])
    normal = np.column_stack([run[:, 1], -run[:, 0]]) / np.maximum(size, TOUCH_M)[:, None]
    before = np.sum((np.array([x, y]) - walls[:, :2]) * normal, axis=1)
    turn = np.logical_and(before < 0.0, ~obstacles.closed[owner])
    walls[turn] = walls[turn][:, [3, 4, 5, 0, 1, 2]]
    normal[turn], before[turn] = -normal[turn], -before[turn]
    loud = obstacles.reflection.max(axis=1)[owner] > LEAST_REFLECTION
    kept = (before > TOUCH_M) & (size > TOUCH_M) & loud
    image = np.array([x, y]) - 2.0 * before[:, None] * normal
    table = np.column_stack([image, walls, normal])[kept]
    return Images(np.ascontiguousarray(table), owner[kept], obstacles.reflection)


def facets(obstacles: Obstacles) -> tuple[Floats, Integers]:
    """Walls as in `obstacles`, those in one straight line as one: the smallest side of a surface
    counts (Eq. 19), not how often it was measured."""
    walls, owner = obstacles.walls, obstacles.owner
    if not len(walls):
        return walls.copy(), owner
    index = np.arange(len(walls))
    opens = np.ones(len(walls), bool)
    opens[1:] = (owner[1:] != owner[:-1]) | (walls[1:, :2] != walls[:-1, 3:5]).any(axis=1)
    ring = np.cumsum(opens) - 1
    first = index[opens]
    last = np.append(first[1:], len(walls)) - 1
    previous = np.where(opens, last[ring], index - 1)
    joined = (walls[previous, 3:5] == walls[:, :2]).all(axis=1) & in_line(walls[previous], walls)
    heads = index[~joined]
    tails = np.append(heads[1:], len(walls)) - 1
    ends_ring = np.append(ring[heads][1:] != ring[heads][:-1], True)
    starts_ring = np.append(True, ends_ring[:-1])
    head = np.zeros(len(first), np.int64)
    head[ring[heads[starts_ring]]] = heads[starts_ring]
    around = ends_ring & (head[ring[heads]] > first[ring[heads]])
    tails = np.where(ends_ring, last[ring[heads]], tails)
    tails = np.where(around, head[ring[heads]] - 1, tails)
    return np.column_stack([walls[heads, :3], walls[tails, 3:]]), owner[heads]


def in_line(a: Floats, b: Floats) -> npt.NDArray[np.bool_]:
    """Whether wall b goes on in the line of wall a, in plan and in height."""
    u, v = a[:, 3:] - a[:, :3], b[:, 3:] - b[:, :3]
    long_u, long_v = np.hypot(u[:, 0], u[:, 1]), np.hypot(v[:, 0], v[:, 1])
    bend = np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])
    slope = np.abs(u[:, 2] * long_v - v[:, 2] * long_u)
    onward = u[:, 0] * v[:, 0] + u[:, 1] * v[:, 1] > 0.0
    found: npt.NDArray[np.bool_] = (
        onward & (bend <= STRAIGHT * long_u * long_v) & (slope <= STRAIGHT * long_u * long_v)
    )
    return found
