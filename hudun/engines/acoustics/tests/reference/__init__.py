"""ISO 9613-2 once more, slowly: decibels, loops and shapely, nothing shared with the kernel.

Written from the standard (clause and equation beside each step) and from the clarifications of
ISO/TR 17534-3; every wall is tried against every line.
"""

from .levels import levels
from .world import End, World

__all__ = ["End", "World", "levels"]
