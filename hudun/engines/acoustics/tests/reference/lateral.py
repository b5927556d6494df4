"""Round the sides, 7.4 with vertical edges: the tight string in plan, unfolded along a mirror."""

from __future__ import annotations

import itertools
from math import hypot, inf

from shapely import MultiPoint, Point, Polygon

from .world import XY, Path, World, crossings, outline

Owners = set[tuple[int, bool]]
"""Obstacle, and whether it is met before the reflection, so that its image is gone round."""


def lateral(world: World, path: Path, owners: Owners, side: int) -> tuple[float, float]:
    """(z, e) of the tight string on one side; (inf, 0) where there is none."""
    if any(stands_on(world, path, owner) for owner, _ in owners):
        return inf, 0.0
    s, r = unfolded(path, path.points[0]), path.points[-1]
    while True:
        corners = []
        for owner, image in owners:
            points = outline(world, owner)
            if path.wall is not None and any(path.wall.before(p) < -1e-6 for p in points):
                return inf, 0.0
            corners += [unfolded(path, p) if image else p for p in points]
        corners = [p for p in corners if turn(s, r, p) * side > 0]
        if not corners:
            return inf, 0.0
        chain = string(s, r, corners, side)
        legs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(chain)]
        met: Owners = set()
        gone = 0.0
        for a, b, leg in zip(chain, chain[1:], legs, strict=False):
            za, zb = (path.zs + (path.zr - path.zs) * x / sum(legs) for x in (gone, gone + leg))
            gone += leg
            on_piece = meets(world, path, a, za, b, zb)
            if on_piece is None:
                return inf, 0.0
            met |= on_piece
        if met <= owners:
            return hypot(sum(legs), path.zr - path.zs) - path.d, sum(legs[1:-1])
        owners |= met


def stands_on(world: World, path: Path, owner: int) -> bool:
    if path.wall is not None and owner == path.wall.owner:
        return True
    if owner >= len(world.buildings):
        return False
    shape = Polygon(outline(world, owner))
    return any(shape.contains(Point(p)) for p in (path.points[0], path.points[-1]))


def unfolded(path: Path, p: XY) -> XY:
    """As it looks from behind the mirror."""
    return p if path.wall is None else path.wall.mirrored(p)


def meets(world: World, path: Path, a: XY, za: float, b: XY, zb: float) -> Owners | None:
    """What a piece of the string meets below its top; None if it misses the mirror."""
    wall = path.wall
    if wall is None:
        return {(o, False) for _, gap, o in crossings(world, a, za, b, zb) if gap > 1e-9}
    off, to = wall.before(a), wall.before(b)
    if off >= 0 or to <= 0:
        image = off + to < 0
        ends = [unfolded(path, p) if image else p for p in (a, b)]
        met = crossings(world, ends[0], za, ends[1], zb, wall)
        return {(o, image) for _, gap, o in met if gap > 1e-9}
    t = off / (off - to)
    p, z = (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])), za + t * (zb - za)
    dx, dy = wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]
    u = ((p[0] - wall.a[0]) * dx + (p[1] - wall.a[1]) * dy) / wall.length**2
    if not 0 <= u <= 1 or z > wall.top_a + u * (wall.top_b - wall.top_a):
        return None
    out = crossings(world, unfolded(path, a), za, p, z, wall)
    home = crossings(world, p, z, b, zb, wall)
    found = {(o, True) for _, gap, o in out if gap > 1e-9}
    return found | {(o, False) for _, gap, o in home if gap > 1e-9}


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
