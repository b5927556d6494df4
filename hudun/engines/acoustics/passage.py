"""A path without what stands in it: direction of the source, distance, air and ground."""

from math import atan2, degrees, exp, log

from hudun.engines.jit import lean

from .bands import Floats
from .ground import Factors, alternative, general, mirror
from .nouns import Emission, Room, Rules
from .plane import extent
from .relief import NEAREST_M, mean_height
from .scene import Scene
from .trace import Course, Line

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
def unscreened(
    source: Emission,
    course: Course,
    hr: float,
    over: Factors,
    scene: Scene,
    rules: Rules,
    work: Room,
) -> float:
    """Fills air and soil (energy ratios of Aatm, Agr) and gives the common factor of all bands."""
    path = course.out
    distance = max(extent(path.plan, path.dz), NEAREST_M)
    factor: float = direction(source.pattern, path) * 10.0**-1.1 / (distance * distance)
    if rules.general:
        general(path.plan, source.height, hr, over, rules.edition, work.ground)
    else:
        mean = mean_height(course, scene.terrain, source.height, hr)
        work.ground[:] = alternative(mean, distance)
        factor *= 1.0 + mirror(path.plan, source.height, hr)
    for band in range(work.air.size):
        work.air[band] = exp(-DECIBEL * rules.absorption[band] * distance)
        work.soil[band] = exp(-DECIBEL * work.ground[band])
    return factor
