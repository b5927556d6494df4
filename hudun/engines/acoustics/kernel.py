"""ISO 9613-2 from one source to many receivers, compiled.

L = LW + Dc − Adiv − Aatm − Agr − Abar per octave band (Eq. 3, 4), carried as energy ratios. The
clarifications of ISO/TR 17534-3 that the published cases rest on: Abar over the top is
Dz − max(Agr, 0); ways over the top and round the sides add as energy; Abar is not below 0.
"""

from math import atan2, degrees, exp, log

import numpy as np

from hudun.engines.jit import lean

from .bands import Floats
from .diffraction import NO_DETOUR, Detour, around, over_top
from .ground import alternative, end_region, middle_region, middle_share, mirror, steepened
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
from .nouns import Emission, Room, Rules
from .plane import extent
from .relief import NEAREST_M, cross_ground, mean_height
from .scene import Ground, Scene
from .trace import LIMIT, Line, cross_walls, line, over

DECIBEL = log(10.0) / 10.0


@lean
def direction(pattern: Floats, path: Line) -> float:
    """Energy factor of the source towards the receiver (bilinear in the table)."""
    if pattern.size == 0:
        return 1.0
    azimuth = degrees(atan2(path.dx, path.dy)) % 360.0
    elevation = degrees(atan2(path.dz, path.plan)) + 90.0
    column, row = min(int(azimuth), 359), min(int(elevation), 179)
    u, v = azimuth - column, elevation - row
    low = pattern[row, column] * (1.0 - u) + pattern[row, column + 1] * u
    high = pattern[row + 1, column] * (1.0 - u) + pattern[row + 1, column + 1] * u
    return float(low * (1.0 - v) + high * v)


@lean
def mean_factor(ground: Ground, path: Line, ending: float, begin: float, end: float) -> float:
    """Mean G of a stretch of the path (metres from the source), as lengths in areas.

    ending: G at the receiver. Backwards from there every boundary crossed changes G by its step;
    which edges come first does not matter.
    """
    if end <= begin:
        return ending
    total = ending * (end - begin)
    for index in range(ground.edges.shape[0]):
        edge = ground.edges[index]
        c0 = path.dx * (edge[1] - path.y) - path.dy * (edge[0] - path.x)
        c1 = path.dx * (edge[3] - path.y) - path.dy * (edge[2] - path.x)
        if (c0 > 0.0) == (c1 > 0.0):
            continue
        share = c0 / (c0 - c1)
        x = edge[0] + share * (edge[2] - edge[0]) - path.x
        y = edge[1] + share * (edge[3] - edge[1]) - path.y
        along = (x * path.dx + y * path.dy) / path.plan
        if along <= begin or along > path.plan:
            continue
        entering = 1.0 if c0 > 0.0 else -1.0
        total -= entering * edge[4] * (min(along, end) - begin)
    return total / (end - begin)


@lean
def general_ground(
    ground: Ground, path: Line, hs: float, hr: float, ending: float, edition: int, out: Floats
) -> None:
    """Agr per band, dB, 7.3.1."""
    plan = path.plan
    out[:] = 0.0
    source_end, receiver_begin = min(30.0 * hs, plan), max(plan - 30.0 * hr, 0.0)
    share = middle_share(plan, hs, hr)
    if ground.edges.shape[0]:
        end_region(hs, mean_factor(ground, path, ending, 0.0, source_end), plan, out)
        end_region(hr, mean_factor(ground, path, ending, receiver_begin, plan), plan, out)
        if share > 0.0:
            factor = mean_factor(ground, path, ending, source_end, receiver_begin)
            middle_region(share, factor, out)
    else:
        end_region(hs, ground.base, plan, out)
        end_region(hr, ground.base, plan, out)
        middle_region(share, ground.base, out)
    if edition != 1996:
        geometry = mirror(plan, hs, hr)
        for band in range(out.size):
            out[band] = steepened(out[band], geometry)


@lean
def way_over(scene: Scene, path: Line, work: Room) -> tuple[int, Detour]:
    """How many edges break the line of sight, and the way over them (or over the edge below it
    that is nearest to breaking it). Walked from the receiver: most lines break near it, and no
    edge below a broken line counts."""
    back = line(path.x + path.dx, path.y + path.dy, path.z + path.dz, path.x, path.y, path.z)
    count, below = cross_walls(back, scene.cells, LIMIT, work.edges)
    if count >= 0:
        count = cross_ground(path, scene.terrain, work.edges, count)
    if count <= 0:
        return count, below
    return count, over(back, work.edges, count, work.hull)


@lean
def unscreened(
    source: Emission, path: Line, hr: float, ending: float, scene: Scene, rules: Rules, work: Room
) -> float:
    """Fills air and soil (energy ratios of Aatm, Agr) and gives the common factor of all bands."""
    distance = max(extent(path.plan, path.dz), NEAREST_M)
    factor: float = direction(source.pattern, path) * 10.0**-1.1 / (distance * distance)
    if rules.general:
        general_ground(scene.ground, path, source.height, hr, ending, rules.edition, work.ground)
    else:
        mean = mean_height(path, scene.terrain, source.height, hr)
        work.ground[:] = alternative(mean, distance)
        factor *= 1.0 + mirror(path.plan, source.height, hr)
    for band in range(work.air.size):
        work.air[band] = exp(-DECIBEL * rules.absorption[band] * distance)
        work.soil[band] = exp(-DECIBEL * work.ground[band])
    return factor


@lean
def overall(source: Emission, factor: float, rules: Rules, work: Room, screened: bool) -> float:
    """Weighted total energy, over the top only, or without obstacles."""
    energy = 0.0
    for band in range(work.air.size):
        bar = screen(work, band) if screened else 1.0
        energy += rules.weights[band] * source.power[band] * work.air[band] * work.soil[band] * bar
    return energy * factor


@lean
def screen(work: Room, band: int) -> float:
    """10^(−Abar/10): the top gains back what the ground has already taken; sides are added."""
    top = work.top[band] * max(1.0, 1.0 / work.soil[band])
    both: float = top + work.sides[band]
    return min(1.0, both)


@lean
def side_energy(source: Emission, way: Detour, rules: Rules, work: Room) -> float:
    """Weighted energy that a way round a side brings, without the common factor; its ratios per
    band into work.side."""
    energy = 0.0
    for band in range(work.side.size):
        ratio = around(way, rules.wavelengths[band]) if way.edges > 0 else 0.0
        work.side[band] = ratio
        power = rules.weights[band] * source.power[band]
        energy += power * work.air[band] * work.soil[band] * ratio
    return energy


@lean
def shortest(
    source: Emission, path: Line, side: float, scene: Scene, rules: Rules, work: Room, owners: int
) -> float:
    """Energy of the way round the first obstacles alone: no true way on that side has more."""
    count = gather(scene.obstacles, path, side, work.rope, 0, owners, 0)
    way = detour_of(path, work.rope, pull(path, side, work.rope, count)) if count > 0 else NO_DETOUR
    return side_energy(source, way, rules, work)


@lean
def add_side(
    source: Emission,
    path: Line,
    side: float,
    scene: Scene,
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
        found = gather(scene.obstacles, path, side, work.rope, begin, owners, found)
        if found <= 0:
            return
        hull = pull(path, side, work.rope, found)
        way = detour_of(path, work.rope, hull)
        if side_energy(source, way, rules, work) <= least:
            return
        grown = pushed(path, scene.cells, work.rope, hull, owners)
        if grown < 0:
            return
        if grown == owners:
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
    owners = blockers(work.edges, count, work.rope.owners)
    if owners <= 0 or stands_within(scene.obstacles, work.rope.owners, owners, path):
        return
    left = factor * shortest(source, path, 1.0, scene, rules, work, owners)
    right = factor * shortest(source, path, -1.0, scene, rules, work, owners)
    at_most = over_only + left + right
    if at_most < rules.low:
        return
    decides = over_only < rules.threshold <= at_most
    least = over_only * (rules.negligible if decides else rules.coarse) / 2.0
    for side in (1.0, -1.0):
        if (left if side > 0.0 else right) > least:
            add_side(source, path, side, scene, rules, work, owners, least / factor)


@lean
def pair(
    source: Emission,
    receiver: Floats,
    hr: float,
    ending: float,
    scene: Scene,
    rules: Rules,
    work: Room,
) -> tuple[float, int]:
    """Leaves the ratios in `work`; gives the common factor and the edges of the way over the top
    (−1: more than there is room for)."""
    path = line(source.x, source.y, source.z, receiver[0], receiver[1], receiver[2])
    factor = unscreened(source, path, hr, ending, scene, rules, work)
    work.sides[:] = 0.0
    work.top[:] = 1.0
    count, way = way_over(scene, path, work) if path.plan > 0.0 else (0, NO_DETOUR)
    if count < 0:
        return factor, -1
    if way.edges > 0:
        direct = extent(path.plan, path.dz)
        over_top(way, direct, rules.wavelengths, rules.edition, work.top)
    if count > 0 and rules.lateral:
        add_sides(source, path, factor, count, scene, rules, work)
    return factor, way.edges if count > 0 else 0


@lean
def totals(
    source: Emission,
    receivers: Floats,
    heights: Floats,
    endings: Floats,
    scene: Scene,
    rules: Rules,
    work: Room,
    out: Floats,
) -> int:
    """Weighted total energy at each receiver into `out`; gives the sum of edges met."""
    met = 0
    for index in range(receivers.shape[0]):
        factor, edges = pair(
            source, receivers[index], heights[index], endings[index], scene, rules, work
        )
        if edges < 0:
            out[index] = np.nan
            continue
        met += edges
        out[index] = overall(source, factor, rules, work, True)
    return met


@lean
def by_band(
    source: Emission,
    receivers: Floats,
    heights: Floats,
    endings: Floats,
    scene: Scene,
    rules: Rules,
    work: Room,
    out: Floats,
) -> None:
    """Energy per band (n, 8) into `out`."""
    for index in range(receivers.shape[0]):
        factor, edges = pair(
            source, receivers[index], heights[index], endings[index], scene, rules, work
        )
        for band in range(out.shape[1]):
            screened = screen(work, band)
            value = source.power[band] * work.air[band] * work.soil[band] * screened * factor
            out[index, band] = value if edges >= 0 else np.nan
