"""A result as JSON: what the page and the report say, and nothing that only an engine knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from hudun.engines.acoustics import level_at_1m, radius_120, radius_fema
from hudun.engines.acoustics.audible import DeadZone, Figures

from .asking import Settings
from .inputs import Town
from .places import Shares, by_street
from .run import Result
from .said import inputs

MOST_ZONES = 50


def told(result: Result, settings: Settings) -> dict[str, Any]:
    town = result.town
    loudest = max(siren.level for siren in town.sirens)
    ambient = float(np.mean(result.rule.ambient))
    return {
        "figures": figures_told(result.figures),
        "statutory": figures_told(result.quick),
        "fema": figures_told(result.fema),
        "radius_120": round(radius_120(level_at_1m(loudest), ambient, settings.losses)),
        "radius_fema": round(radius_fema(loudest, float(np.max(needed_of(result))))),
        "loudest": loudest,
        "far": round(result.far, 4),
        "outside": round(town.people_outside),
        "overlap": [round(share, 5) for share in result.figures.overlap],
        "zones": zones_told(town, result.zones[:MOST_ZONES]),
        "zone_count": len(result.zones),
        "places": places_told(result.shares),
        "streets": places_told(by_street(result.shares)),
        "basis": town.crowd.basis,
        "inputs": inputs(result, settings.ground),
        "corners": corners(town),
        "sirens": sirens_told(town),
        "receivers": town.grid.size,
    }


def needed_of(result: Result) -> Any:
    return np.maximum(result.rule.floor, np.asarray(result.rule.ambient) + result.rule.margin)


def figures_told(got: Figures) -> dict[str, Any]:
    return {
        "built_up_m2": round(got.built_up_m2),
        "covered_m2": round(got.covered_m2),
        "area_share": round(got.area_share, 6),
        "people": round(got.people),
        "hearing": round(got.hearing),
        "people_share": round(got.people_share, 6),
    }


def zones_told(town: Town, zones: Sequence[DeadZone]) -> list[dict[str, Any]]:
    if not zones:
        return []
    lonlat = town.plane.degrees(np.array([(zone.x, zone.y) for zone in zones]))
    return [
        {
            "people": round(zone.people),
            "m2": round(zone.area_m2),
            "lon": round(float(lon), 6),
            "lat": round(float(lat), 6),
            "place": place_at(town, zone),
        }
        for zone, (lon, lat) in zip(zones, lonlat, strict=True)
    ]


def place_at(town: Town, zone: DeadZone) -> str:
    """街道 and 社区 of the people in the middle of it."""
    crowd, grid = town.crowd, town.grid
    column, row = int((zone.x - grid.west) / grid.step), int((zone.y - grid.south) / grid.step)
    here = np.flatnonzero(crowd.cells == row * grid.columns + column)
    return " ".join(crowd.places[crowd.place[here[0]]]).strip() if len(here) else ""


def places_told(found: Sequence[Shares]) -> list[dict[str, Any]]:
    return [
        {
            "street": one.street,
            "community": one.community,
            "people": round(one.people),
            "hearing": round(one.hearing),
            "built_up_m2": None if one.built_up_m2 is None else round(one.built_up_m2),
            "covered_m2": None if one.covered_m2 is None else round(one.covered_m2),
        }
        for one in found
    ]


def corners(town: Town) -> list[list[float]]:
    """Of the picture, as a map wants them: north-west, north-east, south-east, south-west."""
    grid = town.grid
    east, north = grid.west + grid.columns * grid.step, grid.south + grid.rows * grid.step
    plan = [(grid.west, north), (east, north), (east, grid.south), (grid.west, grid.south)]
    found: list[list[float]] = town.plane.degrees(np.array(plan)).round(7).tolist()
    return found


def sirens_told(town: Town) -> list[dict[str, Any]]:
    lonlat = town.plane.degrees(np.array([(one.x, one.y) for one in town.sirens]))
    return [
        {"name": name, "lon": round(float(lon), 6), "lat": round(float(lat), 6),
         "height": siren.height, "level": siren.level}
        for name, siren, (lon, lat) in zip(town.names, town.sirens, lonlat, strict=True)
    ]  # fmt: skip
