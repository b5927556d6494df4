"""The streets, from whatever file they come in."""

from __future__ import annotations

from pathlib import Path

from hudun.core.error import Problem
from hudun.geodata.streets import (
    BadStreets,
    Streets,
    read_edges,
    read_lines,
    read_osm,
    with_slope,
)

TABLES = ("", ".csv", ".txt", ".dat", ".tsv")


def read_streets(path: Path, nodes: Path | None = None, dem: Path | None = None) -> Streets:
    """OpenStreetMap, GIS lines or a table of edges; 400.310 where nothing can be walked on."""
    kind = path.suffix.lower()
    try:
        if kind in (".pbf", ".osm", ".bz2"):
            streets = read_osm(path)
        elif kind in TABLES:
            streets = read_edges(path, nodes)
        else:
            streets = read_lines(path)
        return with_slope(streets, dem) if dem else streets
    except BadStreets as error:
        raise Problem("400.310", path=path.name, reason=error) from error
