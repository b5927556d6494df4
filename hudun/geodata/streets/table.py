"""A table of edges, with or without a table of node positions: text, one row a line.

Edges: `from, to, metres[, width]`; nodes: `id, lon, lat`. Columns stand between commas, semicolons,
tabs or blanks; a first line of names is skipped. A line that cannot be read is named and counted,
and the rest is used: a file of a million lines is not lost for one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from .model import BadStreets, Floats, Ints, Report, Streets, clean

Row = TypeVar("Row")
Edge = tuple[int, int, float, float]
Place = tuple[int, float, float]


def read_edges(edges: Path, nodes: Path | None = None) -> Streets:
    report = Report()
    table = list(_rows(edges, _edge, report))
    if not table:
        raise BadStreets(f"{edges.name}: no edge could be read")
    ends = np.array([row[:2] for row in table], np.int64)
    ids, place = np.unique(ends, return_inverse=True)
    lon, lat = _positions(nodes, ids, report)
    a, b = place.reshape(ends.shape).astype(np.int32).T
    length, width = (np.array([row[k] for row in table]) for k in (2, 3))
    return clean(ids, lon, lat, a, b, length, width, report)


def _positions(nodes: Path | None, ids: Ints, report: Report) -> tuple[Floats, Floats]:
    lon, lat = np.full(len(ids), np.nan), np.full(len(ids), np.nan)
    if nodes is None:
        return lon, lat
    for name, x, y in _rows(nodes, _place, report):
        k = int(np.searchsorted(ids, name))
        if k < len(ids) and ids[k] == name:
            lon[k], lat[k] = x, y
    lost = np.isnan(lon)
    if lost.any():
        report.blame(
            nodes.name, f"{int(lost.sum())} nodes without a position, first {ids[lost][0]}"
        )
    return lon, lat


def _rows(path: Path, parse: Callable[[list[str]], Row], report: Report) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                cells = line.replace(",", " ").replace(";", " ").split()
                if not cells or cells[0].startswith("#"):
                    continue
                report.read += 1
                try:
                    yield parse(cells)
                except (ValueError, IndexError) as error:
                    if number == 1 and not cells[0].lstrip("-").isdigit():
                        report.read -= 1  # a line of names
                        continue
                    report.blame(f"{path.name}:{number}", str(error) or "cannot be read")
    except OSError as error:
        raise BadStreets(f"{path.name}: {error.strerror}") from error


def _edge(cells: list[str]) -> Edge:
    if len(cells) < 3:
        raise ValueError(f"{len(cells)} columns, at least 3 wanted")
    length = float(cells[2])
    if not (math.isfinite(length) and length >= 0):
        raise ValueError(f"length {cells[2]}")
    return _name(cells[0]), _name(cells[1]), length, float(cells[3]) if len(cells) > 3 else math.nan


def _name(cell: str) -> int:
    if not -(2**63) <= int(cell) < 2**63:
        raise ValueError(f"node {cell}")
    return int(cell)


def _place(cells: list[str]) -> Place:
    lon, lat = float(cells[1]), float(cells[2])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"position {lon}, {lat}")
    return _name(cells[0]), lon, lat
