"""Reflections, 7.5: image sources over vertical walls, one by one."""

from __future__ import annotations

import itertools
from math import hypot

from shapely import Point, Polygon

from .world import NOMINAL, XY, End, Path, Wall, World, walls


def reflections(world: World, source: End, receiver: End) -> list[tuple[Path, list[float]]]:
    """Every reflected path with ρ per band, 0 where Eq. (19) does not hold or ρ ≤ 0.2."""
    found = []
    for wall in surfaces(world):
        barrier = wall.owner >= len(world.buildings)
        seen = wall.turned() if barrier and wall.before(source.at) < 0 else wall
        path = reflected(world, source, receiver, seen)
        if path is not None:
            shares = [
                rho if rho > 0.2 and large_enough(world, path, 340.0 / hz) else 0.0
                for rho, hz in zip(world.reflection[wall.owner], NOMINAL, strict=True)
            ]
            if any(shares):
                found.append((path, shares))
    return found


def reflected(world: World, source: End, receiver: End, wall: Wall) -> Path | None:
    """Figure 8: the specular point must lie on the wall and both ends before it."""
    near, off = wall.before(source.at), wall.before(receiver.at)
    if near <= 1e-6 or off <= 0:
        return None
    image = wall.mirrored(source.at)
    t = near / (near + off)
    x, y = image[0] + t * (receiver.x - image[0]), image[1] + t * (receiver.y - image[1])
    dx, dy = wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]
    u = ((x - wall.a[0]) * dx + (y - wall.a[1]) * dy) / wall.length**2
    path = Path([source.at, (x, y), receiver.at], source.z(world), receiver.z(world), wall)
    z = path.zs + t * (path.zr - path.zs)
    if not 0 <= u <= 1 or not world.ground(x, y) <= z <= top(wall, u) or covered(world, path, z):
        return None
    return path


def covered(world: World, path: Path, z: float) -> bool:
    """Whether a building higher than the point of reflection stands against the wall: half a
    metre before it the leg to the lower end (either, where both are level) is indoors. (So it is
    if only that end is indoors.)"""
    lower = [path.points[-1]] if path.zr <= path.zs else []
    lower += [path.points[0]] if path.zs <= path.zr else []
    return any(stands_against(world, path, z, end) for end in lower)


def stands_against(world: World, path: Path, z: float, end: XY) -> bool:
    assert path.wall is not None
    off = path.wall.before(end)
    if off <= 0.5:
        return False
    p = path.points[1]
    near = (p[0] + 0.5 / off * (end[0] - p[0]), p[1] + 0.5 / off * (end[1] - p[1]))
    for owner, (ring, roof) in enumerate(world.buildings):
        if owner == path.wall.owner or roof <= z:
            continue
        shape = Polygon(ring, world.courtyards.get(owner, []))
        if shape.contains(Point(near)) != shape.contains(Point(end)):
            return True
    return False


def top(wall: Wall, u: float) -> float:
    return wall.top_a + u * (wall.top_b - wall.top_a)


def large_enough(world: World, path: Path, wavelength: float) -> bool:
    """Eq. (19): 1/λ > [2 / (l cos β)²] · [ds,o do,r / (ds,o + do,r)]."""
    assert path.wall is not None
    s, p, _ = path.points
    near = path.d * hypot(p[0] - s[0], p[1] - s[1]) / path.plan
    far = path.d - near
    cos_beta = path.wall.before(s) / near
    u = hypot(p[0] - path.wall.a[0], p[1] - path.wall.a[1]) / path.wall.length
    smallest = min(path.wall.length, top(path.wall, u) - world.ground(*p))
    return 1 / wavelength > 2 / (smallest * cos_beta) ** 2 * near * far / (near + far)


def surfaces(world: World) -> list[Wall]:
    """Walls with their outer face on the right; those that go on straight are one."""
    found = []
    everything = walls(world)
    for owner, (ring, top) in enumerate(world.buildings):
        found += joined(outwards(owner, ring, top, True))
        for court in world.courtyards.get(owner, []):
            found += joined(outwards(owner, court, top, False))
    for owner in range(len(world.buildings), len(world.buildings) + len(world.barriers)):
        found += joined([wall for wall in everything if wall.owner == owner])
    return found


def outwards(owner: int, ring: list[XY], top: float, outer: bool) -> list[Wall]:
    """The building lies to the left of its outer walls, the sky to the right of a courtyard's."""
    turned = ring if anticlockwise(ring) == outer else ring[::-1]
    sides = zip(turned, turned[1:] + turned[:1], strict=True)
    return [Wall(owner, a, top, b, top) for a, b in sides]


def joined(pieces: list[Wall]) -> list[Wall]:
    for one, other in itertools.permutations(pieces, 2):
        if one.b == other.a and goes_on(one, other):
            whole = Wall(one.owner, one.a, one.top_a, other.b, other.top_b)
            return joined([whole, *(wall for wall in pieces if wall not in (one, other))])
    return pieces


def goes_on(one: Wall, other: Wall) -> bool:
    straight = abs(one.before(other.b)) < 1e-6 * other.length
    onward = hypot(other.b[0] - one.a[0], other.b[1] - one.a[1]) > max(one.length, other.length)
    slopes = [(wall.top_b - wall.top_a) / wall.length for wall in (one, other)]
    return straight and onward and abs(slopes[0] - slopes[1]) < 1e-6


def anticlockwise(ring: list[XY]) -> bool:
    return (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) > 0
    )
