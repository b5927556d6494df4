"""Where a siren is heard: ISO 9613-1 and ISO 9613-2 (GB/T 17247.1, GB/T 17247.2).

Values in, arrays out. The stated accuracy of the method ends at 1 km (ISO 9613-2:1996, Table 5).
"""

from .air import absorption, octave_absorption
from .bands import MIDBAND_HZ, NOMINAL_HZ, WEIGHTINGS, total
from .levels import Method, Receivers, band_levels, receivers, source, total_levels
from .nouns import Emission, room
from .quick import level_at_1m, level_fema, radius_120, radius_120_from_5m, radius_fema
from .scene import FLAT, Scene, Terrain, scene
from .siren import ELECTRIC, Horn, Siren, emission

STATED_ACCURACY_M = 1_000.0

__all__ = [
    "ELECTRIC",
    "FLAT",
    "MIDBAND_HZ",
    "NOMINAL_HZ",
    "STATED_ACCURACY_M",
    "WEIGHTINGS",
    "Emission",
    "Horn",
    "Method",
    "Receivers",
    "Scene",
    "Siren",
    "Terrain",
    "absorption",
    "band_levels",
    "emission",
    "level_at_1m",
    "level_fema",
    "octave_absorption",
    "radius_120",
    "radius_120_from_5m",
    "radius_fema",
    "receivers",
    "room",
    "scene",
    "source",
    "total",
    "total_levels",
]
