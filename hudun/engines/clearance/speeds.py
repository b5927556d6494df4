"""How fast people walk and how many pass, with the sources.

Door and corridor flow: SFPE handbook and IMO MSC.1/Circ.1533 give 1.3 persons/(m·s) as the largest
specific flow for planning; counts at wide doors reach 1.7 to 2.1. Stairs down 1.1, up 0.88.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .queue import Floats

FLOW = 1.3
"""Persons per metre of clear width and second, level, for planning."""
FLOW_OPTIMISTIC = 1.7
FLOW_STAIRS_DOWN = 1.1
STREET_WIDTH_M = 2.0
"""Clear width taken where a street's is not known: a pavement."""

IMO_DENSITY = np.array([0.0, 0.5, 1.9, 3.2, 3.5])
IMO_SPEED = np.array([1.2, 1.2, 0.67, 0.20, 0.10])
"""IMO MSC.1/Circ.1533 annex 1, table 1.1, corridors: persons/m² → m/s."""


@dataclass(frozen=True, slots=True)
class AgeGroup:
    name: str
    share: float
    speed: float
    """m/s on level ground."""


AGE_GROUPS = (
    AgeGroup("成人", 0.65, 80 / 60),
    AgeGroup("儿童", 0.15, 0.9),
    AgeGroup("老人", 0.20, 0.7),
)
"""Shares and the speeds of old and young are assumptions to be replaced by an office's own; 80
m/min is the planning speed of adults."""


def corridor_speed(density: ArrayLike) -> Floats:
    """m/s at persons/m², straight between the values of the table."""
    return np.asarray(np.interp(np.asarray(density, np.float64), IMO_DENSITY, IMO_SPEED))
