"""Lengths in a plane."""

from math import sqrt

from hudun.engines.jit import lean


@lean
def extent(x: float, y: float) -> float:
    """As hypot without its care for numbers that no map holds, a third of the kernel's time."""
    return sqrt(x * x + y * y)
