"""The eight octave bands of ISO 9613-2 and the weightings of IEC 61672-1."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

NOMINAL_HZ: Floats = np.array([63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0])
MIDBAND_HZ: Floats = np.array([1000.0 * 10.0 ** (0.3 * step) for step in range(-4, 4)])
"""Exact base-ten midbands (IEC 61260-1): "8 kHz" is 7943.3 Hz. Air absorption is taken there."""

BANDS = len(NOMINAL_HZ)
SPEED_OF_SOUND = 340.0
"""m/s, ISO 9613-2:1996, 7.4."""
WAVELENGTHS: Floats = SPEED_OF_SOUND / NOMINAL_HZ

WEIGHTINGS: dict[str, Floats] = {
    "A": np.array([-26.2, -16.1, -8.6, -3.2, 0.0, 1.2, 1.0, -1.1]),
    "C": np.array([-0.8, -0.2, 0.0, 0.0, 0.0, -0.2, -0.8, -3.0]),
    "Z": np.zeros(BANDS),
}
"""dB per octave band."""


def total(levels: Floats, weighting: str = "Z") -> float:
    """Energy sum of band levels in dB."""
    return float(10.0 * np.log10(np.sum(10.0 ** (0.1 * (levels + WEIGHTINGS[weighting])))))
