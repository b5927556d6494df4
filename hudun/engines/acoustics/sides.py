"""Which ways round the sides are worth their while, and what they bring."""

from hudun.engines.jit import lean

from .diffraction import NO_DETOUR, Detour
from .energy import overall, side_energy
from .lateral import (
    ROUNDS,
    blockers,
    detour_of,
    gather,
    keep_hull,
    pull,
    pushed,
    stands_within,
)
from .mirror import NO_MIRROR, Mirror
from .nouns import Emission, Room, Rules
from .scene import Scene
from .trace import Line


@lean
def shortest(
    source: Emission,
    path: Line,
    side: float,
    scene: Scene,
    mirror: Mirror,
    rules: Rules,
    work: Room,
    owners: int,
) -> float:
    """Energy of the way round the first obstacles alone: no true way on that side has more."""
    count = gather(scene.obstacles, mirror, path, side, work.rope, 0, owners, 0)
    way = detour_of(path, work.rope, pull(path, side, work.rope, count)) if count > 0 else NO_DETOUR
    return at_most(source, way, rules, work)


@lean
def at_most(source: Emission, way: Detour, rules: Rules, work: Room) -> float:
    """Energy that neither this way nor any further out can exceed: a string pushed out is longer,
    but may touch fewer corners, and C3 is least, 1, at a single one."""
    single = Detour(way.edges, way.z, way.first, way.last, 0.0)
    return side_energy(source, single, rules, work)


@lean
def add_side(
    source: Emission,
    path: Line,
    side: float,
    scene: Scene,
    mirror: Mirror,
    rules: Rules,
    work: Room,
    owners: int,
    least: float,
) -> None:
    """Pulls the string round one side (+1 left, −1 right) until it meets nothing more, or until
    it can no longer bring more than `least`; adds its ratios to work.sides.

    work.rope.owners[:owners] are the obstacles that break the line of sight; more may be added.
    """
    begin, found = 0, 0
    for _ in range(ROUNDS):
        found = gather(scene.obstacles, mirror, path, side, work.rope, begin, owners, found)
        if found <= 0:
            return
        hull = pull(path, side, work.rope, found)
        way = detour_of(path, work.rope, hull)
        if at_most(source, way, rules, work) <= least:
            return
        grown = pushed(path, scene, mirror, work.rope, hull, owners)
        if grown < 0:
            return
        if grown == owners:
            side_energy(source, way, rules, work)
            for band in range(work.sides.size):
                work.sides[band] += work.side[band]
            return
        begin, owners = owners, grown
        found = keep_hull(work.rope, hull)


@lean
def add_sides(
    source: Emission, path: Line, factor: float, count: int, scene: Scene, rules: Rules, work: Room
) -> None:
    """Adds the ways round the sides where they may matter (Rules)."""
    over_only = overall(source, factor, rules, work, True)
    if over_only > rules.high or overall(source, factor, rules, work, False) < rules.low:
        return
    owners = screens(scene, NO_MIRROR, path, count, work)
    if owners <= 0:
        return
    left = factor * shortest(source, path, 1.0, scene, NO_MIRROR, rules, work, owners)
    right = factor * shortest(source, path, -1.0, scene, NO_MIRROR, rules, work, owners)
    highest = over_only + left + right
    if highest < rules.low:
        return
    decides = over_only < rules.threshold <= highest
    least = over_only * (rules.negligible if decides else rules.coarse) / 2.0
    for side in (1.0, -1.0):
        if (left if side > 0.0 else right) > least:
            add_side(source, path, side, scene, NO_MIRROR, rules, work, owners, least / factor)


@lean
def screens(scene: Scene, mirror: Mirror, path: Line, count: int, work: Room) -> int:
    """How many obstacles break the line of sight (into work.rope.owners); 0 or less where there is
    no way round them."""
    owners = blockers(work.edges, count, work.rope.owners)
    if owners <= 0 or stands_within(scene.obstacles, mirror, work.rope.owners, owners, path):
        return 0
    return owners


@lean
def add_sides_folded(
    source: Emission,
    path: Line,
    factor: float,
    count: int,
    scene: Scene,
    mirror: Mirror,
    rules: Rules,
    work: Room,
    least: float,
) -> None:
    """Adds the ways round the sides of a reflected path, if they bring more than `least`."""
    owners = screens(scene, mirror, path, count, work)
    if owners <= 0:
        return
    for side in (1.0, -1.0):
        if factor * shortest(source, path, side, scene, mirror, rules, work, owners) > least:
            add_side(source, path, side, scene, mirror, rules, work, owners, least / factor)
