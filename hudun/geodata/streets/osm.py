"""OpenStreetMap PBF (or XML): every way a person may walk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmium

from .model import BadStreets, Report, Streets, clean, distances

NOT_WALKED = frozenset(
    {
        *("motorway", "motorway_link", "raceway", "bus_guideway", "corridor", "elevator"),
        *("construction", "proposed", "abandoned", "razed", "no"),
        *("platform", "rest_area", "services"),
    }
)
FORBIDDEN = frozenset({"no", "private", "use_sidepath"})
WIDTHS = {"footway": 2.0, "path": 1.5, "steps": 1.5, "pedestrian": 4.0, "track": 2.0}
"""Clear widths for walking where none is tagged; of other streets two pavements of 2 m."""
PAVEMENTS_M = 4.0


def read_osm(path: Path) -> Streets:
    """Ways with `highway=*` except those closed to people on foot; `oneway` is ignored. Ways
    lacking a node in the extract are cut there. BadStreets if the file cannot be read."""
    walker = _Walker()
    try:
        walker.apply_file(str(path), locations=True)
    except (RuntimeError, OSError) as error:
        raise BadStreets(f"{path.name}: {error}") from error
    return walker.streets()


class _Walker(osmium.SimpleHandler):
    def __init__(self) -> None:
        super().__init__()
        self.place: dict[int, tuple[float, float]] = {}
        self.edges: list[tuple[int, int, float]] = []
        self.report = Report()

    def way(self, way: osmium.osm.Way) -> None:
        if not walkable(way.tags):
            return
        self.report.read += 1
        width = _width(way.tags)
        before: int | None = None
        for node in way.nodes:
            if not node.location.valid():
                self.report.blame(f"way {way.id}", f"node {node.ref} has no position")
                before = None
                continue
            self.place[node.ref] = (node.lon, node.lat)
            if before is not None:
                self.edges.append((before, node.ref, width))
            before = node.ref

    def streets(self) -> Streets:
        if not self.edges:
            raise BadStreets("no way to walk in the file")
        ids = np.fromiter(self.place, np.int64, len(self.place))
        lonlat = np.array(list(self.place.values()))
        order = np.argsort(ids)
        ids, lon, lat = ids[order], lonlat[order, 0], lonlat[order, 1]
        table = np.array([edge[:2] for edge in self.edges], np.int64)
        a, b = np.searchsorted(ids, table).astype(np.int32).T
        length = distances(lon[a], lat[a], lon[b], lat[b])
        width = np.array([edge[2] for edge in self.edges])
        return clean(ids, lon, lat, a, b, length, width, self.report)


def walkable(tags: osmium.osm.TagList) -> bool:
    kind = tags.get("highway")
    if kind is None or kind in NOT_WALKED or tags.get("area") == "yes":
        return False
    foot = tags.get("foot")
    if foot is not None:
        return foot not in FORBIDDEN
    return tags.get("access") not in FORBIDDEN


def _width(tags: osmium.osm.TagList) -> float:
    return WIDTHS.get(tags.get("highway") or "", PAVEMENTS_M)
