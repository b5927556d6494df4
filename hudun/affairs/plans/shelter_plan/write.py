"""The tables into files: CSV for everybody, GeoJSON and GeoPackage for the map."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from . import tables
from .picture import draw
from .plan import Result
from .tables import Row

GEO = {".geojson": "GeoJSON", ".gpkg": "GPKG"}


def write(result: Result, folder: Path, forms: set[str]) -> Row:
    """Writes all files and gives the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        "assignment": tables.assignment(result),
        "gaps": tables.gaps(result),
        "shelters": tables.shelters(result),
        "communities": tables.communities(result),
    }
    for name, rows in written.items():
        csv_file(folder / f"{name}.csv", rows)
    told = tables.summary(result)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / "summary.json").write_text(text, encoding="utf-8")
    if result.ground.streets.placed:
        for form in sorted(forms - {"csv"}):
            _layers(result, folder, f".{form}", written["gaps"], written["shelters"])
        draw(result, folder / "plan.png")
    return told


def write_more(folder: Path, told: Row, more: dict[str, list[Row]]) -> None:
    """Further tables beside the plan, and their totals in its summary."""
    for name, rows in more.items():
        csv_file(folder / f"{name}.csv", rows)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / "summary.json").write_text(text, encoding="utf-8")


def csv_file(path: Path, rows: list[Row]) -> None:
    """With a byte-order mark, or Excel shows no Chinese."""
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]) if rows else ["（无）"])
        writer.writeheader()
        writer.writerows(rows)


def _layers(
    result: Result, folder: Path, suffix: str, gaps: list[Row], shelters: list[Row]
) -> None:
    lines, rows = _routes(result)
    for name, shapes, table in (
        ("routes", lines, rows),
        ("gaps", _points(gaps), gaps),
        ("shelters", _points(shelters), shelters),
    ):
        if not table:
            continue
        one_file = suffix == ".gpkg"
        path = folder / ("plan.gpkg" if one_file else f"{name}{suffix}")
        fields = [key for key in table[0] if key not in ("lon", "lat")]
        pyogrio.raw.write(
            path,
            shapely.to_wkb(shapes),
            [np.array([row[key] for row in table]) for key in fields],
            fields,
            layer=name,
            driver=GEO[suffix],
            geometry_type="LineString" if name == "routes" else "Point",
            crs="EPSG:4326",
        )


def _points(rows: list[Row]) -> np.ndarray:
    return shapely.points([(row["lon"], row["lat"]) for row in rows])


def _routes(result: Result) -> tuple[np.ndarray, list[Row]]:
    """One line a pair; a walk of no length has none."""
    streets, ways = result.ground.streets, result.ways
    shapes, kept = [], []
    door = result.ground.door[ways.door]
    for k, row in enumerate(tables.assignment(result)):
        nodes = np.append(ways.node[ways.first[k] : ways.first[k + 1]], door[k])
        if len(nodes) > 1:
            shapes.append(shapely.linestrings(streets.lon[nodes], streets.lat[nodes]))
            kept.append(row)
    return np.array(shapes), kept
