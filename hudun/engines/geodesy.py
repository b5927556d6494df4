"""Longitudes and latitudes in the datums met in Chinese offices, and distances on the ellipsoid.

Degrees in, degrees out; distances in metres. Pure arithmetic on floats.

GCJ-02 is the obfuscated datum of licensed Chinese maps, BD-09 Baidu's further shift of it. Both
are published only as code; the formulas here are those of the "eviltransform" tables that every
public implementation shares. WGS 84 and CGCS2000 agree within decimetres and are taken as one.
Outside mainland China's box the shift is nil, as in the licensed services.
"""

from collections.abc import Callable
from enum import StrEnum
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt
from typing import NamedTuple


class Datum(StrEnum):
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


class LonLat(NamedTuple):
    lon: float
    lat: float


KRASSOVSKY_A = 6_378_245.0
KRASSOVSKY_E2 = 0.00669342162296594323
BAIDU_PI = pi * 3000.0 / 180.0
MEAN_RADIUS_M = 6_371_008.8
"""IUGG mean radius R1."""

CHINA_BOX = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north of the area in which GCJ-02 is shifted."""

CLOSE_DEG = 1e-11
"""About a micrometre: where the inverse stops."""

Shift = Callable[[LonLat], LonLat]


def in_china_box(point: LonLat) -> bool:
    west, south, east, north = CHINA_BOX
    return west <= point.lon <= east and south <= point.lat <= north


def to_cgcs2000(point: LonLat, datum: Datum) -> LonLat:
    """True coordinates of a point given in `datum`."""
    match datum:
        case Datum.GCJ02:
            return _inverse(_cgcs2000_to_gcj02, point)
        case Datum.BD09:
            return _inverse(_cgcs2000_to_gcj02, _inverse(_gcj02_to_bd09, point))
        case _:
            return point


def from_cgcs2000(point: LonLat, datum: Datum) -> LonLat:
    """A true point as `datum` gives it."""
    match datum:
        case Datum.GCJ02:
            return _cgcs2000_to_gcj02(point)
        case Datum.BD09:
            return _gcj02_to_bd09(_cgcs2000_to_gcj02(point))
        case _:
            return point


def distance_m(a: LonLat, b: LonLat) -> float:
    """Great-circle distance on the mean sphere (haversine); within 0.6 % of the ellipsoid."""
    dlat, dlon = radians(b.lat - a.lat), radians(b.lon - a.lon)
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    h = sin(dlat / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(dlon / 2) ** 2
    return 2 * MEAN_RADIUS_M * asin(min(1.0, sqrt(h)))


def bearing_deg(a: LonLat, b: LonLat) -> float:
    """Direction of b from a, clockwise from north, 0 ≤ bearing < 360."""
    lat_a, lat_b, dlon = radians(a.lat), radians(b.lat), radians(b.lon - a.lon)
    east = sin(dlon) * cos(lat_b)
    north = cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(dlon)
    return degrees(atan2(east, north)) % 360.0


def _inverse(forward: Shift, point: LonLat) -> LonLat:
    """The point that `forward` carries to this one, by fixed point; it converges because the
    shifts change slowly (factor about 1e-3 a step)."""
    guess = point
    for _ in range(30):
        reached = forward(guess)
        error = LonLat(point.lon - reached.lon, point.lat - reached.lat)
        guess = LonLat(guess.lon + error.lon, guess.lat + error.lat)
        if hypot(*error) < CLOSE_DEG:
            break
    return guess


def _cgcs2000_to_gcj02(point: LonLat) -> LonLat:
    if not in_china_box(point):
        return point
    x, y = point.lon - 105.0, point.lat - 35.0
    east, north = _east_wave_m(x, y), _north_wave_m(x, y)
    phi = radians(point.lat)
    w2 = 1 - KRASSOVSKY_E2 * sin(phi) ** 2
    meridian = KRASSOVSKY_A * (1 - KRASSOVSKY_E2) / (w2 * sqrt(w2))
    parallel = KRASSOVSKY_A / sqrt(w2) * cos(phi)
    return LonLat(point.lon + degrees(east / parallel), point.lat + degrees(north / meridian))


def _ripple_m(x: float) -> float:
    return (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0


def _east_wave_m(x: float, y: float) -> float:
    wave = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    wave += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    wave += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    return wave + _ripple_m(x)


def _north_wave_m(x: float, y: float) -> float:
    wave = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    wave += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    wave += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y / 30.0 * pi)) * 2.0 / 3.0
    return wave + _ripple_m(x)


def _gcj02_to_bd09(point: LonLat) -> LonLat:
    z = hypot(point.lon, point.lat) + 0.00002 * sin(point.lat * BAIDU_PI)
    theta = atan2(point.lat, point.lon) + 0.000003 * cos(point.lon * BAIDU_PI)
    return LonLat(z * cos(theta) + 0.0065, z * sin(theta) + 0.006)
