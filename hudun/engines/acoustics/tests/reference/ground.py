"""Agr: general method (7.3.1, Table 3) and alternative (7.3.2)."""

from __future__ import annotations

import itertools
from math import exp, log10

from shapely import LineString, Polygon
from shapely.ops import substring

from .world import End, Path, World, profile


def ratio(plan: float, hs: float, hr: float) -> float:
    return (plan**2 + (hs - hr) ** 2) / (plan**2 + (hs + hr) ** 2)


def general_ground(
    world: World, source: End, receiver: End, path: Path, edition: int
) -> list[float]:
    """Table 3."""
    hs, hr, plan = source.height, receiver.height, path.plan
    gs = mean_g(world, path, 0.0, min(30 * hs, plan))
    gr = mean_g(world, path, max(plan - 30 * hr, 0.0), plan)
    q = 0.0 if plan <= 30 * (hs + hr) else 1 - 30 * (hs + hr) / plan
    gm = mean_g(world, path, 30 * hs, plan - 30 * hr) if q > 0 else 0.0
    total = []
    for band in range(8):
        am = -3 * q if band == 0 else -3 * q * (1 - gm)
        value = end(band, hs, gs, plan) + end(band, hr, gr, plan) + am
        if edition == 2024:
            value = -10 * log10(1 + (10 ** (-value / 10) - 1) * ratio(plan, hs, hr))
        total.append(value)
    return total


def end(band: int, h: float, g: float, dp: float) -> float:
    if band == 0:
        return -1.5
    if band >= 5:
        return -1.5 * (1 - g)
    near = 1 - exp(-dp / 50)
    shapes = (
        1.5
        + 3.0 * exp(-0.12 * (h - 5) ** 2) * near
        + 5.7 * exp(-0.09 * h**2) * (1 - exp(-2.8e-6 * dp**2)),
        1.5 + 8.6 * exp(-0.09 * h**2) * near,
        1.5 + 14.0 * exp(-0.46 * h**2) * near,
        1.5 + 5.0 * exp(-0.9 * h**2) * near,
    )
    return -1.5 + g * shapes[band - 1]


def mean_g(world: World, path: Path, begin: float, stop: float) -> float:
    """As lengths in areas."""
    if stop <= begin:
        return world.base
    part = substring(LineString(path.points), begin, stop)
    weighted = world.base
    for ring, g in world.areas:
        weighted += (g - world.base) * part.intersection(Polygon(ring)).length / part.length
    return weighted


def alternative(world: World, source: End, receiver: End, path: Path) -> float:
    """Eq. (10); hm = F/d."""
    points = [(0.0, source.height)]
    for along, height in profile(world, path):
        points.append((along, path.z(along) - height))
    points.append((path.plan, receiver.height))
    area = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in itertools.pairwise(points))
    return max(0.0, 4.8 - (2 * max(area, 0.0) / path.d / path.d) * (17 + 300 / path.d))
