"""The sirens of a map kept apart, so that switching or moving one is a sum of arrays."""

import numpy as np
import numpy.typing as npt

from .levels import decibels
from .raster import Levels

UNITS_PER_ENERGY = 1e3
"""A unit is the energy of −30 dB; a thousand sirens of LOUDEST fit into 63 bits."""
LOUDEST = 125.0
"""Louder than that within the cell of a siren makes no difference to anything."""
Units = npt.NDArray[np.int64]


class Kept:
    """Every siren's raster and the running sum of those that are on, so that switching or moving
    one costs one raster. The sum is of whole units: whatever is added and taken away again leaves
    the very same sum, in whatever order."""

    def __init__(self, levels: list[Levels]) -> None:
        self.levels = list(levels)
        self.off: set[int] = set()
        self.energy: Units = np.zeros(levels[0].shape, np.int64)
        for one in levels:
            self.energy += units(one)

    def replace(self, index: int, levels: Levels) -> None:
        if index not in self.off:
            self.energy += units(levels) - units(self.levels[index])
        self.levels[index] = levels

    def switch(self, index: int, on: bool) -> None:
        if on == (index not in self.off):
            return
        self.energy += units(self.levels[index]) * (1 if on else -1)
        self.off ^= {index}

    def heard(self, threshold: Levels) -> npt.NDArray[np.bool_]:
        """Where the sirens that are on, together, reach the threshold (dB)."""
        found: npt.NDArray[np.bool_] = self.energy >= units(threshold)
        return found

    def without(self, index: int) -> Units:
        """The sum of the others that are on."""
        own = 0 if index in self.off else units(self.levels[index])
        others: Units = self.energy - own
        return others

    def summed(self) -> Levels:
        """Energy sum, dB."""
        return decibels(self.energy / UNITS_PER_ENERGY).astype(np.float32)


def units(levels: Levels) -> Units:
    """Nothing where a level is not known."""
    bounded = np.minimum(np.asarray(levels, np.float64), LOUDEST)
    energy = np.power(10.0, 0.1 * bounded) * UNITS_PER_ENERGY
    return np.rint(np.nan_to_num(energy, nan=0.0)).astype(np.int64)
