"""The terrain under a path: its profile, where it breaks the line of sight, its mean distance."""

from math import ceil

from hudun.engines.jit import lean

from .bands import Floats
from .plane import extent
from .scene import Terrain
from .trace import Course, Edges

GROUND = -1
"""Owner of a terrain edge."""
NEAREST_M = 1.0
"""Nearer than this the source is no point."""
CLEARANCE_M = 1e-6
"""A terrain point this little above the line of sight does not break it: rounding."""


@lean
def ground_height(terrain: Terrain, x: float, y: float) -> float:
    """Bilinear; beyond the grid the height of its rim."""
    rows, columns = terrain.heights.shape
    if rows == 0:
        return 0.0
    across = min(max((x - terrain.west) / terrain.step, 0.0), columns - 1.0)
    up = min(max((y - terrain.south) / terrain.step, 0.0), rows - 1.0)
    column, row = min(int(across), columns - 2), min(int(up), rows - 2)
    u, v = across - column, up - row
    z = terrain.heights
    lower = z[row, column] * (1.0 - u) + z[row, column + 1] * u
    upper = z[row + 1, column] * (1.0 - u) + z[row + 1, column + 1] * u
    return float(lower * (1.0 - v) + upper * v)


@lean
def lift(terrain: Terrain, plan: Floats, height: float, points: Floats) -> None:
    """points (n, 3): x, y of plan (n, 2), `height` above the ground there."""
    for index in range(plan.shape[0]):
        x, y = plan[index, 0], plan[index, 1]
        points[index, 0], points[index, 1] = x, y
        points[index, 2] = ground_height(terrain, x, y) + height


@lean
def samples(terrain: Terrain, plan: float) -> int:
    """Into how many stretches a path is cut to follow the terrain: 0 where it is flat."""
    if terrain.along.size:
        return int(terrain.along.size)
    return ceil(plan / terrain.step) if terrain.heights.size else 0


@lean
def sample(terrain: Terrain, course: Course, index: int, count: int) -> tuple[float, float]:
    """(distance along the path, ground height) of the index-th point of the profile."""
    if terrain.along.size:
        return terrain.along[index], terrain.profile[index]
    share = index / count
    path = course.out if share < course.turn else course.home
    x, y = path.x + share * path.dx, path.y + share * path.dy
    return share * path.plan, ground_height(terrain, x, y)


@lean
def cross_ground(course: Course, terrain: Terrain, edges: Edges, found: int) -> int:
    """Adds every terrain point above the path, by its distance from the far end; gives the new
    number (−1: no room)."""
    path = course.home
    count = samples(terrain, path.plan)
    for backwards in range(count):
        along, height = sample(terrain, course, count - 1 - backwards, count)
        if along <= 0.0 or along >= path.plan:
            continue
        if height > path.z + path.dz * along / path.plan + CLEARANCE_M:
            if found == edges.along.size:
                return -1
            edges.along[found], edges.height[found] = path.plan - along, height
            edges.owner[found] = GROUND
            found += 1
    return found


@lean
def mean_height(course: Course, terrain: Terrain, hs: float, hr: float) -> float:
    """hm = F/d of 7.3.2 (Figure 3): area between ray and ground over the path length, m."""
    path = course.home
    count = samples(terrain, path.plan)
    area, last_along, last_gap = 0.0, 0.0, hs
    for index in range(count):
        along, height = sample(terrain, course, index, count)
        if along <= 0.0 or along >= path.plan:
            continue
        gap = path.z + path.dz * along / path.plan - height
        area += (along - last_along) * (gap + last_gap) / 2.0
        last_along, last_gap = along, gap
    area += (path.plan - last_along) * (hr + last_gap) / 2.0
    return max(area, 0.0) / max(extent(path.plan, path.dz), NEAREST_M)
