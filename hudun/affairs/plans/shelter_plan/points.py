"""People and shelters from a table: CSV, or a layer of GeoPackage, GeoJSON, shapefile.

A row that cannot be used is named and counted, and its people are kept apart: nothing is guessed.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import Transformer

from hudun.affairs.plans import problems as _problems  # noqa: F401  (makes the numbers known)
from hudun.core.error import Problem
from hudun.engines.sheltering.network import Floats, Ints

ALIASES = {
    "id": ("id", "编号", "osmid", "工程代号"),
    "number": ("people", "population", "人数", "capacity", "places", "容量", "可掩蔽人数"),
    "lon": ("lon", "x", "经度", "longitude"),
    "lat": ("lat", "y", "纬度", "latitude"),
    "node": ("node", "路网节点"),
    "community": ("community", "社区"),
    "vulnerable": ("vulnerable", "弱势人数"),
    "access": ("access", "到路网米数"),
    "width": ("width", "口部净宽"),
    "state": ("state", "状态"),
    "kind": ("kind", "类型"),
    "day": ("day", "白天人数", "昼"),
    "night": ("night", "夜间人数", "夜"),
    "share": ("vulnerable_share", "弱势比例"),
    "shelter": ("shelter", "工程", "工程编号"),
    "floor": ("floor_area", "建筑面积"),
}

LARGEST = 10**8
"""More people or places than this in one row are a slip of the pen."""
CLOSED = frozenset({"停用", "closed", "拆除", "在建"})
Record = dict[str, Any]


@dataclass
class Points:
    """Usable rows; `number` is people or places. `node` is the name of a street node, −1 unless
    the file gives it; then no position is needed."""

    path: Path
    id: list[str] = field(default_factory=list)
    community: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    rows: int = 0
    numbers: list[int] = field(default_factory=list)
    places: list[tuple[float, float]] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    vulnerables: list[int] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    accesses: list[float] = field(default_factory=list)
    """Metres from the point to its street node, where the file names that node."""
    kinds: list[str] = field(default_factory=list)
    """小区, 单位, 学校, 医院 …, as the file says."""

    @property
    def number(self) -> Ints:
        return np.array(self.numbers, np.int64)

    @property
    def lonlat(self) -> Floats:
        return np.array(self.places, np.float64).reshape(-1, 2)

    @property
    def node(self) -> Ints:
        return np.array(self.nodes, np.int64)


def picked(people: Points, rows: list[int], places: list[int]) -> Points:
    """Shelters that do not exist, beside those rows of people; `拟001` and so on."""
    made = Points(people.path, rows=len(rows), numbers=places)
    made.id = [f"拟{number:03}" for number in range(1, len(rows) + 1)]
    made.places = [people.places[row] for row in rows]
    made.nodes = [people.nodes[row] for row in rows]
    made.community = [people.community[row] for row in rows]
    made.accesses = [people.accesses[row] for row in rows]
    made.vulnerables = [0] * len(rows)
    made.widths = [math.nan] * len(rows)
    made.kinds = [""] * len(rows)
    return made


def read_points(path: Path, shelters: bool = False) -> Points:
    return read_all([path], shelters)


def read_all(paths: list[Path], shelters: bool = False, when: str = "", total: int = 0) -> Points:
    """Buildings, cells and units from several files as one list; `when` ("day" or "night") takes
    the number of that column where a row has one; `total` spreads so many people over the buildings
    of the first file. An id may stand in one file only."""
    points = Points(paths[0])
    seen: set[str] = set()
    for path in paths:
        before = points.rows
        given = records(path)
        for record in spread(given, total) if total and path is paths[0] else given:
            if points.rows == before:
                _check_columns(path, record)
            points.rows += 1
            fault = _take(points, record, seen, shelters, when)
            if fault:
                name = _value(record, "id") or f"第 {points.rows - before} 行"
                points.faults.append(f"{name}：{fault}")
    if not points.id:
        first = points.faults[0] if points.faults else "文件为空"
        faults, name = len(points.faults), "、".join(path.name for path in paths)
        raise Problem("400.313", path=name, rows=points.rows, faults=faults, first=first)
    return points


def spread(rows: Iterator[Record], total: int) -> Iterator[Record]:
    """`total` people over buildings by floor area, to the person; a building without one gets none
    and is named as unknown."""
    held = list(rows)
    area = np.array([_decimal(_value(record, "floor")) for record in held])
    area = np.where(area > 0, area, 0.0)
    if not area.sum():
        yield from held
        return
    upto = np.rint(np.cumsum(area) / area.sum() * total).astype(np.int64)
    for record, people, known in zip(held, np.diff(upto, prepend=0), area > 0, strict=True):
        yield record | {"people": int(people) if known else record.get("people", "")}


def _take(points: Points, record: Record, seen: set[str], shelters: bool, when: str) -> str:
    """Keeps a row, or says why not."""
    name = str(_value(record, "id") or "").strip()
    number = _whole(_number_of(record, when))
    lon, lat = _decimal(_value(record, "lon")), _decimal(_value(record, "lat"))
    node = _whole(_value(record, "node"))
    if not name:
        return "没有编号"
    if name in seen:
        return "编号重复"
    seen.add(name)
    if number is None:
        return "容量未知或不是整数" if shelters else "人数未知或不是整数"
    if number < 0:
        return "容量为负" if shelters else "人数为负"
    if number > LARGEST:
        return "容量大得不合理" if shelters else "人数大得不合理"
    if shelters and number == 0:
        return "容量为 0"
    if shelters and str(_value(record, "state") or "").strip() in CLOSED:
        return "停用"
    if node is not None and not -1 < node < 2**63:
        return "路网节点编号不合理"
    if node is None and not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return "位置未知"
    points.id.append(name)
    points.numbers.append(number)
    points.places.append((lon, lat))
    points.nodes.append(-1 if node is None else node)
    points.community.append(str(_value(record, "community") or "").strip())
    points.vulnerables.append(_vulnerable(record, number))
    points.kinds.append(str(_value(record, "kind") or "").strip())
    points.widths.append(_decimal(_value(record, "width")))
    access = _decimal(_value(record, "access"))
    points.accesses.append(access if access >= 0 else 0.0)
    return ""


def _number_of(record: Record, when: str) -> Any:
    """Of the time asked for; else the plain number; else the night's, when people are at home."""
    order = [when] if when else []
    values = (_value(record, key) for key in [*order, "number", "night", "day"])
    return next((value for value in values if value is not None), None)


Spot = tuple[tuple[float, float], int, float, float]


def place_of(record: Record) -> tuple[str, str, Spot]:
    """Of a door: the shelter it names, why it cannot be used, and (place, node, width, access)."""
    lon, lat = _decimal(_value(record, "lon")), _decimal(_value(record, "lat"))
    node, access = _whole(_value(record, "node")), _decimal(_value(record, "access"))
    fault = ""
    if node is None and not (-180 <= lon <= 180 and -90 <= lat <= 90):
        fault = "位置未知"
    if str(_value(record, "state") or "").strip() in CLOSED:
        fault = "停用"
    known = node is not None and -1 < node < 2**63
    width = _decimal(_value(record, "width"))
    spot = ((lon, lat), int(node or 0) if known else -1, width, access if access >= 0 else 0.0)
    return str(_value(record, "shelter") or "").strip(), fault, spot


def _vulnerable(record: Record, number: int) -> int:
    """As counted, else by share; never more than there are people."""
    counted, share = _whole(_value(record, "vulnerable")), _decimal(_value(record, "share"))
    if counted is None:
        counted = round(number * share) if 0 <= share <= 1 else 0
    return min(number, max(0, counted))


def records(path: Path) -> Iterator[Record]:
    if path.suffix.lower() in (".csv", ".txt"):
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                for row in csv.DictReader(lines):
                    yield {str(key).strip().lower(): value for key, value in row.items()}
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise Problem("400.311", path=path, reason=error) from error
        return
    yield from _features(path)


def _features(path: Path) -> Iterator[Record]:
    """A polygon stands where its inner point is."""
    try:
        meta, _, geometry, fields = pyogrio.raw.read(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise Problem("400.311", path=path, reason=error) from error
    points = shapely.point_on_surface(shapely.from_wkb(geometry, on_invalid="ignore"))
    x, y = shapely.get_x(points), shapely.get_y(points)
    if meta.get("crs"):
        x, y = Transformer.from_crs(meta["crs"], "EPSG:4326", always_xy=True).transform(x, y)
    names = [str(name).lower() for name in meta["fields"]]
    for k in range(len(points)):
        record = {name: column[k] for name, column in zip(names, fields, strict=True)}
        yield record | {"lon": x[k], "lat": y[k]}


def _check_columns(path: Path, record: Record) -> None:
    placed = "node" in _known(record) or {"lon", "lat"} <= _known(record)
    known = _known(record)
    numbered = known & {"number", "day", "night"}
    lacking = ["id"] if "id" not in known else []
    lacking += [] if numbered else ["people（工程为 capacity）"]
    if lacking or not placed:
        columns = "、".join([*lacking, *(() if placed else ("lon、lat（或 node）",))])
        raise Problem("400.312", path=path.name, columns=columns)


def _known(record: Record) -> set[str]:
    return {key for key, names in ALIASES.items() if any(name in record for name in names)}


def _value(record: Record, key: str) -> Any:
    return next((record[name] for name in ALIASES[key] if record.get(name) not in (None, "")), None)


def _whole(value: Any) -> int | None:
    number = _decimal(value)
    return int(number) if math.isfinite(number) and number == int(number) else None


def _decimal(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
