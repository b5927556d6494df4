"""Areas with a value each: built-up area, ambient zones, ground factors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS
from shapely.geometry import Polygon

from hudun.engines.geodesy import Datum

from .buildings import Report, declared, mended, numeric, read_layer, reproject
from .projection import Floats, GeodataError, Plane

ZONE_NAMES = ("zone", "功能区", "声环境功能区", "类别")
DAY_NAMES, NIGHT_NAMES = ("day", "昼间", "昼"), ("night", "夜间", "夜")
LEVEL_NAMES = ("db", "level", "声级", "环境声级", "leq")
FACTOR_NAMES = ("g", "factor", "地面因子")
STREET_NAMES = ("street", "街道", "街镇", "乡镇", "街道乡镇")
COMMUNITY_NAMES = ("community", "社区", "村", "社区村", "name", "名称")


@dataclass(frozen=True)
class Areas:
    """polygons in metres; values: by the names asked for, NaN where the file has none."""

    polygons: list[Polygon]
    values: Mapping[str, Floats]
    report: Report

    @property
    def square_metres(self) -> float:
        return float(shapely.area(shapely.union_all(self.polygons)))


def read_areas(
    path: Path, plane: Plane, datum: Datum = Datum.CGCS2000, **names: Sequence[str]
) -> Areas:
    """names: which columns give which value."""
    meta, shapes, columns = read_layer(path)
    flat = flattened(meta, shapes, path, plane, datum)
    report = Report(path.name, read=len(flat))
    given = {name: numeric(columns, known, len(flat)) for name, known in names.items()}
    polygons: list[Polygon] = []
    owners: list[int] = []
    for index, shape in enumerate(flat):
        parts = mended(shape, report)
        report.dropped += not parts
        polygons += parts
        owners += [index] * len(parts)
    if not polygons:
        raise GeodataError(f"{path.name} 里没有面")
    report.used = len(polygons)
    return Areas(polygons, {name: column[owners] for name, column in given.items()}, report)


def flattened(
    meta: dict[str, Any], shapes: Sequence[Any], path: Path, plane: Plane, datum: Datum
) -> Any:
    """The shapes in metres."""
    lonlat = reproject(shapes, declared(meta, shapes, path), CRS.from_epsg(4490))
    return shapely.transform(lonlat, lambda points: plane.metres(points, datum))


def words_of(columns: dict[str, Any], names: Sequence[str], count: int) -> list[str]:
    """The first column of one of these names as text; empty where there is none."""
    for name in names:
        for column, values in columns.items():
            if column.strip().lower() == name:
                return ["" if value is None else str(value).strip() for value in values]
    return [""] * count


def known_zones(values: Floats, path: Path) -> Floats:
    if not np.isin(values[np.isfinite(values)], range(5)).all():
        raise GeodataError(f"{path.name} 的功能区只能是 0、1、2、3、4（4a、4b 写作 4）")
    return values
