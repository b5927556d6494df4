"""A vertical plane through source and receiver: what stands in it, and the way over the top."""

from math import floor, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hudun.engines.jit import lean

from .bands import Floats
from .diffraction import LOWEST_Z, NO_DETOUR, Detour, single_edge
from .index import Cells
from .plane import extent

Integers = npt.NDArray[np.int64]

ROOM = 16_384
"""How many edges above the line of sight one path may meet."""


class Line(NamedTuple):
    """From one point to another; z above the datum."""

    x: float
    y: float
    z: float
    dx: float
    dy: float
    dz: float
    plan: float


class Course(NamedTuple):
    """A path in plan, folded where a wall reflects it: `out` (source to mirrored receiver) holds up
    to the share `turn`, `home` (image of the source to receiver) beyond it. Both have the same
    length and heights. Without a reflection both are the path."""

    out: Line
    home: Line
    turn: float


class Edges(NamedTuple):
    """Room for the edges above a line: distance in plan from its start, height, owner."""

    along: Floats
    height: Floats
    owner: Integers


def edges_room() -> Edges:
    return Edges(np.empty(ROOM), np.empty(ROOM), np.empty(ROOM, np.int64))


@lean
def line(x: float, y: float, z: float, to_x: float, to_y: float, to_z: float) -> Line:
    dx, dy = to_x - x, to_y - y
    return Line(x, y, z, dx, dy, to_z - z, extent(dx, dy))


@lean
def straight(path: Line) -> Course:
    return Course(path, path, 0.0)


@lean
def turned(path: Line) -> Line:
    """From its end to its start."""
    return Line(
        path.x + path.dx,
        path.y + path.dy,
        path.z + path.dz,
        -path.dx,
        -path.dy,
        -path.dz,
        path.plan,
    )


@lean
def clip(path: Line, cells: Cells) -> tuple[float, float]:
    """The stretch of the path, as shares of it, inside the grid; from > to: none."""
    begin, end = 0.0, 1.0
    for axis in range(2):
        start, step = (path.x, path.dx) if axis == 0 else (path.y, path.dy)
        low = cells.west if axis == 0 else cells.south
        count = cells.columns if axis == 0 else cells.rows
        high = low + count * cells.size
        if step == 0.0:
            if start < low or start >= high:
                return 1.0, 0.0
            continue
        a, b = (low - start) / step, (high - start) / step
        begin, end = max(begin, min(a, b)), min(end, max(a, b))
    return begin, end


SLIVER = 1e-7
"""Share of a path next to a mirror that is left out: there stands the mirror itself."""


class Seen(NamedTuple):
    """What a walk has met: how many edges above the path (−1: no room); while there are none, the
    least path difference of an edge below it, and where that is (along < 0: nowhere)."""

    above: int
    least: float
    along: float
    gap: float


ABOVE = Seen(0, 0.0, -1.0, 0.0)
"""Nothing met yet, and only edges above the path matter."""


@lean
def cross_walls(path: Line, cells: Cells, below: float, edges: Edges) -> tuple[int, Detour]:
    """Puts every wall top above the path into `edges`; gives their number (−1: no room) and,
    if there are none, the least detour of a wall top below the path.

    below: how great a path difference below the line of sight still matters, m (0: none).
    """
    begin, end = clip(path, cells)
    seen = walk(path, cells, begin, end, Seen(0, below, -1.0, 0.0), edges)
    return seen.above, nearest(path, seen)


@lean
def nearest(path: Line, seen: Seen) -> Detour:
    """The way over the edge below the path that is nearest to breaking it."""
    if seen.above or seen.along < 0.0:
        return NO_DETOUR
    return single_edge(seen.along, seen.gap, path.plan, path.dz)


@lean
def walk(path: Line, cells: Cells, begin: float, end: float, seen: Seen, edges: Edges) -> Seen:
    """Adds the walls between two shares of the path, which lie within the grid, to those seen.

    The grid is walked cell by cell (Amanatides & Woo 1987); a cell whose highest wall is far
    under the path is not opened.
    """
    column = into(path.x + begin * path.dx, cells.west, cells.size, cells.columns)
    row = into(path.y + begin * path.dy, cells.south, cells.size, cells.rows)
    direct = extent(path.plan, path.dz)
    per_x = 1.0 / path.dx if path.dx != 0.0 else 0.0
    per_y = 1.0 / path.dy if path.dy != 0.0 else 0.0
    while begin < end:
        exit_x = leave(path.x - cells.west, per_x, cells.size, column)
        exit_y = leave(path.y - cells.south, per_y, cells.size, row)
        leaving = min(min(exit_x, exit_y), end)
        cell = row * cells.columns + column
        if cells.top[cell] > feeling(path, begin, leaving, seen.least, direct):
            first, stop = cells.start[cell], cells.start[cell + 1]
            seen = open_cell(
                path, cells.walls, cells.owner, first, stop, begin, leaving, seen, edges
            )
            if seen.above < 0:
                break
        if leaving >= end:
            break
        column, row = step(path, column, row, exit_x, exit_y)
        if column < 0 or row < 0 or column >= cells.columns or row >= cells.rows:
            break
        begin = leaving
    return seen


@lean
def open_cell(
    path: Line,
    walls: Floats,
    owner: Integers,
    first: int,
    stop: int,
    begin: float,
    leaving: float,
    seen: Seen,
    edges: Edges,
) -> Seen:
    """Looks at some walls between two shares of the path."""
    found, least, best_along, best_gap = seen.above, seen.least, seen.along, seen.gap
    for item in range(first, stop):
        x, y = walls[item, 0] - path.x, walls[item, 1] - path.y
        to_x, to_y = walls[item, 3] - path.x, walls[item, 4] - path.y
        c0, c1 = path.dx * y - path.dy * x, path.dx * to_y - path.dy * to_x
        if (c0 > 0.0) == (c1 > 0.0):
            continue
        share = c0 / (c0 - c1)
        x, y = x + share * (to_x - x), y + share * (to_y - y)
        at = (x * path.dx + y * path.dy) / (path.plan * path.plan)
        if at < begin or at >= leaving or at <= 0.0:
            continue
        top = walls[item, 2] + share * (walls[item, 5] - walls[item, 2])
        gap = top - path.z - at * path.dz
        if gap > 0.0:
            if found == edges.along.size:
                return Seen(-1, 0.0, -1.0, 0.0)
            edges.along[found] = at * path.plan
            edges.height[found] = top
            edges.owner[found] = owner[item]
            found, least = found + 1, 0.0
        elif least > 0.0 and gap * gap < 2.2 * least * at * (1.0 - at) * extent(path.plan, path.dz):
            detour = -single_edge(at * path.plan, gap, path.plan, path.dz).z
            if detour < least:
                least, best_along, best_gap = detour, at * path.plan, gap
    return Seen(found, least, best_along, best_gap)


@lean
def feeling(path: Line, begin: float, leaving: float, least: float, direct: float) -> float:
    """How low an edge between two shares of the path may be and still be felt."""
    lowest = path.z + path.dz * (begin if path.dz > 0.0 else leaving)
    if least <= 0.0:
        return lowest
    middle = min(max(0.5, begin), leaving)
    return lowest - sqrt(2.2 * least * middle * (1.0 - middle) * direct) - 1e-3


@lean
def into(position: float, origin: float, size: float, count: int) -> int:
    return min(max(floor((position - origin) / size), 0), count - 1)


@lean
def leave(start: float, per_metre: float, size: float, cell: int) -> float:
    """The share of the path at which it leaves the cell along one axis."""
    if per_metre == 0.0:
        return 2.0
    return ((cell + (1 if per_metre > 0.0 else 0)) * size - start) * per_metre


@lean
def step(path: Line, column: int, row: int, exit_x: float, exit_y: float) -> tuple[int, int]:
    if exit_x < exit_y:
        return column + (1 if path.dx > 0.0 else -1), row
    return column, row + (1 if path.dy > 0.0 else -1)


@lean
def sort_edges(edges: Edges, count: int) -> None:
    """By insertion: walls come nearly in order."""
    for index in range(1, count):
        along, height, owner = edges.along[index], edges.height[index], edges.owner[index]
        place = index
        while place > 0 and edges.along[place - 1] > along:
            edges.along[place] = edges.along[place - 1]
            edges.height[place] = edges.height[place - 1]
            edges.owner[place] = edges.owner[place - 1]
            place -= 1
        edges.along[place], edges.height[place], edges.owner[place] = along, height, owner


@lean
def taut(path: Line, edges: Edges, count: int, hull: Integers) -> int:
    """Indices into `edges` of the upper hull between the ends: a string pulled tight over all."""
    size = 0
    for index in range(count):
        along, height = edges.along[index], edges.height[index]
        while size > 0:
            x, z = edges.along[hull[size - 1]], edges.height[hull[size - 1]]
            before_x, before_z = 0.0, path.z
            if size > 1:
                before_x, before_z = edges.along[hull[size - 2]], edges.height[hull[size - 2]]
            if (x - before_x) * (height - before_z) < (along - before_x) * (z - before_z):
                break
            size -= 1
        hull[size] = index
        size += 1
    while size > 0:
        x, z = edges.along[hull[size - 1]], edges.height[hull[size - 1]]
        before_x, before_z = 0.0, path.z
        if size > 1:
            before_x, before_z = edges.along[hull[size - 2]], edges.height[hull[size - 2]]
        end = path.z + path.dz
        if (x - before_x) * (end - before_z) < (path.plan - before_x) * (z - before_z):
            break
        size -= 1
    return size


@lean
def over(path: Line, edges: Edges, count: int, hull: Integers) -> Detour:
    """The path over the edges found above the line of sight (sorted here)."""
    sort_edges(edges, count)
    size = taut(path, edges, count, hull)
    x, z = edges.along[hull[0]], edges.height[hull[0]]
    first = extent(x, z - path.z)
    between = 0.0
    for index in range(1, size):
        next_x, next_z = edges.along[hull[index]], edges.height[hull[index]]
        between += extent(next_x - x, next_z - z)
        x, z = next_x, next_z
    last = extent(path.plan - x, path.z + path.dz - z)
    detour = first + between + last - extent(path.plan, path.dz)
    return Detour(size, detour, first, last, between)


LIMIT = -LOWEST_Z
