"""Absorption of sound by the air: ISO 9613-1:1993 (GB/T 17247.1-2000), Eq. (3) to (5), B.2, B.3."""

import numpy as np

from .bands import MIDBAND_HZ, Floats

REFERENCE_KPA = 101.325
REFERENCE_K = 293.15
TRIPLE_POINT_K = 273.16
ZERO_CELSIUS_K = 273.15


def absorption(frequency_hz: Floats, celsius: float, humidity: float, kpa: float) -> Floats:
    """Attenuation coefficient in dB/m at pure tones.

    celsius: air temperature; humidity: relative, in per cent; kpa: ambient pressure.
    """
    check_air(celsius, humidity, kpa)
    kelvin = celsius + ZERO_CELSIUS_K
    pressure, warmth = kpa / REFERENCE_KPA, kelvin / REFERENCE_K
    saturation = 10.0 ** (-6.8346 * (TRIPLE_POINT_K / kelvin) ** 1.261 + 4.6151)
    vapour = humidity * saturation / pressure
    oxygen = pressure * (24.0 + 4.04e4 * vapour * (0.02 + vapour) / (0.391 + vapour))
    nitrogen = (
        pressure
        * warmth**-0.5
        * (9.0 + 280.0 * vapour * np.exp(-4.170 * (warmth ** (-1.0 / 3.0) - 1.0)))
    )
    squared = frequency_hz**2
    relaxation = 0.01275 * np.exp(-2239.1 / kelvin) / (oxygen + squared / oxygen) + 0.1068 * np.exp(
        -3352.0 / kelvin
    ) / (nitrogen + squared / nitrogen)
    classical = 1.84e-11 / pressure * warmth**0.5
    alpha: Floats = 8.686 * squared * (classical + warmth**-2.5 * relaxation)
    return alpha


def octave_absorption(celsius: float, humidity: float, kpa: float = REFERENCE_KPA) -> Floats:
    """dB/m in the eight octave bands, at their exact midbands."""
    return absorption(MIDBAND_HZ, celsius, humidity, kpa)


def check_air(celsius: float, humidity: float, kpa: float) -> None:
    """ISO 9613-1 holds from −20 to 50 °C, 10 to 100 %, below 200 kPa."""
    if not -20.0 <= celsius <= 50.0:
        raise ValueError(f"temperature {celsius} °C is outside −20…50 °C of ISO 9613-1")
    if not 10.0 <= humidity <= 100.0:
        raise ValueError(f"relative humidity {humidity} % is outside 10…100 % of ISO 9613-1")
    if not 50.0 <= kpa <= 200.0:
        raise ValueError(f"pressure {kpa} kPa is outside 50…200 kPa")
