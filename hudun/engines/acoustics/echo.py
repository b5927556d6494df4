"""Sound reflected once by walls: ISO 9613-2, 7.5.

The image of the source is a source of its own (LW,im = LW + 10 lg ρ + DIr, Eq. 20); every term of
Eq. (4) is that of the reflected path: its length, the ground under it, what stands in it.
"""

import numpy as np

from hudun.engines.jit import lean

from .bands import Floats
from .diffraction import NO_DETOUR, Detour, over_top
from .energy import overall, screen
from .facets import LEAST_REFLECTION, Images
from .ground import NO_FACTORS, bent_factors
from .mirror import Mirror, before, fold, length
from .nouns import Emission, Room, Rules
from .passage import unscreened
from .plane import extent
from .relief import NEAREST_M, cross_ground, ground_height
from .scene import Obstacles, Scene
from .sides import add_sides_folded
from .trace import LIMIT, SLIVER, Course, Edges, Seen, clip, line, nearest, over, turned, walk

AGAINST_M = 0.5
"""A building nearer than this to a wall stands against it."""


@lean
def lit(walls: Floats, index: int, x: float, y: float) -> bool:
    """Whether the line from the image to the receiver passes the wall, in plan, and the receiver
    is on the source's side."""
    from_x, from_y = walls[index, 0], walls[index, 1]
    dx, dy = x - from_x, y - from_y
    if dx * (walls[index, 3] - from_y) - dy * (walls[index, 2] - from_x) >= 0.0:
        return False
    if dx * (walls[index, 6] - from_y) - dy * (walls[index, 5] - from_x) < 0.0:
        return False
    across = (x - walls[index, 2]) * walls[index, 8] + (y - walls[index, 3]) * walls[index, 9]
    return bool(across > 0.0)


@lean
def mirror_at(images: Images, index: int) -> Mirror:
    wall = images.walls[index]
    return Mirror(
        images.owner[index], wall[2], wall[3], wall[4], wall[5], wall[6], wall[7], wall[8], wall[9]
    )


@lean
def bend(source: Emission, receiver: Floats, mirror: Mirror) -> Course:
    x, y = fold(mirror, source.x, source.y)
    to_x, to_y = fold(mirror, receiver[0], receiver[1])
    home = line(x, y, source.z, receiver[0], receiver[1], receiver[2])
    out = line(source.x, source.y, source.z, to_x, to_y, receiver[2])
    off, near = before(mirror, source.x, source.y), before(mirror, receiver[0], receiver[1])
    return Course(out, home, off / (off + near))


@lean
def wall_height(course: Course, mirror: Mirror, scene: Scene) -> float:
    """Of the wall above the ground where the path meets it, m; 0 where the path passes above it
    or under the ground: no specular reflection can be constructed (Figure 8)."""
    path = course.home
    x, y = path.x + course.turn * path.dx, path.y + course.turn * path.dy
    z = path.z + course.turn * path.dz
    share = extent(x - mirror.x, y - mirror.y) / length(mirror)
    top = mirror.top + share * (mirror.to_top - mirror.top)
    base = ground_height(scene.terrain, x, y)
    return top - base if base <= z <= top else 0.0


@lean
def reflect(
    course: Course, mirror: Mirror, height: float, images: Images, rules: Rules, out: Floats
) -> bool:
    """ρ per band, 0 where the surface is too small for the wavelength: a reflection needs
    1/λ > 2 / (l cos β)² · ds dr / (ds + dr), Eq. (19), l the lesser of length and height of the
    surface, β the angle of incidence. Whether any band is left."""
    path = course.home
    direct = max(extent(path.plan, path.dz), NEAREST_M)
    normal = before(mirror, path.x + path.dx, path.y + path.dy) - before(mirror, path.x, path.y)
    least = min(length(mirror), height) * normal / direct
    bound = 2.0 / (least * least) * direct * course.turn * (1.0 - course.turn)
    some = False
    for band in range(out.size):
        share = images.reflection[mirror.owner, band]
        fits = share > LEAST_REFLECTION and 1.0 / rules.wavelengths[band] > bound
        out[band] = share if fits else 0.0
        some = some or fits
    return some


@lean
def covered(
    course: Course, mirror: Mirror, obstacles: Obstacles, edges: Edges, first: int, count: int
) -> bool:
    """Whether another building, taller than the point of reflection, stands against the wall
    there. The leg to the lower end (either, where both are level) is under its roof then, so that
    every wall of it met is among the edges, an odd number of them."""
    fall = course.home.dz
    if fall <= 0.0 and stands_against(course, mirror, obstacles, edges, 0, first):
        return True
    return fall >= 0.0 and stands_against(course, mirror, obstacles, edges, first, count)


@lean
def stands_against(
    course: Course, mirror: Mirror, obstacles: Obstacles, edges: Edges, begin: int, end: int
) -> bool:
    path = course.home
    z = path.z + course.turn * path.dz
    steep = before(mirror, path.x + path.dx, path.y + path.dy) - before(mirror, path.x, path.y)
    for edge in range(begin, end):
        owner = edges.owner[edge]
        real = owner % obstacles.closed.size
        if edges.height[edge] <= z or real == mirror.owner or not obstacles.closed[real]:
            continue
        met = 0
        for other in range(begin, end):
            away = abs((1.0 - course.turn) * path.plan - edges.along[other])
            if edges.owner[other] == owner and away * steep > AGAINST_M * path.plan:
                met += 1
        if met % 2 == 1:
            return True
    return False


@lean
def way_folded(scene: Scene, course: Course, mirror: Mirror, work: Room) -> tuple[int, Detour]:
    """As way_over, along both legs; −2 where the wall is covered. Obstacles before the reflection
    have the number of the obstacle plus the number of all."""
    back, there = turned(course.home), turned(course.out)
    begin, end = clip(back, scene.cells)
    stop = min(end, 1.0 - course.turn - SLIVER)
    seen = walk(back, scene.cells, begin, stop, Seen(0, LIMIT, -1.0, 0.0), work.edges)
    first = seen.above
    if first >= 0:
        begin, end = clip(there, scene.cells)
        start = max(begin, 1.0 - course.turn + SLIVER)
        seen = walk(there, scene.cells, start, end, seen, work.edges)
    count = seen.above
    for edge in range(first, count):
        work.edges.owner[edge] += scene.obstacles.closed.size
    if covered(course, mirror, scene.obstacles, work.edges, first, count):
        return -2, NO_DETOUR
    if count >= 0:
        count = cross_ground(course, scene.terrain, work.edges, count)
    if count <= 0:
        return count, nearest(back, seen)
    return count, over(back, work.edges, count, work.hull)


@lean
def add_echoes(
    source: Emission,
    receiver: Floats,
    hr: float,
    ending: float,
    scene: Scene,
    rules: Rules,
    images: Images,
    work: Room,
    direct: float,
) -> None:
    """Energy per band of all reflections into work.echo (NaN where a path meets more edges than
    there is room for); direct: weighted energy without them."""
    work.echo[:] = 0.0
    total = direct
    for index in range(images.walls.shape[0]):
        if not lit(images.walls, index, receiver[0], receiver[1]):
            continue
        mirror = mirror_at(images, index)
        course = bend(source, receiver, mirror)
        height = wall_height(course, mirror, scene)
        if height <= 0.0 or not reflect(course, mirror, height, images, rules, work.mirror):
            continue
        brought = echo(source, course, mirror, hr, ending, scene, rules, work, total)
        if brought < 0.0:
            work.echo[:] = np.nan
            return
        total += brought


@lean
def echo(
    source: Emission,
    course: Course,
    mirror: Mirror,
    hr: float,
    ending: float,
    scene: Scene,
    rules: Rules,
    work: Room,
    so_far: float,
) -> float:
    """Adds one reflection to work.echo; gives its weighted energy (−1: no room for its edges).
    One that cannot bring the negligible share of the energy so far is left out."""
    path = course.home
    over = (
        bent_factors(scene.ground, course, source.height, hr, ending)
        if rules.general
        else NO_FACTORS
    )
    factor = unscreened(source, course, hr, over, scene, rules, work)
    for band in range(work.air.size):
        work.air[band] *= work.mirror[band]
    work.sides[:] = 0.0
    work.top[:] = 1.0
    least = so_far * rules.negligible
    if overall(source, factor, rules, work, False) < least:
        return 0.0
    count, way = way_folded(scene, course, mirror, work)
    if count < 0:
        return -1.0 if count == -1 else 0.0
    if way.edges > 0:
        over_top(way, extent(path.plan, path.dz), rules.wavelengths, rules.edition, work.top)
    if count > 0 and rules.lateral:
        add_sides_folded(source, path, factor, count, scene, mirror, rules, work, least / 2.0)
    for band in range(work.air.size):
        ratio = work.air[band] * work.soil[band] * screen(work, band)
        work.echo[band] += source.power[band] * ratio * factor
    return overall(source, factor, rules, work, True)


@lean
def echo_totals(
    source: Emission,
    receivers: Floats,
    heights: Floats,
    endings: Floats,
    scene: Scene,
    rules: Rules,
    images: Images,
    work: Room,
    out: Floats,
) -> None:
    """Adds to the weighted energy at each receiver what reflections bring."""
    for index in range(receivers.shape[0]):
        receiver, hr, ending = receivers[index], heights[index], endings[index]
        add_echoes(source, receiver, hr, ending, scene, rules, images, work, out[index])
        for band in range(work.echo.size):
            out[index] += rules.weights[band] * work.echo[band]


@lean
def echo_bands(
    source: Emission,
    receivers: Floats,
    heights: Floats,
    endings: Floats,
    scene: Scene,
    rules: Rules,
    images: Images,
    work: Room,
    out: Floats,
) -> None:
    """The same per band (n, 8)."""
    for index in range(receivers.shape[0]):
        receiver, hr, ending = receivers[index], heights[index], endings[index]
        direct = 0.0
        for band in range(out.shape[1]):
            direct += rules.weights[band] * out[index, band]
        add_echoes(source, receiver, hr, ending, scene, rules, images, work, direct)
        for band in range(out.shape[1]):
            out[index, band] += work.echo[band]
