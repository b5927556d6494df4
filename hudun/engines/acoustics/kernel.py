"""ISO 9613-2 from one source to many receivers, compiled.

L = LW + Dc − Adiv − Aatm − Agr − Abar per octave band (Eq. 3, 4), carried as energy ratios. The
clarifications of ISO/TR 17534-3 that the published cases rest on: Abar over the top is
Dz − max(Agr, 0); ways over the top and round the sides add as energy; Abar is not below 0.
"""

import numpy as np

from hudun.engines.jit import lean

from .bands import Floats
from .diffraction import NO_DETOUR, Detour, over_top
from .energy import overall, screen
from .ground import NO_FACTORS, factors
from .nouns import Emission, Room, Rules
from .passage import unscreened
from .plane import extent
from .relief import cross_ground
from .scene import Scene
from .sides import add_sides
from .trace import LIMIT, Line, cross_walls, line, over, straight, turned


@lean
def way_over(scene: Scene, path: Line, work: Room) -> tuple[int, Detour]:
    """How many edges break the line of sight, and the way over them (or over the edge below it
    that is nearest to breaking it). Walked from the receiver: most lines break near it, and no
    edge below a broken line counts."""
    back = turned(path)
    count, below = cross_walls(back, scene.cells, LIMIT, work.edges)
    if count >= 0:
        count = cross_ground(straight(path), scene.terrain, work.edges, count)
    if count <= 0:
        return count, below
    return count, over(back, work.edges, count, work.hull)


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
    over = factors(scene.ground, path, source.height, hr, ending) if rules.general else NO_FACTORS
    factor = unscreened(source, straight(path), hr, over, scene, rules, work)
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
        receiver, hr, ending = receivers[index], heights[index], endings[index]
        factor, edges = pair(source, receiver, hr, ending, scene, rules, work)
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
        receiver, hr, ending = receivers[index], heights[index], endings[index]
        factor, edges = pair(source, receiver, hr, ending, scene, rules, work)
        for band in range(out.shape[1]):
            screened = screen(work, band)
            value = source.power[band] * work.air[band] * work.soil[band] * screened * factor
            out[index, band] = value if edges >= 0 else np.nan
