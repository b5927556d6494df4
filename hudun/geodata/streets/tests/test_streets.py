"""Files of every kind become the same clean network; what is wrong in them is named and counted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from hudun.geodata.streets import (
    BadStreets,
    between,
    closed,
    crossing,
    read_edges,
    read_lines,
    read_osm,
    snap,
    with_slope,
)
from hudun.geodata.streets.slope import tobler

OSM = """<osm version="0.6">
<node id="1" lon="113.000" lat="28.000"/><node id="2" lon="113.001" lat="28.000"/>
<node id="3" lon="113.001" lat="28.001"/><node id="4" lon="113.002" lat="28.000"/>
<node id="5" lon="113.010" lat="28.010"/><node id="6" lon="113.0102" lat="28.010"/>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="4"/><tag k="highway" v="residential"/>
<tag k="oneway" v="yes"/></way>
<way id="11"><nd ref="2"/><nd ref="3"/><tag k="highway" v="footway"/></way>
<way id="12"><nd ref="3"/><nd ref="4"/><tag k="highway" v="motorway"/></way>
<way id="13"><nd ref="5"/><nd ref="6"/><tag k="highway" v="path"/></way>
<way id="14"><nd ref="1"/><nd ref="3"/><tag k="highway" v="service"/>
<tag k="access" v="private"/></way>
<way id="15"><nd ref="4"/><nd ref="99"/><tag k="highway" v="residential"/></way>
</osm>"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_osm_keeps_what_people_may_walk(tmp_path: Path) -> None:
    streets = read_osm(write(tmp_path / "a.osm", OSM))
    crossing = set(streets.ids[streets.ids > 0].tolist())
    assert crossing == {1, 2, 3, 4, 5, 6}
    assert streets.length.sum() == pytest.approx(98.4 * 2 + 110.8 + 19.7, rel=0.01)
    assert streets.report.components == 2 and streets.report.broken == 1
    assert streets.report.faults[0].where == "way 15"
    assert streets.length.max() <= 40.0, "long edges are cut so that nobody is sent to a far end"


def geojson(path: Path, *lines: list[list[float]]) -> Path:
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": xy}}
        for xy in lines
    ]
    return write(path, json.dumps({"type": "FeatureCollection", "features": features}))


def test_lines_that_nearly_touch_are_joined(tmp_path: Path) -> None:
    near = 113.001 + 0.5 / 98_000  # half a metre off
    path = geojson(tmp_path / "a.geojson", [[113, 28], [113.001, 28]], [[near, 28], [near, 28.001]])
    streets = read_lines(path)
    assert streets.report.components == 1 and streets.report.snapped == 1
    assert read_lines(path, snap_m=0.1).report.components == 2


def test_a_point_among_the_lines_is_named(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [[113, 28], [113.0002, 28]])
    data = json.loads(path.read_text())
    point = {"type": "Point", "coordinates": [113, 28]}
    data["features"].append({"type": "Feature", "properties": {}, "geometry": point})
    streets = read_lines(write(path, json.dumps(data)))
    assert [fault.where for fault in streets.report.faults] == ["feature 2"]


@pytest.mark.parametrize("between", [",", "\t", ";", " "])
def test_a_table_of_edges_without_positions(between: str, tmp_path: Path) -> None:
    rows = [
        ("7", "9", "30.5"),
        ("9", "7", "30.5"),
        ("9", "9", "4"),
        ("9", "12", "10"),
        ("1", "2", "3"),
    ]
    path = write(tmp_path / "edges.txt", "\n".join(between.join(row) for row in rows))
    streets = read_edges(path)
    assert streets.ids.tolist() == [1, 2, 7, 9, 12] and not streets.placed
    assert sorted(streets.length.tolist()) == [3, 10, 30.5]
    report = streets.report
    assert (report.read, report.kept, report.loops, report.doubles) == (5, 3, 1, 1)
    assert (report.components, report.off_main) == (2, 2)
    with pytest.raises(BadStreets):
        snap(streets, np.zeros(1), np.zeros(1))


def test_positions_from_a_second_table(tmp_path: Path) -> None:
    edges = write(tmp_path / "e.csv", "from,to,metres,width\n1,2,20,3.5\n")
    nodes = write(tmp_path / "n.csv", "id,lon,lat\n1,113,28\n2,113.0002,28\n9,0,0\n")
    streets = read_edges(edges, nodes)
    assert streets.placed and streets.width.tolist() == [3.5]
    assert snap(streets, np.array([113.0002]), np.array([28.0])).node.tolist() == [1]


def test_a_broken_line_among_many_is_named_and_the_rest_is_used(tmp_path: Path) -> None:
    lines = [f"{k},{k + 1},10.0" for k in range(50_000)]
    lines[12_344] = "12344,123"
    lines[30_000] = "30000,30001,nan"
    streets = read_edges(write(tmp_path / "edges.csv", "\n".join(lines)))
    assert streets.report.kept == 49_998 and streets.report.broken == 2
    assert [fault.where for fault in streets.report.faults] == [
        "edges.csv:12345",
        "edges.csv:30001",
    ]
    assert streets.report.components == 3


@pytest.mark.parametrize("text", ["", "# nothing\n", "a,b,c\n", "1,1,5\n"])
def test_nothing_to_walk_on_is_an_error(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadStreets):
        read_edges(write(tmp_path / "edges.csv", text))


@pytest.mark.parametrize("name", ["missing.pbf", "broken.osm.pbf"])
def test_an_unreadable_map_is_an_error(name: str, tmp_path: Path) -> None:
    if name.startswith("broken"):
        (tmp_path / name).write_bytes(b"no map")
    with pytest.raises(BadStreets):
        read_osm(tmp_path / name)


def test_tobler_at_known_slopes() -> None:
    """6·exp(−3.5·|s + 0.05|) km/h: 5.04 on the level, 3.55 at +10 %, 5.04 at −10 %."""
    level = 6 * np.exp(-3.5 * 0.05)
    for slope, speed in ((0.0, level), (0.1, 6 * np.exp(-0.525)), (-0.05, 6.0), (-0.1, level)):
        assert level / tobler(np.array([slope]))[0] == pytest.approx(speed)


def test_uphill_costs_more_than_downhill(tmp_path: Path) -> None:
    heights = np.tile(np.arange(20.0) * 3, (20, 1)).astype(np.float32)
    with rasterio.open(
        tmp_path / "dem.tif", "w", driver="GTiff", width=20, height=20, count=1,
        dtype="float32", crs="EPSG:4326", transform=from_origin(113, 28.01, 0.0003, 0.0003),
    ) as raster:  # fmt: skip
        raster.write(heights, 1)
    path = geojson(tmp_path / "a.geojson", [[113.001, 28.008], [113.0013, 28.008]])
    streets = with_slope(read_lines(path), tmp_path / "dem.tif")
    east_is_b = streets.lon[streets.b] > streets.lon[streets.a]
    up = np.where(east_is_b, streets.there, streets.back)
    down = np.where(east_is_b, streets.back, streets.there)
    assert (up > 1.3 * streets.length).all() and (down < up).all()


def test_a_house_goes_to_the_street_not_to_an_island(tmp_path: Path) -> None:
    street = [[113.0, 28.0], [113.0002, 28.0], [113.0004, 28.0]]
    island = [[113.0001, 28.0001], [113.0002, 28.0001]]
    streets = read_lines(geojson(tmp_path / "a.geojson", street, island))
    house = snap(streets, np.array([113.0001]), np.array([28.00004]))
    main = np.bincount(streets.component).argmax()
    assert streets.component[house.node[0]] == main
    far = snap(streets, np.array([113.5, np.nan]), np.array([28.0, 28.0]))
    assert far.node.tolist() == [-1, -1] and not far.found.any()


def test_closed_streets_cut_what_hung_on_them(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("1,2,100\n2,3,100\n3,4,100\n")
    (tmp_path / "n.csv").write_text("1,113,28\n2,113.001,28\n3,113.002,28\n4,113.003,28\n")
    streets = read_edges(tmp_path / "e.csv", tmp_path / "n.csv")
    which, unknown = between(streets, [(3, 2), (1, 4)])
    assert which.sum() == 3, "a street of 100 m is cut into three pieces"
    assert unknown == ["1-4"]
    assert (crossing(streets, shapely.box(113.0012, 27.9, 113.0018, 28.1)) <= which).all()
    after = closed(streets, which)
    assert (streets.report.components, after.report.components) == (1, 4)
    assert np.isinf(after.there[which]).all() and np.isfinite(after.there[~which]).all()
    cut = {name: after.component[after.ids == name][0] for name in (1, 2, 3, 4)}
    assert cut[1] == cut[2] != cut[3] == cut[4]
