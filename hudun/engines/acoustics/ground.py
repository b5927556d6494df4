"""Ground attenuation of ISO 9613-2: general method (7.3.1, Table 3) and alternative (7.3.2)."""

from math import exp, log10
from typing import NamedTuple

from hudun.engines.jit import lean

from .bands import Floats
from .mirror import TOUCH_M
from .scene import Ground
from .trace import Course, Line, line

REGION_HEIGHTS = 30.0
"""A source or receiver region reaches thirty times its height (7.3.1)."""


class Factors(NamedTuple):
    """Mean G of the source, middle and receiver region."""

    source: float
    middle: float
    receiver: float


NO_FACTORS = Factors(0.0, 0.0, 0.0)


@lean
def end_region(height: float, factor: float, plan: float, out: Floats) -> None:
    """Adds As or Ar, dB per band, of Table 3 to `out`.

    height above ground and plan distance in metres; factor: G of the region.
    """
    near = 1.0 - exp(-plan / 50.0)
    squared = height * height
    low = exp(-0.09 * squared)
    swell = 1.5 + 3.0 * exp(-0.12 * (height - 5.0) ** 2) * near
    swell += 5.7 * low * (1.0 - exp(-2.8e-6 * plan * plan))
    out[0] -= 1.5
    out[1] += -1.5 + factor * swell
    out[2] += -1.5 + factor * (1.5 + 8.6 * low * near)
    out[3] += -1.5 + factor * (1.5 + 14.0 * exp(-0.46 * squared) * near)
    out[4] += -1.5 + factor * (1.5 + 5.0 * exp(-0.9 * squared) * near)
    for band in range(5, 8):
        out[band] -= 1.5 * (1.0 - factor)


@lean
def middle_region(share: float, factor: float, out: Floats) -> None:
    """Adds Am of Table 3; share: q, the part of the path that neither end region covers."""
    out[0] -= 3.0 * share
    for band in range(1, 8):
        out[band] -= 3.0 * share * (1.0 - factor)


@lean
def regions(plan: float, hs: float, hr: float) -> tuple[float, float]:
    """Where the source region ends and the receiver region begins, metres from the source in
    plan. Where the two overlap there is no middle region (7.3.1)."""
    return min(REGION_HEIGHTS * hs, plan), max(plan - REGION_HEIGHTS * hr, 0.0)


@lean
def middle_share(plan: float, source_height: float, receiver_height: float) -> float:
    """q of Table 3, note 2."""
    reach = REGION_HEIGHTS * (source_height + receiver_height)
    return 1.0 - reach / plan if plan > reach else 0.0


@lean
def mirror(plan: float, source_height: float, receiver_height: float) -> float:
    """[dp² + (hs − hr)²] / [dp² + (hs + hr)²]: Eq. (11) of 1996 and Kgeo of 2024."""
    across = plan * plan
    return (across + (source_height - receiver_height) ** 2) / (
        across + (source_height + receiver_height) ** 2
    )


@lean
def steepened(attenuation: float, geometry: float) -> float:
    """Agr of the 2024 edition from A′gr and Kgeo: the ground counts less on steep paths."""
    gain: float = 1.0 + (10.0 ** (-0.1 * attenuation) - 1.0) * geometry
    return -10.0 * log10(gain)


@lean
def alternative(mean_height: float, distance: float) -> float:
    """Agr of 7.3.2, Eq. (10), one value for all bands, dB; not below 0."""
    value: float = 4.8 - (2.0 * mean_height / distance) * (17.0 + 300.0 / distance)
    return max(value, 0.0)


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
def factors(ground: Ground, path: Line, hs: float, hr: float, ending: float) -> Factors:
    """ending: G at the receiver."""
    if not ground.edges.shape[0]:
        return Factors(ground.base, ground.base, ground.base)
    begin, end = regions(path.plan, hs, hr)
    return Factors(
        mean_factor(ground, path, ending, 0.0, begin),
        mean_factor(ground, path, ending, begin, end),
        mean_factor(ground, path, ending, end, path.plan),
    )


@lean
def bent_factors(ground: Ground, course: Course, hs: float, hr: float, ending: float) -> Factors:
    """Of a reflected path: the regions lie along both legs."""
    if not ground.edges.shape[0]:
        return Factors(ground.base, ground.base, ground.base)
    plan = course.home.plan
    begin, end = regions(plan, hs, hr)
    past = course.turn * plan + TOUCH_M
    at_wall = mean_factor(ground, course.home, ending, past, past + TOUCH_M)
    return Factors(
        bent_mean(ground, course, at_wall, ending, 0.0, begin),
        bent_mean(ground, course, at_wall, ending, begin, end),
        bent_mean(ground, course, at_wall, ending, end, plan),
    )


@lean
def bent_mean(
    ground: Ground, course: Course, at_wall: float, ending: float, begin: float, end: float
) -> float:
    """As mean_factor; at_wall: G where the wall reflects the path."""
    if end <= begin:
        return ending
    turn, total = course.turn * course.home.plan, 0.0
    if end > turn:
        start = max(begin, turn)
        total += (end - start) * mean_factor(ground, course.home, ending, start, end)
    share = course.turn - TOUCH_M / course.out.plan
    if begin < turn and share > 0.0:
        x, y = course.out.x + share * course.out.dx, course.out.y + share * course.out.dy
        leg, stop = line(course.out.x, course.out.y, 0.0, x, y, 0.0), min(end, turn)
        total += (stop - begin) * mean_factor(ground, leg, at_wall, begin, stop)
    return total / (end - begin)


@lean
def general(plan: float, hs: float, hr: float, over: Factors, edition: int, out: Floats) -> None:
    """Agr per band, dB, 7.3.1 (Table 3)."""
    out[:] = 0.0
    end_region(hs, over.source, plan, out)
    end_region(hr, over.receiver, plan, out)
    middle_region(middle_share(plan, hs, hr), over.middle, out)
    if edition != 1996:
        geometry = mirror(plan, hs, hr)
        for band in range(out.size):
            out[band] = steepened(out[band], geometry)
