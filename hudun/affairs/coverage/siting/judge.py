"""What a choice comes to when the levels of all sirens are added up."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from hudun.engines.acoustics import Method, Siren
from hudun.engines.acoustics.audible import Figures, Mask, figures
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.raster import level_raster

from .brief import Brief
from .place import Field, Place
from .reach import LISTENER_M, Tell

WINDOW_DB = 10.0


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
        shape = (field.grid.rows, field.grid.columns)
        self.energy, self.alone = np.zeros(shape), np.zeros(shape, np.int64)
        self.new: dict[int, Floats] = {}

    def hear_standing(self, tell: Tell) -> None:
        for done, siren in enumerate(self.place.sirens, 1):
            energy = self.of(siren)
            self.energy += energy
            self.alone += energy >= self.limit
            tell(done, len(self.place.sirens))

    def of(self, siren: Siren) -> Floats:
        levels = level_raster(
            siren, self.field.grid, self.place.scene, self.method, self.executor, LISTENER_M
        )
        found: Floats = 10.0 ** (0.1 * levels.astype(float))
        return found

    def add(self, index: int, siren: Siren) -> None:
        if index not in self.new:
            self.new[index] = self.of(siren)

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
