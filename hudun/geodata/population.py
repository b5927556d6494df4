"""People: points of a CSV (lon, lat, population), points or areas of a layer; or spread over
buildings by floor area. 街道 and 社区 are taken along where the file names them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from hudun.engines.geodesy import Datum

from .areas import COMMUNITY_NAMES, STREET_NAMES, flattened, words_of
from .buildings import Buildings, numeric, read_layer
from .projection import Floats, GeodataError, Plane

NAMES = ("population", "pop", "people", "人口", "人数")
LON_NAMES, LAT_NAMES = ("lon", "lng", "longitude", "经度"), ("lat", "latitude", "纬度")
Label = tuple[str, str]
"""街道, 社区; empty where the file does not say."""


@dataclass(frozen=True)
class Population:
    """points (n, 2) in metres, people (n); line: what it is, to be shown. areas: the outlines they
    live in, where the file gives areas and not points."""

    points: Floats
    people: Floats
    line: str
    labels: list[Label] = field(default_factory=list)
    areas: list[Polygon | MultiPolygon] = field(default_factory=list)

    @property
    def labelled(self) -> bool:
        return any(any(label) for label in self.labels)


def read_population(path: Path, plane: Plane, datum: Datum = Datum.CGCS2000) -> Population:
    if path.suffix.lower() == ".csv":
        lonlat, people, labels = from_csv(path)
        found = Population(plane.metres(lonlat, datum), people, "", labels)
    else:
        found = from_layer(path, plane, datum)
    if (found.people < 0.0).any() or not np.isfinite(found.people).all():
        raise GeodataError(f"{path.name} 的人口有负数或空值")
    where = "按各处范围计" if found.areas else "按各处中心点计"
    line = f"人口 {found.people.sum():,.0f} 人，{len(found.people)} 处（{path.name}，{where}）"
    return replace(found, line=line)


def from_csv(path: Path) -> tuple[Floats, Floats, list[Label]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        names = list(reader.fieldnames or [])
        lon, lat, people = (pick(names, wanted, path) for wanted in (LON_NAMES, LAT_NAMES, NAMES))
        rows = []
        try:
            for row in reader:
                numbers = float(row[lon]), float(row[lat]), float(row[people])
                rows.append((*numbers, label_of(row)))
        except (ValueError, TypeError) as wrong:
            raise GeodataError(f"{path.name} 第 {reader.line_num} 行不是数字：{wrong}") from wrong
    if not rows:
        raise GeodataError(f"{path.name} 是空的")
    table = np.array([row[:3] for row in rows])
    return table[:, :2], table[:, 2], [row[3] for row in rows]


def label_of(row: dict[str, Any]) -> Label:
    known = {str(name).strip().lower(): str(value or "").strip() for name, value in row.items()}
    street, community = (
        next((known[name] for name in names if name in known), "")
        for names in (STREET_NAMES, COMMUNITY_NAMES)
    )
    return street, community


def pick(names: list[str], wanted: tuple[str, ...], path: Path) -> str:
    for name in names:
        if name.strip().lower() in wanted:
            return name
    raise GeodataError(f"{path.name} 没有这样一列：{'、'.join(wanted)}")


def from_layer(path: Path, plane: Plane, datum: Datum) -> Population:
    meta, shapes, columns = read_layer(path)
    flat = shapely.make_valid(flattened(meta, shapes, path, plane, datum))
    people = numeric(columns, NAMES, len(flat))
    streets, communities = (
        words_of(columns, names, len(flat)) for names in (STREET_NAMES, COMMUNITY_NAMES)
    )
    labels = list(zip(streets, communities, strict=True))
    points = shapely.get_coordinates(shapely.point_on_surface(flat))
    return Population(points, people, "", labels, outlines(flat))


def outlines(shapes: Sequence[Any]) -> list[Polygon | MultiPolygon]:
    """All of them, if they are areas."""
    areas = [one for one in shapes if isinstance(one, Polygon | MultiPolygon)]
    return areas if len(areas) == len(shapes) else []


def over_buildings(buildings: Buildings, total: float) -> Population:
    """`total` people by floor area (footprint × floors)."""
    points, share = floor_space(buildings)
    line = f"人口 {total:,.0f} 人，按建筑面积分到 {len(points)} 栋（估算）"
    return Population(points, total * share / share.sum(), line)


def floor_space(buildings: Buildings) -> tuple[Floats, Floats]:
    """A point in each building, and its floor area."""
    area = np.array([one.area for one in buildings.polygons])
    points = np.array([one.representative_point().coords[0] for one in buildings.polygons])
    return points, area * np.maximum(np.round(buildings.heights / 3.0), 1.0)
