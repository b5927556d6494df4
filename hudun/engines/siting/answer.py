"""What every siting question is answered with: sites, value, and how good it can be at most."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Answer:
    """sites: chosen candidates, fixed ones not among them; value: of the objective; bound: no
    choice is better than this (proved); seconds: wall clock."""

    sites: Integers
    value: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """|bound − value| / |value|; 0: proved optimal."""
        return abs(self.bound - self.value) / max(abs(self.value), 1e-12)
