"""Levels of many sirens at chosen cells of a grid, in pieces, on any executor."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import NamedTuple

import numpy as np

from hudun.engines.acoustics import (
    Emission,
    Method,
    Scene,
    Siren,
    receivers,
    room,
    source,
    total_levels,
)
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.raster import Grid
from hudun.engines.siting.answer import Integers

LISTENER_M = 1.5
PIECE = 16_384
"""Cells of one job."""
IN_FLIGHT = 16


class Ask(NamedTuple):
    """Of a siren, at cells counted row by row; key: whatever the asker calls it."""

    key: int
    siren: Siren
    cells: Integers


class Told(NamedTuple):
    """levels in dB, −inf where no path could be reckoned; last: of this ask."""

    key: int
    cells: Integers
    levels: Floats
    last: bool


class Job(NamedTuple):
    emitted: Emission
    plan: Floats
    scene: Scene
    method: Method


def middles(grid: Grid, cells: Integers) -> Floats:
    rows, columns = np.divmod(cells, grid.columns)
    x, y = grid.west + (columns + 0.5) * grid.step, grid.south + (rows + 0.5) * grid.step
    return np.column_stack([x, y])


def reckon(job: Job) -> Floats:
    at = receivers(job.plan, LISTENER_M, job.scene)
    found = total_levels(job.emitted, at, job.scene, job.method, room())
    return np.where(np.isnan(found), -np.inf, found)


def levels(
    asks: Iterable[Ask], grid: Grid, scene: Scene, method: Method, executor: Executor
) -> Iterator[Told]:
    """In the order asked, never more than IN_FLIGHT jobs handed out."""
    waiting: deque[tuple[int, Integers, bool, Future[Floats]]] = deque()
    for ask in asks:
        emitted = source(ask.siren, scene)
        for start in range(0, max(len(ask.cells), 1), PIECE):
            piece = ask.cells[start : start + PIECE]
            job = Job(emitted, middles(grid, piece), scene, method)
            last = start + PIECE >= len(ask.cells)
            waiting.append((ask.key, piece, last, executor.submit(reckon, job)))
            if len(waiting) >= IN_FLIGHT:
                yield taken(waiting)
    while waiting:
        yield taken(waiting)


def taken(waiting: deque[tuple[int, Integers, bool, Future[Floats]]]) -> Told:
    key, piece, last, future = waiting.popleft()
    return Told(key, piece, future.result(), last)
