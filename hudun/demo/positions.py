"""Where the demonstration's sirens stand. Made up: no open list of a district's sirens exists."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

# Rough centres of 天心区's subdistricts (code → lon, lat), read off a street map from north to
# south. They only keep a made-up siren in a believable part of the district.
CENTRES = {
    "430103002": (112.972, 28.190),
    "430103004": (112.983, 28.180),
    "430103005": (112.974, 28.171),
    "430103006": (112.984, 28.159),
    "430103010": (112.977, 28.150),
    "430103011": (112.992, 28.144),
    "430103007": (112.973, 28.130),
    "430103008": (112.989, 28.125),
    "430103009": (112.990, 28.110),
    "430103013": (112.968, 28.101),
    "430103012": (112.987, 28.094),
    "430103014": (112.981, 28.066),
    "430103015": (112.986, 28.021),
    "430103016": (112.978, 27.990),
}
SITES = ("办公楼", "小学教学楼", "商住楼", "卫生服务中心", "综合楼", "农贸市场", "派出所", "写字楼")
SPREAD_DEGREES = 0.009


@dataclass(frozen=True)
class Position:
    subdistrict: str
    site: str
    lon: float
    lat: float


def positions(count: int, district: BaseGeometry, seed: int) -> Iterator[Position]:
    """``count`` places inside ``district``, spread evenly over its subdistricts."""
    chance = random.Random(seed)
    codes = list(CENTRES)
    for index in range(count):
        code = codes[index % len(codes)]
        lon, lat = _inside(district, CENTRES[code], chance)
        yield Position(code, SITES[(index // len(codes) + index) % len(SITES)], lon, lat)


def _inside(
    district: BaseGeometry, centre: tuple[float, float], chance: random.Random
) -> tuple[float, float]:
    for _ in range(1000):
        lon, lat = (part + chance.gauss(0, SPREAD_DEGREES / 2) for part in centre)
        if district.contains(Point(lon, lat)):
            return round(lon, 6), round(lat, 6)
    inside = district.representative_point()
    return inside.x, inside.y
