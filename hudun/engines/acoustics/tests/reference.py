"""ISO 9613-2 once more, slowly: decibels, loops and shapely, nothing shared with the kernel.

Written from the standard (clause and equation beside each step) and from the clarifications of
ISO/TR 17534-3; every wall is tried against every line.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp, hypot, inf, log10, sqrt

from shapely import LineString, MultiPoint, Point, Polygon

XY = tuple[float, float]
NOMINAL = (63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0)


@dataclass
class World:
    """buildings: (ring, top); barriers: points (x, y, top); areas: (ring, G), disjoint; else G is
    `base`. ground: height at a place, sampled every `step` metres at most (0: flat)."""

    buildings: list[tuple[list[XY], float]] = field(default_factory=list)
    barriers: list[list[tuple[float, float, float]]] = field(default_factory=list)
    areas: list[tuple[list[XY], float]] = field(default_factory=list)
    base: float = 0.0
    ground: Callable[[float, float], float] = lambda x, y: 0.0
    step: float = 0.0


@dataclass
class End:
    x: float
    y: float
    height: float

    def z(self, world: World) -> float:
        return world.ground(self.x, self.y) + self.height


def levels(
    world: World,
    source: End,
    receiver: End,
    power: list[float],
    alpha: list[float],
    general: bool,
    edition: int,
) -> list[float]:
    """L = LW − (Adiv + Aatm + Agr + Abar), Eq. (3), (4)."""
    plan = hypot(receiver.x - source.x, receiver.y - source.y)
    d = hypot(plan, receiver.z(world) - source.z(world))
    found = []
    agr = general_ground(world, source, receiver, plan, edition) if general else []
    d_omega = 0.0
    if not general:
        agr = [alternative(world, source, receiver, plan, d)] * 8
        d_omega = 10 * log10(1 + ratio(plan, source.height, receiver.height))  # Eq. (11)
    for band, hz in enumerate(NOMINAL):
        adiv = 20 * log10(d) + 11  # Eq. (7)
        aatm = alpha[band] * d  # Eq. (8)
        abar = barrier(world, source, receiver, plan, d, 340.0 / hz, agr[band], edition)
        found.append(power[band] + d_omega - adiv - aatm - agr[band] - abar)
    return found


def ratio(plan: float, hs: float, hr: float) -> float:
    return (plan**2 + (hs - hr) ** 2) / (plan**2 + (hs + hr) ** 2)


def general_ground(
    world: World, source: End, receiver: End, plan: float, edition: int
) -> list[float]:
    """Table 3."""
    hs, hr = source.height, receiver.height
    gs = mean_g(world, source, receiver, 0.0, min(30 * hs, plan))
    gr = mean_g(world, source, receiver, max(plan - 30 * hr, 0.0), plan)
    q = 0.0 if plan <= 30 * (hs + hr) else 1 - 30 * (hs + hr) / plan
    gm = mean_g(world, source, receiver, 30 * hs, plan - 30 * hr) if q > 0 else 0.0
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


def mean_g(world: World, source: End, receiver: End, begin: float, stop: float) -> float:
    """As lengths in areas."""
    path = LineString([(source.x, source.y), (receiver.x, receiver.y)])
    if stop <= begin:
        return world.base
    a, b = path.interpolate(begin), path.interpolate(stop)
    part = LineString([a, b])
    weighted = world.base
    for ring, g in world.areas:
        weighted += (g - world.base) * part.intersection(Polygon(ring)).length / part.length
    return weighted


def profile(world: World, source: End, receiver: End, plan: float) -> list[tuple[float, float]]:
    """Ground heights between the ends, as the kernel is told to sample them."""
    if not world.step:
        return []
    count = int(-(-plan // world.step))
    found = []
    for index in range(1, count):
        t = index / count
        x = source.x + t * (receiver.x - source.x)
        y = source.y + t * (receiver.y - source.y)
        found.append((t * plan, world.ground(x, y)))
    return found


def alternative(world: World, source: End, receiver: End, plan: float, d: float) -> float:
    """Eq. (10); hm = F/d."""
    zs, zr = source.z(world), receiver.z(world)
    points = [(0.0, source.height)]
    for along, height in profile(world, source, receiver, plan):
        points.append((along, zs + (zr - zs) * along / plan - height))
    points.append((plan, receiver.height))
    area = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in itertools.pairwise(points))
    return max(0.0, 4.8 - (2 * max(area, 0.0) / d / d) * (17 + 300 / d))


def walls(world: World) -> list[tuple[int, XY, float, XY, float]]:
    found = []
    for owner, (ring, top) in enumerate(world.buildings):
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            found.append((owner, a, top, b, top))
    for owner, points in enumerate(world.barriers, len(world.buildings)):
        for (ax, ay, az), (bx, by, bz) in itertools.pairwise(points):
            found.append((owner, (ax, ay), az, (bx, by), bz))
    return found


def crossings(world: World, a: XY, za: float, b: XY, zb: float) -> list[tuple[float, float, int]]:
    """(share of the line, height above the line, owner) of every wall top met."""
    found = []
    for owner, p, zp, q, zq in walls(world):
        dx, dy, ex, ey = b[0] - a[0], b[1] - a[1], q[0] - p[0], q[1] - p[1]
        denominator = dx * ey - dy * ex
        if denominator == 0:
            continue
        t = ((p[0] - a[0]) * ey - (p[1] - a[1]) * ex) / denominator
        u = ((p[0] - a[0]) * dy - (p[1] - a[1]) * dx) / denominator
        if 0 < t < 1 and 0 <= u <= 1:
            found.append((t, zp + u * (zq - zp) - za - t * (zb - za), owner))
    return found


def barrier(
    world: World,
    source: End,
    receiver: End,
    plan: float,
    d: float,
    wavelength: float,
    agr: float,
    edition: int,
) -> float:
    """Abar, 7.4, over the top and round the sides."""
    s, r = (source.x, source.y), (receiver.x, receiver.y)
    zs, zr = source.z(world), receiver.z(world)
    met = crossings(world, s, zs, r, zr)
    hills = [
        (along, height)
        for along, height in profile(world, source, receiver, plan)
        if height > zs + (zr - zs) * along / plan + 1e-6
    ]
    above = [(t, gap, owner) for t, gap, owner in met if gap > 0]
    if not above and not hills:
        best = max(
            (
                dz([(t * plan, zs + t * (zr - zs) + gap)], plan, zs, zr, d, wavelength, edition, -1)
                for t, gap, _ in met
            ),
            default=0.0,
        )
        return max(0.0, best - max(agr, 0.0)) if best > 0 else 0.0
    tops = [(t * plan, zs + t * (zr - zs) + gap) for t, gap, _ in above] + hills
    top = dz(upper_hull(tops, plan, zs, zr), plan, zs, zr, d, wavelength, edition, 1)
    energy = 10 ** (-(top - max(agr, 0.0)) / 10)
    if not hills:
        blocking = {owner for _, _, owner in above}
        for side in (1, -1):
            z, e = lateral(world, s, zs, r, zr, d, set(blocking), side)
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


def dz(
    edges: list[XY],
    plan: float,
    zs: float,
    zr: float,
    d: float,
    wavelength: float,
    edition: int,
    sign: int,
) -> float:
    """Eq. (14) to (18), capped at 20 or 25 dB; sign −1: an edge below the line of sight."""
    chain = [(0.0, zs), *edges, (plan, zr)]
    legs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(chain)]
    z = sign * (sum(legs) - d)
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


def lateral(
    world: World, s: XY, zs: float, r: XY, zr: float, d: float, owners: set[int], side: int
) -> tuple[float, float]:
    """(z, e) of the tight string on one side; (inf, 0) where there is none."""
    outlines = [list(ring) for ring, _ in world.buildings]
    outlines += [[(x, y) for x, y, _ in points] for points in world.barriers]
    for owner in owners:
        if owner < len(world.buildings):
            shape = Polygon(outlines[owner])
            if shape.contains(Point(s)) or shape.contains(Point(r)):
                return inf, 0.0
    while True:
        corners = [p for owner in owners for p in outlines[owner] if turn(s, r, p) * side > 0]
        if not corners:
            return inf, 0.0
        chain = string(s, r, corners, side)
        legs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(chain)]
        met: set[int] = set()
        gone = 0.0
        for a, b, leg in zip(chain, chain[1:], legs, strict=False):
            za = zs + (zr - zs) * gone / sum(legs)
            gone += leg
            zb = zs + (zr - zs) * gone / sum(legs)
            met |= {owner for _, gap, owner in crossings(world, a, za, b, zb) if gap > 1e-9}
        if met <= owners:
            return hypot(sum(legs), zr - zs) - d, sum(legs[1:-1])
        owners |= met


def turn(a: XY, b: XY, p: XY) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def string(s: XY, r: XY, corners: list[XY], side: int) -> list[XY]:
    hull = MultiPoint([s, r, *corners]).convex_hull
    assert isinstance(hull, Polygon)
    ring = list(hull.exterior.coords)[:-1]
    if Polygon(ring).exterior.is_ccw == (side > 0):
        ring.reverse()
    start = min(range(len(ring)), key=lambda i: hypot(ring[i][0] - s[0], ring[i][1] - s[1]))
    turned = ring[start:] + ring[:start]
    stop = min(range(len(turned)), key=lambda i: hypot(turned[i][0] - r[0], turned[i][1] - r[1]))
    return [(x, y) for x, y in turned[: stop + 1]]
