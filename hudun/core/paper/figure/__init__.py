"""Charts and maps as SVG, drawn to be read from a black-and-white copy."""

from .bars import Bar, ratio_bars
from .dotmap import Dot, Kind, Shape, dot_map, rings_of

__all__ = ["Bar", "Dot", "Kind", "Shape", "dot_map", "ratio_bars", "rings_of"]
