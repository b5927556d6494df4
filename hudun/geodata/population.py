"""People: points of a CSV (lon, lat, population), or a layer's centroids; or spread over buildings
by floor area."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from pyproj import CRS

from hudun.engines.geodesy import Datum

from .buildings import Buildings, declared, numeric, read_layer, reproject
from .projection import Floats, GeodataError, Plane

NAMES = ("population", "pop", "people", "人口", "人数")
LON_NAMES, LAT_NAMES = ("lon", "lng", "longitude", "经度"), ("lat", "latitude", "纬度")


@dataclass(frozen=True)
class Population:
    """points (n, 2) in metres, people (n); line: what it is, to be shown."""

    points: Floats
    people: Floats
    line: str


def read_population(path: Path, plane: Plane, datum: Datum = Datum.CGCS2000) -> Population:
    lonlat, people = from_csv(path) if path.suffix.lower() == ".csv" else from_layer(path)
    if (people < 0.0).any() or not np.isfinite(people).all():
        raise GeodataError(f"{path.name} 的人口有负数或空值")
    line = f"人口 {people.sum():,.0f} 人，{len(people)} 处（{path.name}，按各处中心点计）"
    return Population(plane.metres(lonlat, datum), people, line)


def from_csv(path: Path) -> tuple[Floats, Floats]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        names = list(reader.fieldnames or [])
        lon, lat, people = (pick(names, wanted, path) for wanted in (LON_NAMES, LAT_NAMES, NAMES))
        try:
            rows = [(float(row[lon]), float(row[lat]), float(row[people])) for row in reader]
        except ValueError as wrong:
            raise GeodataError(f"{path.name} 第 {reader.line_num} 行不是数字：{wrong}") from wrong
    if not rows:
        raise GeodataError(f"{path.name} 是空的")
    table = np.array(rows)
    return table[:, :2], table[:, 2]


def pick(names: list[str], wanted: tuple[str, ...], path: Path) -> str:
    for name in names:
        if name.strip().lower() in wanted:
            return name
    raise GeodataError(f"{path.name} 没有这样一列：{'、'.join(wanted)}")


def from_layer(path: Path) -> tuple[Floats, Floats]:
    meta, shapes, columns = read_layer(path)
    flat = reproject(shapes, declared(meta, shapes, path), CRS.from_epsg(4490))
    people = numeric(columns, NAMES, len(shapes))
    return shapely.get_coordinates(shapely.point_on_surface(flat)), people


def over_buildings(buildings: Buildings, total: float) -> Population:
    """`total` people by floor area (footprint × floors)."""
    area = np.array([one.area for one in buildings.polygons])
    share = area * np.maximum(np.round(buildings.heights / 3.0), 1.0)
    points = np.array([one.representative_point().coords[0] for one in buildings.polygons])
    line = f"人口 {total:,.0f} 人，按建筑面积分到 {len(points)} 栋（估算）"
    return Population(points, total * share / share.sum(), line)
