"""`hudun coverage` from files to figures, and what it says to bad input."""

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from hudun.affairs.coverage.command import main

LON, LAT = 113.0, 28.0
METRE = 1.0 / 98_000.0


def ring(x: float, y: float, half: float = 10.0) -> list[list[float]]:
    corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    return [[LON + (x + u) * METRE, LAT + (y + v) * METRE] for u, v in corners]


def feature(coordinates: list[list[float]], **properties: object) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": [coordinates]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def town(folder: Path, *more: dict[str, object]) -> Path:
    plain = [feature(ring(x, y), height=9) for x in (0, 80, 160) for y in (0, 80)]
    path = folder / "buildings.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [*plain, *more]}))
    return path


def sirens(folder: Path, *rows: str) -> Path:
    path = folder / "sirens.csv"
    given = rows or (f"一号,{LON + 40 * METRE},{LAT + 40 * METRE},20,110",)
    path.write_text("\n".join(["name,lon,lat,height,level", *given]), encoding="utf-8")
    return path


def run(folder: Path, *words: str, buildings: Path | None = None) -> int:
    files = ["--sirens", str(folder / "sirens.csv")]
    files += ["--buildings", str(buildings or folder / "buildings.geojson"), "--cores", "1"]
    return main([*files, *words])


def test_figures_have_their_denominators(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town(tmp_path)
    sirens(tmp_path)
    assert run(tmp_path, "--people", "1000", "--out", str(tmp_path / "out")) == 0
    said = capsys.readouterr().out
    closing = json.loads(said.splitlines()[-1])
    assert closing["area_share"] == 1.0
    assert closing["people"] == closing["hearing"] == 1000
    for word in ("凸包", "1 km", "120号", "CPG 1-17", "室外地面"):
        assert word in said
    with rasterio.open(tmp_path / "out" / "levels.tif") as raster:
        assert raster.width * raster.height == closing["receivers"]
        assert np.nanmax(raster.read(1)) > 80.0
    contours = json.loads((tmp_path / "out" / "contours.geojson").read_text())
    assert {one["properties"]["dB"] for one in contours["features"]} >= {80.0}
    assert (tmp_path / "out" / "coverage.png").stat().st_size > 1_000


def test_reflections_only_add(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town(tmp_path)
    sirens(tmp_path, f"弱,{LON},{LAT + 40 * METRE},20,80")
    heard = []
    for words in ([], ["--reflections"]):
        assert run(tmp_path, *words) == 0
        said = capsys.readouterr().out
        heard.append(json.loads(said.splitlines()[-1])["covered_m2"])
        assert ("一阶反射" in said) == bool(words)
    assert heard[1] > heard[0]


def test_a_weak_siren_leaves_dead_zones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town(tmp_path)
    sirens(tmp_path, f"弱,{LON},{LAT + 40 * METRE},20,80")
    assert run(tmp_path, "--people", "1000") == 0
    closing = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert 0.0 < closing["area_share"] < 1.0
    assert closing["dead_zones"] > 0


def test_broken_polygons_and_missing_heights_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bow = ring(240, 0)
    bow[1], bow[2] = bow[2], bow[1]
    floors, nothing = feature(ring(240, 80), floors=5), feature(ring(320, 80))
    town(tmp_path, feature(bow, height=9), floors, nothing)
    sirens(tmp_path)
    assert run(tmp_path, "--missing", "4") == 0
    said = capsys.readouterr().out
    assert "已修复" in said
    assert "由层数" in said
    assert "无高度也无层数 1 个，按 4 m 计" in said


def dem(folder: Path, heights: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> Path:
    path = folder / "dem.tif"
    where = from_origin(LON - 0.005, LAT + 0.008, 0.0003, 0.0003)
    size = {"width": heights.shape[1], "height": heights.shape[0], "count": 1}
    with rasterio.open(
        path, "w", driver="GTiff", dtype="float32", crs="EPSG:4326", transform=where, **size
    ) as file:
        file.write(heights, 1)
    return path


def test_gaps_in_the_terrain_are_filled_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town(tmp_path)
    sirens(tmp_path)
    heights = np.full((50, 50), 40.0, np.float32)
    heights[20:26, 10:20] = np.nan
    assert run(tmp_path, "--dem", str(dem(tmp_path, heights))) == 0
    assert "按最近处补" in capsys.readouterr().out


def test_terrain_without_any_height_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town(tmp_path)
    sirens(tmp_path)
    path = dem(tmp_path, np.full((50, 50), np.nan, np.float32))
    assert run(tmp_path, "--dem", str(path)) == 2
    assert "没有高程" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (f"内,{LON},{LAT},5,110", "在建筑物里面"),
        ("米,513000,3098000,20,110", "经纬度范围"),
        (f"反,{LAT},{LON},20,110", "经纬度范围"),
        (f"静,{LON},{LAT},20,30", "声压级"),
        (f"空,{LON},,20,110", "不是数字"),
    ],
)
def test_bad_sirens_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, word: str
) -> None:
    town(tmp_path)
    sirens(tmp_path, row)
    assert run(tmp_path) == 2
    assert word in capsys.readouterr().err


def test_no_buildings_in_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    sirens(tmp_path)
    assert run(tmp_path, buildings=path) == 2
    assert "empty.geojson" in capsys.readouterr().err


def test_metres_without_a_system_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    square = [[5e5, 3e6], [500_020.0, 3e6], [500_020.0, 3_000_020.0], [5e5, 3e6]]
    path = tmp_path / "metres.geojson"
    features = {"type": "FeatureCollection", "features": [feature(square, height=9)]}
    path.write_text(json.dumps(features))
    sirens(tmp_path)
    assert run(tmp_path, buildings=path) == 2
    assert "坐标" in capsys.readouterr().err


def test_degrees_that_call_themselves_metres_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = town(tmp_path)
    data = json.loads(path.read_text())
    data["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    path.write_text(json.dumps(data))
    sirens(tmp_path)
    assert run(tmp_path) == 2
    assert "坐标却像经纬度" in capsys.readouterr().err


def test_ten_million_receivers_are_planned_with_their_cost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town(tmp_path)
    one = f"{LON + 40 * METRE},{LAT + 40 * METRE},20,110"
    sirens(tmp_path, *(f"{number}号,{one}" for number in range(12)))
    assert run(tmp_path, "--step", "0.075") == 3
    said = capsys.readouterr()
    pairs = int(said.out.split(" 对")[0].split("= ")[-1].replace(",", ""))
    assert pairs > 100_000_000
    for word in ("秒", "MB"):
        assert word in said.out
    assert "--yes" in said.err


def test_what_no_computer_holds_is_refused_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town(tmp_path)
    sirens(tmp_path)
    assert run(tmp_path, "--step", "0.001", "--yes") == 2
    said = capsys.readouterr().err
    assert "装不下" in said
    assert "间距至少取 0.0" in said


def test_too_much_is_planned_not_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town(tmp_path)
    sirens(tmp_path)
    assert run(tmp_path, "--step", "0.02") == 3
    said = capsys.readouterr()
    assert "计划" in said.out
    assert "--step" in said.err
