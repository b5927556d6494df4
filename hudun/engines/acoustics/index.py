"""Walls in a uniform grid: which to look at along a path. Exact geometry; nothing is rasterised."""

from math import floor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hudun.engines.jit import lean

from .bands import Floats

Integers = npt.NDArray[np.int64]

CELL_M = 60.0
MARGIN_M = 1e-6
"""A wall belongs to every cell it comes this near: rounding never loses a crossing."""


class Cells(NamedTuple):
    """walls of cell (column, row) are [start[k]] to [start[k + 1]], k = row · columns + column;
    top[k]: the highest among them. `walls` and `owner` are copied in that order, so that a walk
    reads memory forwards."""

    west: float
    south: float
    size: float
    columns: int
    rows: int
    start: Integers
    top: Floats
    walls: Floats
    owner: Integers


def index_walls(walls: Floats, owner: Integers, size: float = CELL_M) -> Cells:
    if not len(walls):
        nothing = np.zeros(0, np.int64)
        return Cells(0.0, 0.0, size, 0, 0, np.zeros(1, np.int64), np.zeros(0), walls, nothing)
    x, y = walls[:, [0, 3]], walls[:, [1, 4]]
    west, south = x.min() - size / 2, y.min() - size / 2
    columns = int((x.max() - west) // size) + 1
    rows = int((y.max() - south) // size) + 1
    count = columns * rows
    if count > 100_000_000:
        raise ValueError(f"obstacles span {columns} × {rows} cells: are coordinates in metres?")
    cells, items = touches(walls, west, south, size, columns, rows)
    order = np.argsort(cells, kind="stable")
    cells, items = cells[order], items[order]
    start = np.searchsorted(cells, np.arange(count + 1)).astype(np.int64)
    top = np.full(count, -np.inf)
    np.maximum.at(top, cells, walls[items][:, [2, 5]].max(axis=1))
    sorted_walls = np.ascontiguousarray(walls[items])
    return Cells(west, south, size, columns, rows, start, top, sorted_walls, owner[items])


def touches(
    walls: Floats, west: float, south: float, size: float, columns: int, rows: int
) -> tuple[Integers, Integers]:
    """(cell, wall) of every wall and every cell it touches."""
    none = np.zeros(0, np.int64)
    room = fill_touches(walls, west, south, size, columns, rows, none, none)
    cells, items = np.zeros(room, np.int64), np.zeros(room, np.int64)
    fill_touches(walls, west, south, size, columns, rows, cells, items)
    return cells, items


@lean
def span(a: float, b: float, origin: float, size: float, limit: int) -> tuple[int, int]:
    low = floor((min(a, b) - MARGIN_M - origin) / size)
    high = floor((max(a, b) + MARGIN_M - origin) / size)
    return max(low, 0), min(high, limit - 1)


@lean
def misses(wall: Floats, west: float, south: float, size: float) -> bool:
    """Whether the box lies on one side of the wall's line."""
    x, y = west - MARGIN_M, south - MARGIN_M
    side = size + 2 * MARGIN_M
    dx, dy = wall[3] - wall[0], wall[4] - wall[1]
    a = dx * (y - wall[1]) - dy * (x - wall[0])
    b, c = a + dx * side, a - dy * side
    d = b - dy * side
    low: float = min(min(a, b), min(c, d))
    high: float = max(max(a, b), max(c, d))
    return low > 0.0 or high < 0.0


@lean
def fill_touches(
    walls: Floats,
    west: float,
    south: float,
    size: float,
    columns: int,
    rows: int,
    cells: Integers,
    items: Integers,
) -> int:
    """Gives the number; writes only where there is room."""
    found = 0
    for item in range(walls.shape[0]):
        wall = walls[item]
        left, right = span(wall[0], wall[3], west, size, columns)
        bottom, upper = span(wall[1], wall[4], south, size, rows)
        for row in range(bottom, upper + 1):
            for column in range(left, right + 1):
                if misses(wall, west + column * size, south + row * size, size):
                    continue
                if found < cells.size:
                    cells[found] = row * columns + column
                    items[found] = item
                found += 1
    return found
