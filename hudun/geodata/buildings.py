"""Building footprints with heights from GeoPackage, shapefile or GeoJSON."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import LinearRing, Polygon

from hudun.engines.geodesy import Datum

from .formats import unpacked
from .projection import Floats, GeodataError, Plane, plane_at

FLOOR_M = 3.0
HEIGHT_NAMES = ("height", "高度", "建筑高度", "building:height", "h")
FLOOR_NAMES = ("floor", "floors", "层数", "楼层", "building:levels", "levels")
LEAST_AREA_M2 = 1.0


@dataclass
class Report:
    """What was done to the file, all of it to be shown."""

    source: str
    read: int = 0
    used: int = 0
    repaired: int = 0
    dropped: int = 0
    from_floors: int = 0
    assumed: int = 0
    assumed_m: float = 0.0
    holes: int = 0

    def lines(self) -> list[str]:
        said = [f"建筑物 {self.used} 个（文件 {self.source} 有 {self.read} 条）"]
        if self.repaired:
            said.append(f"  自相交等坏面 {self.repaired} 个，已修复")
        if self.dropped:
            said.append(f"  不成面或小于 {LEAST_AREA_M2:g} m² 的 {self.dropped} 个，已舍去")
        if self.from_floors:
            said.append(f"  高度由层数 × {FLOOR_M:g} m 推得 {self.from_floors} 个")
        if self.assumed:
            said.append(f"  无高度也无层数 {self.assumed} 个，按 {self.assumed_m:g} m 计")
        if self.holes:
            said.append(f"  内院 {self.holes} 处，按露天计")
        return said


@dataclass
class Buildings:
    """rings: outer walls (n, 2) in metres, without courtyards; heights above the ground, m."""

    rings: list[Floats]
    heights: Floats
    report: Report
    plane: Plane
    polygons: list[Polygon] = field(repr=False, default_factory=list)

    @property
    def outlines(self) -> list[list[Floats]]:
        """The outer ring of every building and those of its courtyards."""
        return [[corners(ring) for ring in (one.exterior, *one.interiors)] for one in self.polygons]


def read_buildings(
    path: Path, plane: Plane | None = None, missing: float = 6.0, datum: Datum = Datum.CGCS2000
) -> Buildings:
    """Without `plane` that of the file's own place. missing: height where neither height nor
    floors are known, m; how many is in the report."""
    meta, shapes, columns = read_layer(path)
    if not len(shapes):
        raise GeodataError(f"{path.name} 里没有建筑物")
    crs = declared(meta, shapes, path)
    lonlat = reproject(shapes, crs, CRS.from_epsg(4490))
    west, south, east, north = shapely.total_bounds(lonlat)
    found = plane or plane_at((west + east) / 2, (south + north) / 2)
    report = Report(path.name, read=len(shapes), assumed_m=missing)
    heights = heights_of(columns, len(shapes), missing, report)
    flat = shapely.transform(lonlat, lambda xy: found.metres(xy, datum))
    return assemble(flat, heights, report, found)


def read_layer(path: Path) -> tuple[dict[str, Any], Sequence[Any], dict[str, Any]]:
    try:
        with unpacked(path) as inner:
            meta, _, geometry, data = pyogrio.raw.read(inner, force_2d=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as wrong:
        raise GeodataError(f"读不了 {path.name}：{wrong}") from wrong
    if geometry is None:
        raise GeodataError(f"{path.name} 只有表，没有图形")
    names = [str(name) for name in meta["fields"]]
    return meta, shapely.from_wkb(geometry), dict(zip(names, data, strict=True))


def declared(meta: dict[str, Any], shapes: Sequence[Any], path: Path) -> CRS:
    """The file's system; a file that names none is refused, not guessed."""
    bounds = shapely.total_bounds(np.asarray(shapes))
    if not meta.get("crs"):
        raise GeodataError(f"{path.name} 没有注明坐标系（像 .prj），不能猜")
    crs = CRS.from_user_input(meta["crs"])
    if crs.is_geographic and np.abs(bounds).max() > 360.0:
        raise GeodataError(f"{path.name} 注明是经纬度，坐标却是米：坐标系写错了")
    if crs.is_projected and np.abs(bounds).max() <= 180.0:
        raise GeodataError(f"{path.name} 注明是米制坐标，坐标却像经纬度：坐标系写错了")
    return crs


def reproject(shapes: Sequence[Any], source: CRS, target: CRS) -> Any:
    change = Transformer.from_crs(source, target, always_xy=True)
    return shapely.transform(
        np.asarray(shapes), lambda xy: np.column_stack(change.transform(xy[:, 0], xy[:, 1]))
    )


def heights_of(columns: dict[str, Any], count: int, missing: float, report: Report) -> Floats:
    height = numeric(columns, HEIGHT_NAMES, count)
    floors = numeric(columns, FLOOR_NAMES, count)
    without = ~(height > 0.0)
    by_floor = without & (floors > 0.0)
    height[by_floor] = floors[by_floor] * FLOOR_M
    unknown = without & ~by_floor
    height[unknown] = missing
    report.from_floors, report.assumed = int(by_floor.sum()), int(unknown.sum())
    return height


def numeric(columns: dict[str, Any], names: Sequence[str], count: int) -> Floats:
    """The first column of one of these names; NaN where it has no number."""
    for name, values in columns.items():
        if name.lower() in names:
            return np.array([number(value) for value in values])
    return np.full(count, np.nan)


def number(value: Any) -> float:
    try:
        return float(str(value).removesuffix("m").strip())
    except (TypeError, ValueError):
        return float("nan")


def assemble(shapes: Any, heights: Floats, report: Report, plane: Plane) -> Buildings:
    polygons: list[Polygon] = []
    kept: list[float] = []
    for shape, height in zip(shapes, heights, strict=True):
        parts = mended(shape, report)
        report.dropped += not parts
        polygons += parts
        kept += [height] * len(parts)
    report.used = len(polygons)
    report.holes = sum(len(one.interiors) for one in polygons)
    rings = [corners(one.exterior) for one in polygons]
    return Buildings(rings, np.array(kept), report, plane, polygons)


def corners(ring: LinearRing) -> Floats:
    return np.asarray(ring.coords)[:-1, :2]


def mended(shape: Any, report: Report) -> list[Polygon]:
    """Valid polygons of a shape; none if it is no area."""
    if shape is None or shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
        return []
    if not shape.is_valid:
        report.repaired += 1
        shape = shapely.make_valid(shape)
    flat = shapely.get_parts(shapely.get_parts(shape))
    return [
        without_slits(one) for one in flat if isinstance(one, Polygon) and one.area >= LEAST_AREA_M2
    ]


def without_slits(polygon: Polygon) -> Polygon:
    """Only courtyards that are an area themselves."""
    kept = [ring for ring in polygon.interiors if Polygon(ring).area >= LEAST_AREA_M2]
    return Polygon(polygon.exterior, kept)
