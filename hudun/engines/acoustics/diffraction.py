"""Screening of ISO 9613-2, 7.4, as energy ratios: 10^(−Dz/10)."""

from math import exp, sqrt
from typing import NamedTuple

from hudun.engines.jit import lean

from .bands import Floats
from .plane import extent

C2 = 20.0
"""Ground reflections are included (7.4)."""
SINGLE_CAP = 10.0**-2.0
MULTIPLE_CAP = 10.0**-2.5
"""Dz over the top is at most 20 dB at one edge, 25 dB at several. Around the sides there is no cap
(ISO/TR 17534-3)."""
LOWEST_Z = -2.0 * (340.0 / 63.0) / C2
"""Where the longest wave ceases to feel an edge below the line of sight, m."""


class Detour(NamedTuple):
    """A diffracted path. edges 0: none. z: path difference, negative below the line of sight;
    first, last: from source to first and from last edge to receiver; between: from first to last
    edge; all in metres."""

    edges: int
    z: float
    first: float
    last: float
    between: float


NO_DETOUR = Detour(0, -1e9, 1.0, 1.0, 0.0)


@lean
def c3(wavelength: float, between: float) -> float:
    """Eq. (15); 1 for a single edge."""
    if between <= 0.0:
        return 1.0
    ratio = (5.0 * wavelength / between) ** 2
    return (1.0 + ratio) / (1.0 / 3.0 + ratio)


@lean
def kmet_1996(detour: Detour, direct: float) -> float:
    """Eq. (18); 1 for z ≤ 0."""
    if detour.z <= 0.0:
        return 1.0
    return exp(-sqrt(detour.first * detour.last * direct / (2.0 * detour.z)) / 2000.0)


@lean
def kmet_2024(detour: Detour, direct: float, lowest: float) -> float:
    near, far = min(detour.first, detour.last), max(detour.first, detour.last)
    reach = (far + detour.between) * near * direct / (2.0 * (detour.z - lowest))
    return exp(-sqrt(reach) / 2000.0)


@lean
def over_top(detour: Detour, direct: float, wavelengths: Floats, edition: int, out: Floats) -> None:
    """10^(−Dz/10) over the upper edges, Eq. (14) with z, C3, Kmet and the caps."""
    cap = SINGLE_CAP if detour.edges == 1 else MULTIPLE_CAP
    met = kmet_1996(detour, direct)
    for band in range(wavelengths.size):
        scale = C2 / wavelengths[band] * c3(wavelengths[band], detour.between)
        lowest = -2.0 / scale
        if detour.z <= lowest:
            out[band] = 1.0
            continue
        if edition == 1996:
            strength = 3.0 + scale * detour.z * met
        else:
            strength = 1.0 + (2.0 + scale * detour.z) * kmet_2024(detour, direct, lowest)
        out[band] = min(1.0, max(1.0 / strength, cap))


@lean
def around(detour: Detour, wavelength: float) -> float:
    """10^(−Dz/10) round vertical edges: Kmet = 1, no cap."""
    return 1.0 / (3.0 + C2 / wavelength * c3(wavelength, detour.between) * detour.z)


@lean
def single_edge(along: float, gap: float, plan: float, rise: float) -> Detour:
    """The path over one edge at `along` metres in plan, `gap` metres above the line of sight
    (negative below), between ends `plan` metres apart and `rise` metres different in height."""
    share = along / plan
    first = extent(along, rise * share + gap)
    last = extent(plan - along, rise * (1.0 - share) - gap)
    z = first + last - extent(plan, rise)
    return Detour(1, z if gap > 0.0 else -z, first, last, 0.0)
