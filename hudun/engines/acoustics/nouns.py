"""What the kernel is given: a source, the rules to reckon by, and scratch space."""

from typing import NamedTuple

import numpy as np

from .bands import BANDS, Floats
from .lateral import Rope, rope_room
from .trace import Edges, Integers, edges_room


class Emission(NamedTuple):
    """power (8): 10^(LW/10) per band; pattern: energy factor by (elevation −90…90°, azimuth
    0…360° clockwise from north), one degree apart, or empty: the same all round."""

    x: float
    y: float
    z: float
    height: float
    power: Floats
    pattern: Floats


class Rules(NamedTuple):
    """How to reckon. absorption (8): dB/m. general: 7.3.1, else 7.3.2. weights (8): energy weights
    of the total. lateral: whether to look round the sides; then only where the total (energy) may
    be at least `low` and is over the top at most `high`. Sides that cannot add `coarse` of the
    energy over the top are left out, and where they could lift the total over `threshold`, those
    that cannot add `negligible`."""

    absorption: Floats
    wavelengths: Floats
    weights: Floats
    general: bool
    edition: int
    lateral: bool
    low: float
    high: float
    threshold: float
    negligible: float
    coarse: float


class Room(NamedTuple):
    """Scratch space of one thread."""

    edges: Edges
    hull: Integers
    rope: Rope
    ground: Floats
    air: Floats
    soil: Floats
    top: Floats
    sides: Floats
    side: Floats
    mirror: Floats
    echo: Floats


def room() -> Room:
    edges = edges_room()
    hull = np.empty(edges.along.size, np.int64)
    bands = [np.zeros(BANDS) for _ in range(8)]
    return Room(edges, hull, rope_room(), *bands)
