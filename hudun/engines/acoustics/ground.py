"""Ground attenuation of ISO 9613-2: general method (7.3.1, Table 3) and alternative (7.3.2)."""

from math import exp, log10

from hudun.engines.jit import lean

from .bands import Floats

REGION_HEIGHTS = 30.0
"""A source or receiver region reaches thirty times its height (7.3.1)."""


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
