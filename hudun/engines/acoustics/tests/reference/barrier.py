"""Abar, 7.4, over the top and round the sides."""

from __future__ import annotations

import itertools
from math import exp, hypot, inf, log10, sqrt

from .lateral import lateral
from .world import XY, Path, World, crossings, profile


def barrier(world: World, path: Path, wavelength: float, agr: float, edition: int) -> float:
    met: list[tuple[float, float, int, bool]] = []
    gone = 0.0
    for a, b, leg in path.legs:
        image = path.wall is not None and gone == 0.0
        for t, gap, owner in crossings(world, a, path.z(gone), b, path.z(gone + leg), path.wall):
            met.append((gone + t * leg, gap, owner, image))
        gone += leg
    hills = [
        (along, height) for along, height in profile(world, path) if height > path.z(along) + 1e-6
    ]
    above = [one for one in met if one[1] > 0]
    if not above and not hills:
        edges = [(along, path.z(along) + gap) for along, gap, _, _ in met]
        nearest = min(edges, key=lambda edge: detour([edge], path), default=None)
        below = dz([nearest], path, wavelength, edition, -1) if nearest else 0.0
        return max(0.0, below - max(agr, 0.0))
    tops = [(along, path.z(along) + gap) for along, gap, _, _ in above] + hills
    top = dz(upper_hull(tops, path.plan, path.zs, path.zr), path, wavelength, edition, 1)
    energy = 10 ** (-(top - max(agr, 0.0)) / 10)
    if not hills:
        blocking = {(owner, image) for _, _, owner, image in above}
        for side in (1, -1):
            z, e = lateral(world, path, set(blocking), side)
            if z < inf:
                energy += 10 ** (-side_dz(z, e, wavelength) / 10)
    return max(0.0, -10 * log10(energy))


def upper_hull(points: list[XY], plan: float, zs: float, zr: float) -> list[XY]:
    """By trial: a point stays if no segment between two others passes above it."""
    everything = [(0.0, zs), *sorted(points), (plan, zr)]
    kept = []
    for x, z in sorted(points):
        over = False
        for ax, az in everything:
            for bx, bz in everything:
                if ax < x < bx and az + (bz - az) * (x - ax) / (bx - ax) >= z - 1e-12:
                    over = True
        if not over:
            kept.append((x, z))
    return kept


def detour(edges: list[XY], path: Path) -> float:
    chain = [(0.0, path.zs), *edges, (path.plan, path.zr)]
    legs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(chain)]
    return sum(legs) - path.d


def dz(edges: list[XY], path: Path, wavelength: float, edition: int, sign: int) -> float:
    """Eq. (14) to (18), capped at 20 or 25 dB; sign −1: an edge below the line of sight."""
    chain = [(0.0, path.zs), *edges, (path.plan, path.zr)]
    legs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(chain)]
    d = path.d
    z = sign * detour(edges, path)
    dss, dsr, e = legs[0], legs[-1], sum(legs[1:-1])
    c3 = third(e, wavelength)
    lowest = -2 * wavelength / (20 * c3)
    if z <= lowest:
        return 0.0
    if edition == 1996:
        kmet = 1.0 if z <= 0 else exp(-sqrt(dss * dsr * d / (2 * z)) / 2000)
        value = 10 * log10(3 + 20 / wavelength * c3 * z * kmet)
    else:
        root = (max(dss, dsr) + e) * min(dss, dsr) * d / (2 * (z - lowest))
        value = 10 * log10(1 + (2 + 20 / wavelength * c3 * z) * exp(-sqrt(root) / 2000))
    return max(0.0, min(value, 20.0 if len(edges) == 1 else 25.0))


def third(e: float, wavelength: float) -> float:
    if e == 0:
        return 1.0
    return (1 + (5 * wavelength / e) ** 2) / (1 / 3 + (5 * wavelength / e) ** 2)


def side_dz(z: float, e: float, wavelength: float) -> float:
    return 10 * log10(3 + 20 / wavelength * third(e, wavelength) * z)
