"""Levels over an area: a grid of receivers in tiles, on any executor, in bounded memory.

A tile is a job of plain values, so that threads, processes or a cluster give the same answer.
"""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .bands import Floats
from .levels import Method, decibels, receivers, source, total_levels
from .nouns import Emission, Room, room
from .scene import Scene
from .siren import Siren

TILE = 128
"""Cells along the side of a tile."""
IN_FLIGHT = 16
"""Tiles handed out and not yet taken back."""
Levels = npt.NDArray[np.float32]


class Grid(NamedTuple):
    """Cell (row, column) has its middle at west + (column + ½) step, south + (row + ½) step."""

    west: float
    south: float
    step: float
    columns: int
    rows: int

    @property
    def size(self) -> int:
        return self.columns * self.rows

    def middles(self, rows: slice, columns: slice) -> Floats:
        x = self.west + (np.arange(columns.start, columns.stop) + 0.5) * self.step
        y = self.south + (np.arange(rows.start, rows.stop) + 0.5) * self.step
        return np.column_stack([np.tile(x, len(y)), np.repeat(y, len(x))])

    def cells(self, plan: Floats) -> npt.NDArray[np.int64]:
        """Row and column (n, 2) of points; may lie outside."""
        corner = np.array([self.south, self.west])
        found: npt.NDArray[np.int64] = np.floor((plan[:, ::-1] - corner) / self.step).astype(int)
        return found

    def holds(self, cells: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = (
            (cells >= 0).all(axis=1) & (cells[:, 0] < self.rows) & (cells[:, 1] < self.columns)
        )
        return found


class Tile(NamedTuple):
    rows: slice
    columns: slice


class Job(NamedTuple):
    emitted: Emission
    grid: Grid
    tile: Tile
    height: float
    scene: Scene
    method: Method


def tiles(grid: Grid, side: int = TILE) -> Iterator[Tile]:
    for row in range(0, grid.rows, side):
        for column in range(0, grid.columns, side):
            yield Tile(
                slice(row, min(row + side, grid.rows)),
                slice(column, min(column + side, grid.columns)),
            )


def reckon(job: Job, work: Room | None = None) -> tuple[Tile, Levels]:
    """One tile: total levels, dB."""
    plan = job.grid.middles(job.tile.rows, job.tile.columns)
    at = receivers(plan, job.height, job.scene)
    found = total_levels(job.emitted, at, job.scene, job.method, work or room())
    shape = (job.tile.rows.stop - job.tile.rows.start, -1)
    return job.tile, found.astype(np.float32).reshape(shape)


def level_raster(
    siren: Siren,
    grid: Grid,
    scene: Scene,
    method: Method,
    executor: Executor,
    height: float = 1.5,
) -> Levels:
    """Total level (rows, columns) of one siren, dB, at `height` above the ground."""
    emitted = source(siren, scene)
    out = np.empty((grid.rows, grid.columns), np.float32)
    waiting = (Job(emitted, grid, tile, height, scene, method) for tile in tiles(grid))
    for tile, levels in in_turn(executor, waiting):
        out[tile.rows, tile.columns] = levels
    return out


def in_turn(executor: Executor, jobs: Iterator[Job]) -> Iterator[tuple[Tile, Levels]]:
    """Results as they come, never more than IN_FLIGHT jobs handed out."""
    running: set[Future[tuple[Tile, Levels]]] = set()
    more = True
    while more or running:
        while more and len(running) < IN_FLIGHT:
            job = next(jobs, None)
            more = job is not None
            if job is not None:
                running.add(executor.submit(reckon, job))
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for one in done:
            yield one.result()


def together(levels: list[Levels]) -> Levels:
    """Energy sum of several sirens, dB."""
    energy = np.zeros(levels[0].shape, np.float64)
    for one in levels:
        energy += 10.0 ** (0.1 * one)
    return decibels(energy).astype(np.float32)


def level_cells(
    siren: Siren,
    grid: Grid,
    cells: npt.NDArray[np.int64],
    scene: Scene,
    method: Method,
    executor: Executor,
    height: float = 1.5,
) -> Levels:
    """The values of `level_raster` at some cells only (flat indices)."""
    emitted = source(siren, scene)
    plan = np.column_stack(
        [
            grid.west + (cells % grid.columns + 0.5) * grid.step,
            grid.south + (cells // grid.columns + 0.5) * grid.step,
        ]
    )
    parts = np.array_split(plan, max(1, min(len(plan) // PIECE, IN_FLIGHT)))
    jobs = [executor.submit(piece, emitted, part, height, scene, method) for part in parts]
    found: Levels = np.concatenate([job.result() for job in jobs])
    return found


PIECE = 1024


def piece(emitted: Emission, plan: Floats, height: float, scene: Scene, method: Method) -> Levels:
    at = receivers(plan, height, scene)
    found: Levels = total_levels(emitted, at, scene, method, room()).astype(np.float32)
    return found
