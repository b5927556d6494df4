"""What a choice comes to when the levels of all sirens are added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from hudun.engines.acoustics import Method, Siren
from hudun.engines.acoustics.audible import Figures, Mask, figures
from hudun.engines.acoustics.bands import Floats

from .brief import Brief
from .place import Field, Place
from .reach import Tell
from .sound import Ask, Told, levels, middles

WINDOW_DB = 10.0
FEW, SETTLED = 6, 2
"""Two sirens heard each alone settle a cell: it is heard, and twice, whatever else sounds."""


@dataclass(frozen=True)
class Gain:
    """What a siren is worth: people who hear, m² of built-up ground."""

    people: float
    m2: float


class Judge:
    """Holds the energy of what stands; new sirens are reckoned once each."""

    def __init__(self, place: Place, field: Field, brief: Brief, executor: Executor) -> None:
        self.place, self.field, self.brief, self.executor = place, field, brief, executor
        needed = field.needed.astype(float)
        low, high = float(needed.min()), float(needed.max())
        self.method = Method(near=((low + high) / 2.0, WINDOW_DB + (high - low) / 2.0))
        self.limit: Floats = 10.0 ** (0.1 * needed)
        self.cells = np.flatnonzero(field.ground | field.indoors | (field.people > 0.0))
        shape = (field.grid.rows, field.grid.columns)
        self.energy, self.alone = np.zeros(shape), np.zeros(shape, np.int64)
        self.new: dict[int, Floats] = {}

    def hear_standing(self, tell: Tell) -> None:
        """First the nearest few of each cell; then the others, where that has not settled it."""
        sirens = self.place.sirens
        near, count = self.nearest(), len(sirens)
        first = (Ask(i, sirens[i], self.cells[near[i]]) for i in range(count))
        self.add_up(first, lambda done: tell(done, 2 * count))
        left = self.open()[self.cells]
        second = (Ask(i, sirens[i], self.cells[left & ~near[i]]) for i in range(count))
        self.add_up(second, lambda done: tell(count + done, 2 * count))

    def nearest(self) -> Mask:
        """(siren, cell): whether it is one of the FEW nearest."""
        sirens, at = self.place.sirens, middles(self.field.grid, self.cells)
        if not sirens:
            return np.zeros((0, len(at)), bool)
        places = np.array([(siren.x, siren.y) for siren in sirens])
        few = min(FEW, len(sirens))
        _, found = cKDTree(places).query(at, few)
        near = np.zeros((len(sirens), len(at)), bool)
        near[found.reshape(len(at), few).T, np.arange(len(at))] = True
        return near

    def open(self) -> Mask:
        """Cells (flat) where one siren more may change what is said: fewer than two are heard."""
        found: Mask = self.alone.ravel() < SETTLED
        return found

    def add_up(self, asks: Iterable[Ask], tell: Callable[[int], None]) -> None:
        energy, alone = self.energy.ravel(), self.alone.ravel()
        for told in self.levels(asks):
            found = 10.0 ** (0.1 * told.levels)
            energy[told.cells] += found
            alone[told.cells] += found >= self.limit.ravel()[told.cells]
            if told.last:
                tell(told.key + 1)

    def levels(self, asks: Iterable[Ask]) -> Iterator[Told]:
        return levels(asks, self.field.grid, self.place.scene, self.method, self.executor)

    def add(self, index: int, siren: Siren) -> None:
        """Where two are heard already, a new one changes nothing and is left out."""
        if index in self.new:
            return
        energy = np.zeros(self.energy.size)
        for told in self.levels([Ask(index, siren, self.cells[self.open()[self.cells]])]):
            energy[told.cells] = 10.0 ** (0.1 * told.levels)
        self.new[index] = energy.reshape(self.energy.shape)

    def heard(self, sites: Sequence[int]) -> Mask:
        summed = self.energy + sum((self.new[site] for site in sites), np.zeros(self.energy.shape))
        found: Mask = summed >= self.limit
        return found

    def figures(self, sites: Sequence[int]) -> Figures:
        alone = self.alone + sum(
            ((self.new[site] >= self.limit).astype(np.int64) for site in sites),
            np.zeros(self.alone.shape, np.int64),
        )
        field = self.field
        return figures(field.grid, self.heard(sites), alone, field.ground, field.people)

    def gain(self, sites: Sequence[int], beside: Sequence[int]) -> Gain:
        """What `sites` add to those `beside`."""
        more, less = self.heard([*beside, *sites]), self.heard(beside)
        new = more & ~less
        cell = self.field.grid.step**2
        people = float(self.field.people[new].sum())
        return Gain(people, float((new & self.field.ground).sum()) * cell)
