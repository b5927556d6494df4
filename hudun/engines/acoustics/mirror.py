"""A wall that reflects, and the plan folded along it.

Behind the mirror lies the image of what stands before it: a path from the image of the source to
the receiver is as long as the reflected one (ISO 9613-2, Figure 8).
"""

from typing import NamedTuple

from hudun.engines.jit import lean

from .plane import extent

TOUCH_M = 1e-6
"""Nearer than this to the mirror a point is on it."""


class Mirror(NamedTuple):
    """Its ends in plan with their tops; across, up: unit normal towards the source; owner: the
    obstacle, −1 where nothing reflects."""

    owner: int
    x: float
    y: float
    top: float
    to_x: float
    to_y: float
    to_top: float
    across: float
    up: float


NO_MIRROR = Mirror(-1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@lean
def before(mirror: Mirror, x: float, y: float) -> float:
    """How far a point stands before the mirror, m; negative: behind."""
    return (x - mirror.x) * mirror.across + (y - mirror.y) * mirror.up


@lean
def fold(mirror: Mirror, x: float, y: float) -> tuple[float, float]:
    """The image of a point."""
    twice = 2.0 * before(mirror, x, y)
    return x - twice * mirror.across, y - twice * mirror.up


@lean
def holds(mirror: Mirror, x: float, y: float, z: float) -> bool:
    """Whether a point in the mirror's plane lies on the wall."""
    dx, dy = mirror.to_x - mirror.x, mirror.to_y - mirror.y
    share = ((x - mirror.x) * dx + (y - mirror.y) * dy) / (dx * dx + dy * dy)
    if share < 0.0 or share > 1.0:
        return False
    return z <= mirror.top + share * (mirror.to_top - mirror.top)


@lean
def length(mirror: Mirror) -> float:
    return extent(mirror.to_x - mirror.x, mirror.to_y - mirror.y)
