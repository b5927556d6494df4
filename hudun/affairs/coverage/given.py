"""What a coverage run is given: sirens, and files with their datum."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hudun.engines.acoustics.bands import Floats
from hudun.engines.geodesy import Datum
from hudun.geodata.projection import GeodataError

COLUMNS = {
    "name": ("name", "名称", "编号"),
    "lon": ("lon", "lng", "经度"),
    "lat": ("lat", "纬度"),
    "height": ("height", "高度"),
    "level": ("level", "db30", "声压级"),
}
LOUDEST_DB, QUIETEST_DB = 140.0, 80.0
HIGHEST_M = 500.0


@dataclass(frozen=True)
class Source:
    path: Path
    datum: Datum = Datum.CGCS2000


@dataclass(frozen=True)
class SirenTable:
    """lonlat (n, 2); heights above the ground, m; levels at 30 m, dB(A). line: to be shown."""

    names: list[str]
    lonlat: Floats
    heights: list[float]
    levels: list[float]
    line: str
    datum: Datum = Datum.CGCS2000


@dataclass(frozen=True)
class Asked:
    """Files and settings of one run. ambient: level where no zone says otherwise, dB(A); night:
    the zones' level by night. lift: a siren that would be inside a building stands on its roof."""

    sirens: SirenTable
    buildings: Source | None = None
    dem: Source | None = None
    population: Source | None = None
    people: float | None = None
    built_up: Source | None = None
    ambient_zones: Source | None = None
    ground_areas: Source | None = None
    step: float = 10.0
    reach: float = 3_000.0
    ground: float = 0.3
    missing: float = 6.0
    ambient: float = 60.0
    night: bool = False
    lift: bool = False


def read_sirens(path: Path, datum: Datum) -> SirenTable:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        keys = {key: column(reader.fieldnames or [], key, path) for key in COLUMNS}
        rows = list(reader)
    if not rows:
        raise GeodataError(f"{path.name} 里没有警报器")
    names = [row[keys["name"]] for row in rows]
    table = np.array(
        [
            [numeral(row[keys[key]], key, name, path) for key in ("lon", "lat", "height", "level")]
            for name, row in zip(names, rows, strict=True)
        ]
    )
    line = f"警报器 {len(names)} 台（{path.name}，30 m 处声压级 dB(A)）"
    heights, levels = table[:, 2].tolist(), table[:, 3].tolist()
    return checked(SirenTable(names, table[:, :2], heights, levels, line, datum))


def checked(table: SirenTable) -> SirenTable:
    if not table.names:
        raise GeodataError("没有一台警报器有位置")
    for name, height, level in zip(table.names, table.heights, table.levels, strict=True):
        if not 0.0 < height < HIGHEST_M:
            raise GeodataError(f"警报器 {name} 的高度 {height:g} m 不合理")
        if not QUIETEST_DB <= level <= LOUDEST_DB:
            raise GeodataError(f"警报器 {name} 的声压级 {level:g} dB 不合理（应为 30 m 处）")
    return table


def column(names: Sequence[str], key: str, path: Path) -> str:
    for name in names:
        if name.strip().lower() in COLUMNS[key]:
            return name
    raise GeodataError(f"{path.name} 没有这样一列：{'、'.join(COLUMNS[key])}")


def numeral(text: str | None, key: str, name: str, path: Path) -> float:
    try:
        return float(text or "")
    except ValueError as wrong:
        raise GeodataError(f"{path.name} 里警报器 {name} 的 {key} 不是数字：{text!r}") from wrong
