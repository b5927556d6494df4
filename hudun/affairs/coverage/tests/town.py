"""A small made-up town as files: rows of houses, two towers, people, one standing siren."""

import json
from pathlib import Path
from typing import Any

import numpy as np

WEST, SOUTH = 112.9700, 28.1800
PER_LON, PER_LAT = 98_200.0, 110_850.0
"""Metres of a degree there."""


def lonlat(x: float, y: float) -> tuple[float, float]:
    return round(WEST + x / PER_LON, 7), round(SOUTH + y / PER_LAT, 7)


def square(x: float, y: float, side: float) -> list[list[list[float]]]:
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return [[list(lonlat(x + dx, y + dy)) for dx, dy in corners]]


def polygon(rings: list[list[list[float]]], **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": rings}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write_layer(path: Path, features: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def buildings(folder: Path) -> Path:
    """Ten by ten houses 100 m apart, 6 m high; schools of 18 m in the south-west and north-east."""
    houses = [
        polygon(square(x, y, 20), height=6.0, building="house")
        for x in np.arange(0.0, 1000.0, 100.0)
        for y in np.arange(0.0, 1000.0, 100.0)
    ]
    towers = [polygon(square(x, x, 24), height=18.0, building="school") for x in (240.0, 740.0)]
    office = [polygon(square(740, 240, 24), height=21.0, building="office")]
    return write_layer(folder / "buildings.geojson", [*houses, *towers, *office])


def population(folder: Path) -> Path:
    rows = [
        f"{lon},{lat},10"
        for x in range(50, 1000, 100)
        for y in range(50, 1000, 100)
        for lon, lat in [lonlat(x, y)]
    ]
    path = folder / "people.csv"
    path.write_text("\n".join(["lon,lat,population", *rows]))
    return path


def sirens(folder: Path, level: float = 88.0) -> Path:
    lon, lat = lonlat(260, 760)
    path = folder / "sirens.csv"
    path.write_text(f"name,lon,lat,height,level\n老北门,{lon},{lat},12,{level}\n")
    return path
