"""Street lines of a GIS: GeoPackage, shapefile, GeoJSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from hudun.geodata.formats import unpacked

from .model import BadStreets, Floats, Nodes, Report, Streets, clean, distances

Shapes = NDArray[Any]

SNAP_M = 1.0
"""Ends drawn this close are the same crossing."""
METRES_PER_DEGREE = 111_320.0


def read_lines(path: Path, layer: str | None = None, snap_m: float = SNAP_M) -> Streets:
    """Every vertex becomes a node; vertices within `snap_m` are joined into one. A file without a
    coordinate system is taken as degrees if its numbers can be. BadStreets if nothing can be
    read."""
    try:
        with unpacked(path) as inner:
            meta, _, geometry, fields = pyogrio.raw.read(inner, layer=layer)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        ValueError,
    ) as error:
        raise BadStreets(f"{path.name}: {error}") from error
    report = Report(read=len(geometry))
    parts, width = _parts(shapely.from_wkb(geometry, on_invalid="ignore"), meta, fields, report)
    if not len(parts):
        raise BadStreets(f"{path.name}: no lines")
    xy, owner = shapely.get_coordinates(parts, return_index=True)
    lon, lat = _degrees(xy, meta.get("crs"))
    place, count = _joined(lon, lat, snap_m)
    report.snapped = len(np.unique(xy, axis=0)) - count
    along = np.flatnonzero(owner[1:] == owner[:-1])
    length = distances(lon[along], lat[along], lon[along + 1], lat[along + 1])
    first = np.unique(place, return_index=True)[1]
    return clean(
        np.arange(count), lon[first], lat[first], place[along], place[along + 1],
        length, width[owner[along]], report,
    )  # fmt: skip


def _parts(
    shapes: Shapes, meta: dict[str, Any], fields: list[Shapes], report: Report
) -> tuple[Shapes, Floats]:
    """Single lines, each with the width of the feature it belongs to."""
    names = [str(name).lower() for name in meta["fields"]]
    given = fields[names.index("width")] if "width" in names else np.full(len(shapes), np.nan)
    kind = shapely.get_type_id(shapes)
    for row in np.flatnonzero(~np.isin(kind, (1, 2, 5)) | shapely.is_empty(shapes)):
        report.blame(f"feature {row + 1}", "not a line")
    good = np.isin(kind, (1, 2, 5)) & ~shapely.is_empty(shapes)
    parts, owner = shapely.get_parts(shapes[good], return_index=True)
    return parts, np.asarray(given, np.float64)[good][owner]


def _degrees(xy: Floats, crs: str | None) -> tuple[Floats, Floats]:
    if crs is not None:
        x, y = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(xy[:, 0], xy[:, 1])
        return np.asarray(x), np.asarray(y)
    if (np.abs(xy[:, 0]) > 180).any() or (np.abs(xy[:, 1]) > 90).any():
        raise BadStreets("metres without a coordinate system")
    return xy[:, 0], xy[:, 1]


def _joined(lon: Floats, lat: Floats, snap_m: float) -> tuple[Nodes, int]:
    """The node of each vertex: clusters of vertices each within `snap_m` of the next."""
    scale = np.array([np.cos(np.radians(lat.mean())), 1.0]) * METRES_PER_DEGREE
    places, vertex = np.unique(np.stack([lon, lat], axis=1), axis=0, return_inverse=True)
    pairs = KDTree(places * scale).query_pairs(snap_m, output_type="ndarray")
    graph = coo_array((np.ones(len(pairs), np.int8), tuple(pairs.T)), (len(places), len(places)))
    count, label = connected_components(graph, directed=False)
    return label[vertex.ravel()].astype(np.int32), int(count)
