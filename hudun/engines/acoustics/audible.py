"""Heard or not, and what that comes to: area, people, dead zones, overlap."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hudun.engines.jit import lean

from .bands import Floats
from .raster import Grid, Levels

Mask = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]

MARGINS_DB = (5.0, 10.0, 15.0)
"""National rule, FEMA, cautious."""
AMBIENT_DB = {0: (50.0, 40.0), 1: (55.0, 45.0), 2: (60.0, 50.0), 3: (65.0, 55.0), 4: (70.0, 55.0)}
"""Day and night limits of GB 3096 by zone 0 … 4, taken as the ambient level."""


@dataclass(frozen=True)
class Rule:
    """Heard where the level is at least max(floor, ambient + margin), all in dB."""

    floor: float
    margin: float
    ambient: float | Levels

    def threshold(self, shape: tuple[int, int]) -> Levels:
        needed = np.maximum(self.floor, np.asarray(self.ambient) + self.margin)
        return np.broadcast_to(np.asarray(needed, np.float32), shape)


class DeadZone(NamedTuple):
    """A connected area where nothing is heard; x, y: middle of the cell with most people."""

    people: float
    area_m2: float
    x: float
    y: float


@dataclass(frozen=True)
class Figures:
    """Areas in m²; the denominators are outdoor ground of the built-up area and all people."""

    built_up_m2: float
    covered_m2: float
    people: float
    hearing: float
    overlap: tuple[float, ...]
    """Share of the built-up outdoor area in which 0, 1, 2, … sirens are heard each alone."""

    @property
    def area_share(self) -> float:
        return self.covered_m2 / self.built_up_m2 if self.built_up_m2 else 0.0

    @property
    def people_share(self) -> float:
        return self.hearing / self.people if self.people else 0.0


def figures(grid: Grid, heard: Mask, alone: Integers, ground: Mask, people: Floats) -> Figures:
    """heard: by all sirens together; alone: how many are heard each alone; ground: outdoor cells of
    the built-up area; people (rows, columns)."""
    cell = grid.step**2
    counts = np.bincount(alone[ground], minlength=1) / max(int(ground.sum()), 1)
    return Figures(
        float(ground.sum()) * cell,
        float((heard & ground).sum()) * cell,
        float(people.sum()),
        float(people[heard].sum()),
        tuple(float(share) for share in counts),
    )


def dead_zones(grid: Grid, heard: Mask, ground: Mask, people: Floats) -> list[DeadZone]:
    """Connected unheard cells of the built-up ground, or with people, most people first."""
    silent = ~heard & (ground | (people > 0.0))
    labels = np.zeros(silent.shape, np.int64)
    stack = np.zeros((silent.size, 2), np.int64)
    count = label(silent, labels, stack)
    crowd = np.bincount(labels.ravel(), people.ravel(), count + 1)
    cells = np.bincount(labels.ravel(), minlength=count + 1)
    order = np.argsort(people.ravel(), kind="stable")
    fullest = np.zeros(count + 1, np.int64)
    fullest[labels.ravel()[order]] = order
    found = []
    for zone in np.lexsort((-cells[1:], -crowd[1:])) + 1:
        row, column = divmod(int(fullest[zone]), grid.columns)
        x, y = grid.west + (column + 0.5) * grid.step, grid.south + (row + 0.5) * grid.step
        found.append(DeadZone(float(crowd[zone]), float(cells[zone]) * grid.step**2, x, y))
    return found


@lean
def label(mask: Mask, labels: Integers, stack: Integers) -> int:
    """Numbers the four-connected parts of the mask from 1; gives how many."""
    count = 0
    for row in range(mask.shape[0]):
        for column in range(mask.shape[1]):
            if not mask[row, column] or labels[row, column]:
                continue
            count += 1
            labels[row, column] = count
            stack[0, 0], stack[0, 1] = row, column
            size = 1
            while size:
                size -= 1
                r, c = stack[size, 0], stack[size, 1]
                for turn in range(4):
                    nr = r + (1 if turn == 0 else -1 if turn == 1 else 0)
                    nc = c + (1 if turn == 2 else -1 if turn == 3 else 0)
                    if nr < 0 or nc < 0 or nr >= mask.shape[0] or nc >= mask.shape[1]:
                        continue
                    if mask[nr, nc] and labels[nr, nc] == 0:
                        labels[nr, nc] = count
                        stack[size, 0], stack[size, 1] = nr, nc
                        size += 1
    return count
