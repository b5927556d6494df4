"""Round the sides: a string pulled tight in plan round the obstacles that break the line of sight.

ISO 9613-2, 7.4 with vertical edges: `a` of Eq. (16), (17) is the difference in height, so that a
path is √(plan² + Δh²) long. An obstacle that the string meets where it is lower than the
obstacle's top pushes it further out; the hull stays convex (ISO/TR 17534-3). Round a reflected
path the string is pulled in the plan folded along the mirror; obstacles seen in it have the number
of the obstacle plus the number of all.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hudun.engines.jit import lean

from .bands import Floats
from .diffraction import NO_DETOUR, Detour
from .index import Cells
from .mirror import TOUCH_M, Mirror, before, fold, holds
from .plane import extent
from .relief import GROUND
from .scene import Obstacles, Scene
from .trace import ABOVE, SLIVER, Edges, Line, clip, edges_room, line, walk

Integers = npt.NDArray[np.int64]

MOST_OBSTACLES = 256
MOST_CORNERS = 8_192
ROUNDS = 32
"""How often a string may be pushed out before that side is given up."""
CLEARANCE_M = 1e-9
COLLINEAR_M2 = 1e-7
"""A corner that turns the string by less (a cross product) lies on it: rounding must not send the
string back to a corner that it has passed."""


class Rope(NamedTuple):
    """Room for one side: its obstacles; their corners on that side; the corners of the hull."""

    owners: Integers
    points: Floats
    hull: Floats
    edges: Edges


def rope_room() -> Rope:
    return Rope(
        np.empty(MOST_OBSTACLES, np.int64),
        np.empty((MOST_CORNERS, 2)),
        np.empty((MOST_CORNERS + 2, 2)),
        edges_room(),
    )


@lean
def blockers(edges: Edges, count: int, owners: Integers) -> int:
    """The obstacles above the line of sight; −1 if terrain is among them or they are too many."""
    size = 0
    for index in range(count):
        owner = edges.owner[index]
        if owner == GROUND:
            return -1
        size = include(owners, size, owner)
        if size < 0:
            return -1
    return size


@lean
def include(owners: Integers, size: int, owner: int) -> int:
    for index in range(size):
        if owners[index] == owner:
            return size
    if size == owners.size:
        return -1
    owners[size] = owner
    return size + 1


@lean
def inside(obstacles: Obstacles, owner: int, x: float, y: float) -> bool:
    """Whether a building stands over the point, in plan."""
    if not obstacles.closed[owner]:
        return False
    begin, end = obstacles.first[owner], obstacles.first[owner + 1]
    odd = False
    before = end - 1
    for here in range(begin, end):
        ax, ay = obstacles.corners[before, 0], obstacles.corners[before, 1]
        bx, by = obstacles.corners[here, 0], obstacles.corners[here, 1]
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
        before = here
    return odd


@lean
def stands_within(
    obstacles: Obstacles, mirror: Mirror, owners: Integers, size: int, path: Line
) -> bool:
    """Whether an end of the path stands on one of the obstacles, or the mirror is one of them:
    then there is no way round it."""
    x, y = path.x, path.y
    if mirror.owner >= 0:
        x, y = fold(mirror, x, y)
    for index in range(size):
        owner = owners[index] % obstacles.closed.size
        if owner == mirror.owner or inside(obstacles, owner, x, y):
            return True
        if inside(obstacles, owner, path.x + path.dx, path.y + path.dy):
            return True
    return False


@lean
def gather(
    obstacles: Obstacles,
    mirror: Mirror,
    path: Line,
    side: float,
    rope: Rope,
    begin: int,
    end: int,
    found: int,
) -> int:
    """Adds to the `found` points the corners of obstacles `begin` to `end` on one side of the
    line; gives the new number (−1: no room, or an obstacle stands through the mirror's plane)."""
    count = obstacles.closed.size
    for index in range(begin, end):
        owner = rope.owners[index] % count
        image = rope.owners[index] >= count
        for corner in range(obstacles.first[owner], obstacles.first[owner + 1]):
            x, y = obstacles.corners[corner, 0], obstacles.corners[corner, 1]
            if mirror.owner >= 0:
                if before(mirror, x, y) < -TOUCH_M:
                    return -1
                if image:
                    x, y = fold(mirror, x, y)
            across = path.dx * (y - path.y) - path.dy * (x - path.x)
            if side * across > CLEARANCE_M * path.plan:
                if found == rope.points.shape[0]:
                    return -1
                rope.points[found, 0], rope.points[found, 1] = x, y
                found += 1
    return found


@lean
def pull(path: Line, side: float, rope: Rope, count: int) -> int:
    """The convex hull from start to end of the line on one side (gift wrapping); its corners, both
    ends included, into rope.hull."""
    x, y = path.x, path.y
    end_x, end_y = path.x + path.dx, path.y + path.dy
    rope.hull[0, 0], rope.hull[0, 1] = x, y
    size = 1
    while size <= count + 1:
        to_x, to_y = end_x, end_y
        for index in range(count):
            px, py = rope.points[index, 0], rope.points[index, 1]
            turn = side * ((to_x - x) * (py - y) - (to_y - y) * (px - x))
            if turn > COLLINEAR_M2:
                to_x, to_y = px, py
        rope.hull[size, 0], rope.hull[size, 1] = to_x, to_y
        size += 1
        if to_x == end_x and to_y == end_y:
            break
        x, y = to_x, to_y
    return size


@lean
def length_of(rope: Rope, size: int) -> float:
    length = 0.0
    for index in range(1, size):
        length += extent(
            rope.hull[index, 0] - rope.hull[index - 1, 0],
            rope.hull[index, 1] - rope.hull[index - 1, 1],
        )
    return length


@lean
def pushed(path: Line, scene: Scene, mirror: Mirror, rope: Rope, hull: int, owners: int) -> int:
    """Adds the obstacles that the string meets below their tops; the new number (−1: give up)."""
    length, gone, size = length_of(rope, hull), 0.0, owners
    for index in range(1, hull):
        x, y = rope.hull[index - 1, 0], rope.hull[index - 1, 1]
        to_x, to_y = rope.hull[index, 0], rope.hull[index, 1]
        stretch = extent(to_x - x, to_y - y)
        z = path.z + path.dz * gone / length
        gone += stretch
        if stretch <= 0.0:
            continue
        piece = line(x, y, z, to_x, to_y, path.z + path.dz * gone / length)
        if mirror.owner < 0:
            size = met(piece, scene.cells, 0.0, 1.0, rope, size, 0)
        else:
            size = met_folded(piece, scene, mirror, rope, size)
        if size < 0:
            return -1
    return size


@lean
def met(
    piece: Line, cells: Cells, begin: float, end: float, rope: Rope, size: int, image: int
) -> int:
    """Adds the obstacles above a stretch of the string; image: what to add to their numbers."""
    low, high = clip(piece, cells)
    seen = walk(piece, cells, max(low, begin), min(high, end), ABOVE, rope.edges)
    if seen.above < 0:
        return -1
    for edge in range(seen.above):
        size = include(rope.owners, size, rope.edges.owner[edge] + image)
        if size < 0:
            return -1
    return size


@lean
def met_folded(piece: Line, scene: Scene, mirror: Mirror, rope: Rope, size: int) -> int:
    """The same where the string may lie behind the mirror, or cross it: then on the wall."""
    start = before(mirror, piece.x, piece.y)
    stop = before(mirror, piece.x + piece.dx, piece.y + piece.dy)
    turn = start / (start - stop) if start < 0.0 < stop else (0.0 if start + stop > 0.0 else 1.0)
    if 0.0 < turn < 1.0 and not holds(
        mirror,
        piece.x + turn * piece.dx,
        piece.y + turn * piece.dy,
        piece.z + turn * piece.dz,
    ):
        return -1
    if turn > 0.0:
        x, y = fold(mirror, piece.x, piece.y)
        to_x, to_y = fold(mirror, piece.x + piece.dx, piece.y + piece.dy)
        out = line(x, y, piece.z, to_x, to_y, piece.z + piece.dz)
        size = met(out, scene.cells, 0.0, turn - SLIVER, rope, size, scene.obstacles.closed.size)
    if turn < 1.0 and size >= 0:
        size = met(piece, scene.cells, turn + SLIVER, 1.0, rope, size, 0)
    return size


@lean
def detour_of(path: Line, rope: Rope, size: int) -> Detour:
    """The string as a diffracted path: distances in plan, z with the difference in height."""
    if size <= 2:
        return NO_DETOUR
    first = extent(rope.hull[1, 0] - path.x, rope.hull[1, 1] - path.y)
    plan = length_of(rope, size)
    last = extent(
        rope.hull[size - 1, 0] - rope.hull[size - 2, 0],
        rope.hull[size - 1, 1] - rope.hull[size - 2, 1],
    )
    z = extent(plan, path.dz) - extent(path.plan, path.dz)
    return Detour(size - 2, z, first, last, max(plan - first - last, 0.0))


@lean
def keep_hull(rope: Rope, size: int) -> int:
    """The corners of the hull alone become the points: those within it never count again."""
    for index in range(1, size - 1):
        rope.points[index - 1, 0] = rope.hull[index, 0]
        rope.points[index - 1, 1] = rope.hull[index, 1]
    return size - 2
