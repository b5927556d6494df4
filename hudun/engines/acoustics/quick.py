"""The two formulas an office is asked for beside the physical model."""

from math import log2

FEMA_RATED_AT_M = 30.48
"""100 ft."""
FEMA_LOSS_DB = 10.0
"""Per doubling of the distance, FEMA CPG 1-17 (1980), for a siren above the roofs."""
METRES_TO_ONE = 5.0
"""A level measured at 5 m counts with five times the radius."""


def radius_120(level_1m: float, ambient: float, losses: float) -> float:
    """R = 10^((Lp − L0 − Lz − 7) / 20), m: 国人防〔2007〕120号.

    level_1m: Lp, dB, at 1 m; ambient: L0, dB, at R; losses: Lz, 1…30 dB for all else.
    126, 55, 10 dB give 501 m. It leaves out that a warning be 5 dB above the background.
    """
    if not 1.0 <= losses <= 30.0:
        raise ValueError(f"Lz is 1…30 dB, not {losses}")
    return float(10.0 ** ((level_1m - ambient - losses - 7.0) / 20.0))


def radius_120_from_5m(level_5m: float, ambient: float, losses: float) -> float:
    """The same from a level at 5 m: five times the radius."""
    return METRES_TO_ONE * radius_120(level_5m, ambient, losses)


def level_at_1m(level_30m: float) -> float:
    """Spherical spreading back from 30 m, dB."""
    return level_30m + 29.54242509439325


def radius_fema(level_100ft: float, floor: float) -> float:
    """How far a siren of `level_100ft` dBC at 30.5 m is at least `floor` dBC, m: CPG 1-17, 10 dB
    per doubling. 120 dBC and 70 dBC give 976 m."""
    return float(FEMA_RATED_AT_M * 2.0 ** ((level_100ft - floor) / FEMA_LOSS_DB))


def level_fema(level_100ft: float, distance: float) -> float:
    """dBC at a distance in m; not above the rating."""
    loss = FEMA_LOSS_DB * log2(max(distance, FEMA_RATED_AT_M) / FEMA_RATED_AT_M)
    return level_100ft - loss
