"""Footprints as they are drawn: courtyards stay, slits do not."""

import json
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import Polygon

from hudun.geodata.buildings import read_buildings
from hudun.geodata.projection import GeodataError

LON, LAT, METRE = 113.0, 28.0, 1.0 / 98_000.0
Ring = list[list[float]]


def square(half: float, x: float = 0.0) -> Ring:
    corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    return [[LON + (x + u) * METRE, LAT + v * METRE] for u, v in corners]


def drawn(folder: Path, *rings: list[Ring]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"height": 9},
            "geometry": {"type": "Polygon", "coordinates": each},
        }
        for each in rings
    ]
    path = folder / "buildings.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_a_courtyard_is_kept_with_its_building(tmp_path: Path) -> None:
    path = drawn(tmp_path, [square(30), square(10)], [square(20, 90)])
    found = read_buildings(path)
    assert [len(outline) for outline in found.outlines] == [2, 1]
    assert all(
        np.array_equal(outline[0], ring)
        for outline, ring in zip(found.outlines, found.rings, strict=True)
    )
    outer, court = (Polygon(ring).area for ring in found.outlines[0])
    assert court / outer == pytest.approx(1 / 9, rel=1e-3)
    assert "内院 1 处，按露天计" in "".join(found.report.lines())


def test_a_slit_is_no_courtyard(tmp_path: Path) -> None:
    found = read_buildings(drawn(tmp_path, [square(30), square(0.3)]))
    assert len(found.outlines[0]) == 1
    assert found.report.holes == 0


def test_a_self_crossing_footprint_is_mended_and_counted(tmp_path: Path) -> None:
    bow = square(30)
    bow[1], bow[2] = bow[2], bow[1]
    found = read_buildings(drawn(tmp_path, [bow]))
    assert found.report.repaired == 1
    assert all(Polygon(ring).is_valid for ring in found.rings)


def test_a_place_that_is_no_number_is_dropped_or_refused(tmp_path: Path) -> None:
    path = drawn(tmp_path, [square(30)])
    path.write_text(path.read_text().replace("28.0003", "1e999"))
    with pytest.raises(GeodataError):
        read_buildings(path)
