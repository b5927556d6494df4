"""The same levels as anybody would first write them: shapely finds the walls that a line crosses,
Python pulls the string over them, NumPy does the eight bands, receiver by receiver.

Flat ground of one kind, general method, 1996, over the top only. It is no product and not tuned;
it shares no line with the kernel, and its answers must be the same.
"""

from __future__ import annotations

import numpy as np
import shapely

from hudun.engines.acoustics import NOMINAL_HZ, WEIGHTINGS, Emission, Receivers, octave_absorption
from hudun.engines.acoustics.bands import Floats

WAVES = 340.0 / NOMINAL_HZ
XZ = tuple[float, float]


class Town:
    """Walls (n, 6) in a tree."""

    def __init__(self, walls: Floats, factor: float) -> None:
        self.walls, self.factor = walls, factor
        plan = walls[:, [0, 1, 3, 4]].reshape(-1, 2, 2)
        self.tree = shapely.STRtree([shapely.LineString(wall) for wall in plan])

    def levels(self, source: Emission, at: Receivers, celsius: float, humidity: float) -> Floats:
        air = octave_absorption(celsius, humidity)
        power = 10.0 * np.log10(source.power)
        found = np.empty(len(at))
        for index, (point, height) in enumerate(zip(at.points, at.heights, strict=True)):
            plan = float(np.hypot(point[0] - source.x, point[1] - source.y))
            direct = float(np.hypot(plan, point[2] - source.z))
            agr = self.ground(plan, source.height, height)
            abar = np.maximum(0.0, self.screen(source, point, plan, direct) - np.maximum(agr, 0.0))
            bands = power - 20.0 * np.log10(direct) - 11.0 - air * direct - agr - abar
            found[index] = 10.0 * np.log10(np.sum(10.0 ** (0.1 * (bands + WEIGHTINGS["A"]))))
        return found

    def ground(self, plan: float, hs: float, hr: float) -> Floats:
        share = max(0.0, 1.0 - 30.0 * (hs + hr) / plan)
        middle = -3.0 * share * np.array([1.0, *[1.0 - self.factor] * 7])
        found: Floats = middle + end(plan, hs, self.factor) + end(plan, hr, self.factor)
        return found

    def screen(self, source: Emission, point: Floats, plan: float, direct: float) -> Floats:
        """Dz per band."""
        line = shapely.linestrings([(source.x, source.y), (point[0], point[1])])
        walls = self.walls[self.tree.query(line, predicate="intersects")]
        if not len(walls):
            return np.zeros(8)
        dx, dy = point[0] - source.x, point[1] - source.y
        ex, ey = walls[:, 3] - walls[:, 0], walls[:, 4] - walls[:, 1]
        px, py = walls[:, 0] - source.x, walls[:, 1] - source.y
        across = dx * ey - dy * ex
        share, on_wall = (px * ey - py * ex) / across, (px * dy - py * dx) / across
        tops = walls[:, 2] + on_wall * (walls[:, 5] - walls[:, 2])
        gaps = tops - source.z - share * (point[2] - source.z)
        ends = (0.0, source.z), (plan, float(point[2]))
        if (gaps > 0.0).any():
            above = gaps > 0.0
            edges = sorted(zip((share * plan)[above], tops[above], strict=True))
            return diffracted(taut(ends[0], edges, ends[1]), direct, 1.0)
        chains = [[ends[0], edge, ends[1]] for edge in zip(share * plan, tops, strict=True)]
        return diffracted(min(chains, key=length), direct, -1.0)


def end(plan: float, h: float, factor: float) -> Floats:
    near, squared = 1.0 - np.exp(-plan / 50.0), h * h
    shape = np.zeros(8)
    shape[1] = 1.5 + 3.0 * np.exp(-0.12 * (h - 5.0) ** 2) * near
    shape[1] += 5.7 * np.exp(-0.09 * squared) * (1.0 - np.exp(-2.8e-6 * plan**2))
    shape[2] = 1.5 + 8.6 * np.exp(-0.09 * squared) * near
    shape[3] = 1.5 + 14.0 * np.exp(-0.46 * squared) * near
    shape[4] = 1.5 + 5.0 * np.exp(-0.9 * squared) * near
    shape[5:] = 1.5
    return -1.5 + factor * shape


def taut(start: XZ, edges: list[XZ], stop: XZ) -> list[XZ]:
    """Upper hull (Andrew's chain)."""
    hull: list[XZ] = [start]
    for point in [*edges, stop]:
        while len(hull) > 1 and turns_left(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    return hull


def turns_left(a: XZ, b: XZ, c: XZ) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0.0


def length(chain: list[XZ]) -> float:
    return float(np.sum(np.hypot(*np.diff(np.array(chain), axis=0).T)))


def diffracted(chain: list[XZ], direct: float, sign: float) -> Floats:
    legs = np.hypot(*np.diff(np.array(chain), axis=0).T)
    z, between = sign * (legs.sum() - direct), legs[1:-1].sum()
    spread = (5.0 * WAVES / between) ** 2 if between > 0.0 else np.ones(8)
    c3 = (1.0 + spread) / (1.0 / 3.0 + spread) if between > 0.0 else np.ones(8)
    met = np.exp(-np.sqrt(legs[0] * legs[-1] * direct / (2.0 * z)) / 2000.0) if z > 0.0 else 1.0
    strength = 3.0 + 20.0 / WAVES * c3 * z * met
    loss: Floats = 10.0 * np.log10(np.maximum(strength, 1.0))
    return np.minimum(loss, 20.0 if len(chain) == 3 else 25.0)
