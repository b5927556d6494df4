"""What stands where, and the path of a sound in plan."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from math import hypot

XY = tuple[float, float]
NOMINAL = (63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0)


@dataclass
class World:
    """buildings: (ring, top); barriers: points (x, y, top); areas: (ring, G), disjoint; else G is
    `base`. ground: height at a place, sampled every `step` metres at most (0: flat). reflection:
    ρ per band of every building, then of every barrier; empty: nothing reflects. courtyards: rings
    by building, open to the sky."""

    buildings: list[tuple[list[XY], float]] = field(default_factory=list)
    barriers: list[list[tuple[float, float, float]]] = field(default_factory=list)
    areas: list[tuple[list[XY], float]] = field(default_factory=list)
    base: float = 0.0
    ground: Callable[[float, float], float] = lambda x, y: 0.0
    step: float = 0.0
    reflection: list[list[float]] = field(default_factory=list)
    courtyards: dict[int, list[list[XY]]] = field(default_factory=dict)


@dataclass
class End:
    x: float
    y: float
    height: float

    @property
    def at(self) -> XY:
        return self.x, self.y

    def z(self, world: World) -> float:
        return world.ground(self.x, self.y) + self.height


@dataclass
class Wall:
    owner: int
    a: XY
    top_a: float
    b: XY
    top_b: float

    @property
    def length(self) -> float:
        return hypot(self.b[0] - self.a[0], self.b[1] - self.a[1])

    def before(self, p: XY) -> float:
        """Distance of a point from the wall's line, positive to the right of a → b."""
        dx, dy = self.b[0] - self.a[0], self.b[1] - self.a[1]
        return (dy * (p[0] - self.a[0]) - dx * (p[1] - self.a[1])) / self.length

    def mirrored(self, p: XY) -> XY:
        off = self.before(p)
        dx, dy = (self.b[0] - self.a[0]) / self.length, (self.b[1] - self.a[1]) / self.length
        return p[0] - 2 * off * dy, p[1] + 2 * off * dx

    def turned(self) -> Wall:
        return Wall(self.owner, self.b, self.top_b, self.a, self.top_a)


@dataclass
class Path:
    """From source to receiver, by way of a point on `wall` if it is reflected there."""

    points: list[XY]
    zs: float
    zr: float
    wall: Wall | None = None

    @property
    def legs(self) -> list[tuple[XY, XY, float]]:
        return [(a, b, hypot(b[0] - a[0], b[1] - a[1])) for a, b in itertools.pairwise(self.points)]

    @property
    def plan(self) -> float:
        return sum(leg for _, _, leg in self.legs)

    @property
    def d(self) -> float:
        return hypot(self.plan, self.zr - self.zs)

    def z(self, along: float) -> float:
        return self.zs + (self.zr - self.zs) * along / self.plan

    def at(self, along: float) -> XY:
        for a, b, leg in self.legs:
            if along <= leg:
                return a[0] + along / leg * (b[0] - a[0]), a[1] + along / leg * (b[1] - a[1])
            along -= leg
        return self.points[-1]


def walls(world: World) -> list[Wall]:
    found = []
    for owner, (ring, top) in enumerate(world.buildings):
        for each in (ring, *world.courtyards.get(owner, [])):
            for a, b in zip(each, each[1:] + each[:1], strict=True):
                found.append(Wall(owner, a, top, b, top))
    for owner, points in enumerate(world.barriers, len(world.buildings)):
        for (ax, ay, az), (bx, by, bz) in itertools.pairwise(points):
            found.append(Wall(owner, (ax, ay), az, (bx, by), bz))
    return found


def outline(world: World, owner: int) -> list[XY]:
    if owner < len(world.buildings):
        return list(world.buildings[owner][0])
    return [(x, y) for x, y, _ in world.barriers[owner - len(world.buildings)]]


def crossings(
    world: World, a: XY, za: float, b: XY, zb: float, mirror: Wall | None = None
) -> list[tuple[float, float, int]]:
    """(share of the line, height above the line, owner) of every wall top met; a piece of the
    mirror that the line touches with one end is not met."""
    found = []
    for wall in walls(world):
        p, q = wall.a, wall.b
        dx, dy, ex, ey = b[0] - a[0], b[1] - a[1], q[0] - p[0], q[1] - p[1]
        denominator = dx * ey - dy * ex
        if denominator == 0:
            continue
        t = ((p[0] - a[0]) * ey - (p[1] - a[1]) * ex) / denominator
        u = ((p[0] - a[0]) * dy - (p[1] - a[1]) * dx) / denominator
        if mirror is not None and mirror.owner == wall.owner and lies_in(wall, mirror):
            continue
        if 0 < t < 1 and 0 <= u <= 1:
            top = wall.top_a + u * (wall.top_b - wall.top_a)
            found.append((t, top - za - t * (zb - za), wall.owner))
    return found


def lies_in(piece: Wall, mirror: Wall) -> bool:
    return abs(mirror.before(piece.a)) < 1e-6 and abs(mirror.before(piece.b)) < 1e-6


def profile(world: World, path: Path) -> list[tuple[float, float]]:
    """Ground heights between the ends, as the kernel is told to sample them."""
    if not world.step:
        return []
    count = int(-(-path.plan // world.step))
    found = []
    for index in range(1, count):
        along = index / count * path.plan
        found.append((along, world.ground(*path.at(along))))
    return found
