"""What stands between a siren and a listener, as arrays the kernel walks through.

Coordinates are metres in one projected system, heights metres above one datum.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .bands import BANDS, Floats
from .index import CELL_M, Cells, index_walls

Integers = npt.NDArray[np.int64]


class Obstacles(NamedTuple):
    """walls (n, 6): x, y, top of one end, x, y, top of the other; owner (n): which obstacle.
    Outlines of the obstacles, without courtyards: corners (m, 2), those of k from first[k] to
    first[k + 1]; closed[k]: a building, not a barrier; the sky is to the right of its walls.
    reflection (k, 8): share of the energy that each sends back, ρ of 7.5."""

    walls: Floats
    owner: Integers
    corners: Floats
    first: Integers
    closed: npt.NDArray[np.bool_]
    reflection: Floats


class Terrain(NamedTuple):
    """heights (rows, columns) of a grid whose node (0, 0) is at west, south; step in metres.
    Empty: flat at 0. `along`, `profile`: instead of a grid, heights by distance from the source,
    for a single path."""

    heights: Floats
    west: float
    south: float
    step: float
    along: Floats
    profile: Floats


class Ground(NamedTuple):
    """edges (n, 5): x, y, x, y of a boundary with the area on its left and the factor that the
    area has above `base`; areas do not overlap."""

    edges: Floats
    base: float


class Scene(NamedTuple):
    obstacles: Obstacles
    cells: Cells
    terrain: Terrain
    ground: Ground


HARD, WINDOWED = 1.0, 0.8
"""ρ of flat hard walls, and of walls with windows and small additions or bays (Table 4)."""

LEAST_WALL_M = 0.05
"""Where no wall at all is longer, coordinates are no metres."""

FLAT = Terrain(np.zeros((0, 0)), 0.0, 0.0, 1.0, np.zeros(0), np.zeros(0))
Outline = Floats | Sequence[Floats]
"""A ring (n, 2), or a ring and the rings of its courtyards."""
Points = Sequence[tuple[float, float, float]] | Floats


def scene(
    buildings: Sequence[tuple[Outline, float]] = (),
    barriers: Sequence[Points] = (),
    terrain: Terrain = FLAT,
    areas: Sequence[tuple[Floats, float]] = (),
    base_factor: float = 0.0,
    cell: float = CELL_M,
    reflection: Sequence[float | Floats] | None = None,
) -> Scene:
    """buildings: (outline, top above the datum); barriers: upper edges (n, 3); areas: (ring,
    ground factor G), which must not overlap; base_factor: G elsewhere;
    reflection: ρ of each building, then of each barrier, one value or one per band (else that of
    Table 4: of a wall with windows, of a flat hard wall)."""
    check_heights(terrain)
    found = obstacles(buildings, barriers, reflection)
    cells = index_walls(found.walls, found.owner, cell)
    return Scene(found, cells, terrain, ground(areas, base_factor))


def obstacles(
    buildings: Sequence[tuple[Outline, float]],
    barriers: Sequence[Points],
    reflection: Sequence[float | Floats] | None = None,
) -> Obstacles:
    rings = [rings_of(outline) for outline, _ in buildings]
    edges = [np.asarray(points, float) for points in barriers]
    pieces = [
        np.concatenate([ring_walls(ring, top) for ring in building])
        for building, (_, top) in zip(rings, buildings, strict=True)
    ]
    pieces += [line_walls(points) for points in edges]
    outlines = [building[0] for building in rings] + [points[:, :2] for points in edges]
    walls = np.concatenate(pieces) if pieces else np.zeros((0, 6))
    if not np.isfinite(walls).all():
        raise ValueError("an obstacle has a coordinate or height that is not a number")
    check_metres(walls)
    return Obstacles(
        np.ascontiguousarray(walls),
        np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces]).astype(np.int64),
        np.concatenate(outlines) if outlines else np.zeros((0, 2)),
        np.concatenate([[0], np.cumsum([len(ring) for ring in outlines])]).astype(np.int64),
        np.arange(len(pieces)) < len(buildings),
        reflections(reflection, len(buildings), len(barriers)),
    )


def check_metres(walls: Floats) -> None:
    """A house of ten metres is 0.0001 degrees long."""
    longest = float(np.hypot(*(walls[:, 3:5] - walls[:, :2]).T).max(initial=0.0))
    if len(walls) and longest < LEAST_WALL_M:
        raise ValueError(f"no wall is longer than {longest:.2g} m: are coordinates in degrees?")


def reflections(given: Sequence[float | Floats] | None, buildings: int, barriers: int) -> Floats:
    """ρ per obstacle and band."""
    shares = given if given is not None else [WINDOWED] * buildings + [HARD] * barriers
    if len(shares) != buildings + barriers:
        raise ValueError(f"{len(shares)} reflections for {buildings + barriers} obstacles")
    table = np.empty((len(shares), BANDS))
    for row, share in zip(table, shares, strict=True):
        row[:] = share
    if not ((table >= 0.0) & (table <= 1.0)).all():
        raise ValueError("a reflection coefficient is outside 0…1")
    return table


def rings_of(outline: Outline) -> list[Floats]:
    """Every ring with the building on its left: courtyards lie to the right of their walls."""
    rings = [outline] if np.ndim(outline[0]) == 1 else list(outline)
    opened = [leftwards(open_ring(np.asarray(ring, float))) for ring in rings]
    return opened[:1] + [ring[::-1] for ring in opened[1:]]


def leftwards(ring: Floats) -> Floats:
    """With the area on its left."""
    return ring if signed_area(ring) > 0.0 else ring[::-1]


def open_ring(ring: Floats) -> Floats:
    """The ring without a repeated last point."""
    opened = ring[:-1] if len(ring) > 1 and (ring[0] == ring[-1]).all() else ring
    if len(opened) < 3:
        raise ValueError(f"a ring needs three corners, not {len(opened)}")
    return opened[:, :2]


def ring_walls(ring: Floats, top: float) -> Floats:
    tops = np.full(len(ring), top)
    return np.column_stack([ring, tops, np.roll(ring, -1, axis=0), tops])


def line_walls(points: Floats) -> Floats:
    if len(points) < 2:
        raise ValueError("a barrier needs two points")
    return np.column_stack([points[:-1], points[1:]])


def ground(areas: Sequence[tuple[Floats, float]], base: float) -> Ground:
    edges = [np.zeros((0, 5))]
    for ring, factor in areas:
        if not 0.0 <= factor <= 1.0:
            raise ValueError(f"ground factor {factor} is outside 0…1")
        opened = open_ring(np.asarray(ring, float))
        left = leftwards(opened)
        after = np.roll(left, -1, axis=0)
        edges.append(np.column_stack([left, after, np.full(len(left), factor - base)]))
    return Ground(np.ascontiguousarray(np.concatenate(edges)), base)


def signed_area(ring: Floats) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2.0)


def check_heights(terrain: Terrain) -> None:
    heights = terrain.profile if terrain.along.size else terrain.heights
    lost = int(np.count_nonzero(~np.isfinite(heights)))
    if lost:
        raise ValueError(f"the terrain has {lost} heights that are not numbers: fill them first")
