"""A made-up city, flat or hilly, and a real one from a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hudun.engines.acoustics import FLAT, Receivers, Scene, Siren, Terrain, receivers, scene
from hudun.engines.acoustics.bands import Floats
from hudun.engines.acoustics.relief import ground_height
from hudun.geodata.buildings import read_buildings

SIDE, SPACING, LISTENER = 75, 40.0, 1.5
FACTOR = 0.3


def hills() -> Terrain:
    """30 m nodes, 25 m either way."""
    steps = np.arange(SIDE * SPACING // 30 + 2) * 30.0
    x, y = np.meshgrid(steps, steps)
    return FLAT._replace(heights=30 + 15 * np.sin(x / 400) + 10 * np.cos(y / 300), step=30.0)


def city(terrain: Terrain, side: int = SIDE) -> Scene:
    """One turned rectangle on every 40 m, 6 to 33 m high."""
    pick = np.random.default_rng(20260000)
    solids = []
    for row in range(side):
        for column in range(side):
            middle = (np.array([column, row]) + 0.5) * SPACING
            half, deep = pick.uniform(5.0, 12.0, 2)
            turn = pick.uniform(-0.3, 0.3)
            corners = np.array([(-half, -deep), (half, -deep), (half, deep), (-half, deep)])
            c, s = np.cos(turn), np.sin(turn)
            height = pick.choice([6.0, 9.0, 18.0, 33.0], p=[0.3, 0.3, 0.3, 0.1])
            base = ground_height(terrain, middle[0], middle[1])
            solids.append((corners @ np.array([[c, s], [-s, c]]) + middle, base + height))
    return scene(solids, terrain=terrain, base_factor=FACTOR)


def suzhou(path: Path) -> tuple[Scene, Floats]:
    town = read_buildings(path)
    found = scene(list(zip(town.outlines, town.heights, strict=True)), base_factor=FACTOR)
    return found, np.concatenate(town.rings)


def places(built: Scene, count: int, corners: Floats) -> tuple[Siren, Receivers]:
    """A siren 30 m up in the street next to the middle, and listeners anywhere."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    plan = np.random.default_rng(7).uniform(low, high, (count, 2))
    x, y = (low + high) / 2 + SPACING / 2
    return Siren(x, y, 30.0, 110.0), receivers(plan, LISTENER, built)
