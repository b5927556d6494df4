"""A file read from end to end before it is kept: what is in it, and what is wrong with it.

One plain function, `check`. It opens files with GDAL: it runs in the planner, not in web.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from hudun.core.error import Problem
from hudun.engines.geodesy import Datum
from hudun.geodata.areas import (
    DAY_NAMES,
    FACTOR_NAMES,
    LEVEL_NAMES,
    NIGHT_NAMES,
    ZONE_NAMES,
    Areas,
    known_zones,
    read_areas,
)
from hudun.geodata.buildings import Report, read_buildings, read_layer
from hudun.geodata.formats import OSM
from hudun.geodata.population import from_csv, read_population
from hudun.geodata.projection import GeodataError, Plane, plane_at

from . import problems as problems

Box = tuple[float, float, float, float]
CHINA: Box = (73.0, 3.0, 136.0, 54.0)


@dataclass(frozen=True)
class Checked:
    """box: west, south, east, north in degrees, true."""

    rows: int
    box: Box
    said: list[str]
    faults: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def check(path: Path, kind: str, datum: Datum) -> Checked:
    from hudun.geodata.streets import BadStreets

    try:
        found = READERS[kind](path, datum)
    except (GeodataError, BadStreets, UnicodeDecodeError, shapely.GEOSException) as wrong:
        raise Problem("422.160", reason=said_of(wrong, path)) from wrong
    west, south, east, north = found.box
    if not (CHINA[0] <= west <= east <= CHINA[2] and CHINA[1] <= south <= north <= CHINA[3]):
        raise Problem("422.163", box=", ".join(f"{side:.4f}" for side in found.box))
    return found


def said_of(wrong: Exception, path: Path) -> str:
    if isinstance(wrong, UnicodeDecodeError):
        return "文字不是 UTF-8 编码，请另存为 UTF-8"
    return str(wrong).replace(path.name, "文件").replace(path.stem, "文件").rstrip("。")


def buildings(path: Path, datum: Datum) -> Checked:
    found = read_buildings(path, datum=datum)
    if not found.polygons:
        raise GeodataError("没有一个面可以当建筑物用")
    high = found.heights
    said = [
        f"建筑物 {len(found.polygons):,} 幢，占地 "
        f"{shapely.area(found.polygons).sum() / 1e6:.3f} km²",
        f"高度 {high.min():.1f}～{high.max():.1f} m，中位数 {np.median(high):.1f} m",
    ]
    box = degrees_of(shapely.total_bounds(found.polygons), found.plane)
    return Checked(len(found.polygons), box, said, faults_of(found.report))


def faults_of(report: Report) -> dict[str, int]:
    counted = {
        "自相交等坏面，已修复": report.repaired,
        "不成面或小于 1 m²，已舍去": report.dropped,
        "高度由层数推得": report.from_floors,
        "无高度也无层数，按 6 m 计": report.assumed,
        "内院，按露天计": report.holes,
    }
    return {words: count for words, count in counted.items() if count}


def degrees_of(bounds: Any, plane: Plane) -> Box:
    west, south, east, north = map(float, bounds)
    corners = plane.degrees(np.array([[west, south], [east, north], [west, north], [east, south]]))
    low, high = corners.min(axis=0), corners.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def terrain(path: Path, datum: Datum) -> Checked:
    from hudun.geodata.terrain import look_at_dem

    if datum is not Datum.CGCS2000:
        raise GeodataError("地形只收 CGCS2000 或 WGS 84 的 GeoTIFF，请先转换")
    found = look_at_dem(path)
    said = [
        f"{found.columns:,} × {found.rows:,} 格",
        f"高程 {found.low:.0f}～{found.high:.0f} m",
    ]
    lost = round(found.missing * found.columns * found.rows)
    faults = {"格没有高程，计算时按最近处补": lost} if lost else {}
    return Checked(found.columns * found.rows, found.box, said, faults)


def streets(path: Path, datum: Datum) -> Checked:
    from hudun.geodata.streets import read_lines, read_osm

    if datum is not Datum.CGCS2000:
        raise GeodataError("道路只收 CGCS2000 或 WGS 84，请先转换")
    found = read_osm(path) if path.suffix == OSM else read_lines(path)
    kilometres = float(found.length.sum()) / 1000.0
    said = [
        f"可步行 {kilometres:,.1f} km，{len(found.a):,} 段，{len(found.ids):,} 个节点",
        f"连成 {found.report.components:,} 片，最大一片以外 {found.report.off_main:,} 个节点",
    ]
    report = found.report
    counted = {"读不懂": report.broken, "首尾同点": report.loops, "重复": report.doubles}
    box = (found.lon.min(), found.lat.min(), found.lon.max(), found.lat.max())
    faults = {words: count for words, count in counted.items() if count}
    return Checked(len(found.a), tuple(map(float, box)), said, faults)  # type: ignore[arg-type]


def population(path: Path, datum: Datum) -> Checked:
    plane = middle_of(path)
    found = read_population(path, plane, datum)
    named = {label for label in found.labels if any(label)}
    said = [
        f"{len(found.people):,} 处，共 {found.people.sum():,.0f} 人",
        "按面（范围）给出" if found.areas else "按点给出",
        f"写明街道或社区的有 {len(named):,} 个" if named else "没有写明街道、社区",
    ]
    bounds = shapely.total_bounds(found.areas or shapely.points(found.points))
    unnamed = sum(not any(label) for label in found.labels)
    faults = {"处没有写明街道、社区": unnamed} if named and unnamed else {}
    return Checked(len(found.people), degrees_of(bounds, plane), said, faults)


def middle_of(path: Path) -> Plane:
    """The plane of the middle of the file."""
    from pyproj import CRS

    from hudun.geodata.buildings import declared, reproject

    if path.suffix == ".csv":
        lonlat, _, _ = from_csv(path)
        return plane_at(*lonlat.mean(axis=0))
    meta, shapes, _ = read_layer(path)
    if not len(shapes):
        raise GeodataError("里面一条也没有")
    flat = reproject(shapes, declared(meta, shapes, path), CRS.from_epsg(4490))
    west, south, east, north = shapely.total_bounds(flat)
    return plane_at((west + east) / 2, (south + north) / 2)


def built_up(path: Path, datum: Datum) -> Checked:
    plane = middle_of(path)
    found = read_areas(path, plane, datum)
    return of_areas(found, plane, [f"建成区 {found.square_metres / 1e6:.3f} km²"])


def ambient(path: Path, datum: Datum) -> Checked:
    """Either the zone of GB 3096, or levels by day and night, or one level."""
    plane = middle_of(path)
    found = read_areas(
        path, plane, datum, zone=ZONE_NAMES, day=DAY_NAMES, night=NIGHT_NAMES, level=LEVEL_NAMES
    )
    zones = known_zones(found.values["zone"], path)
    levels = np.where(np.isfinite(found.values["day"]), found.values["day"], found.values["level"])
    if not (np.isfinite(zones) | np.isfinite(levels)).any():
        raise GeodataError("没有功能区（zone）一列，也没有昼间（day）、夜间（night）或声级（db）")
    without = int((~np.isfinite(zones) & ~np.isfinite(levels)).sum())
    said = [f"{len(found.polygons):,} 块，{found.square_metres / 1e6:.3f} km²"]
    said += [
        f"{zone:.0f} 类 {int((zones == zone).sum())} 块"
        for zone in sorted(set(zones[np.isfinite(zones)]))
    ]
    return of_areas(found, plane, said, {"块没有功能区也没有声级，不计": without})


def ground(path: Path, datum: Datum) -> Checked:
    plane = middle_of(path)
    found = read_areas(path, plane, datum, g=FACTOR_NAMES)
    factors = found.values["g"]
    if not np.isfinite(factors).any():
        raise GeodataError("没有地面因子（G）一列")
    if ((factors < 0.0) | (factors > 1.0)).any():
        raise GeodataError("地面因子要在 0（硬）和 1（松软）之间")
    said = [f"{len(found.polygons):,} 块，{found.square_metres / 1e6:.3f} km²"]
    without = int((~np.isfinite(factors)).sum())
    return of_areas(found, plane, said, {"块没有地面因子，不计": without})


def of_areas(
    found: Areas, plane: Plane, said: list[str], more: dict[str, int] | None = None
) -> Checked:
    box = degrees_of(shapely.total_bounds(found.polygons), plane)
    extra = {words: count for words, count in (more or {}).items() if count}
    return Checked(len(found.polygons), box, said, faults_of(found.report) | extra)


READERS: dict[str, Callable[[Path, Datum], Checked]] = {
    "buildings": buildings,
    "terrain": terrain,
    "streets": streets,
    "population": population,
    "built_up": built_up,
    "ambient": ambient,
    "ground": ground,
}
