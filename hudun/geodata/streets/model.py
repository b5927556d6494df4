"""The network all readers give, and what was wrong with the file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = NDArray[np.int64]
Nodes = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SHOWN = 20
LONGEST_M = 40.0
"""Edges are cut to at most this length where positions are known, so that whoever lives beside the
middle of a long one is not sent to its end."""

EARTH = Geod(ellps="GRS80")


class BadStreets(ValueError):
    """Nothing to walk on could be read."""


@dataclass(frozen=True, slots=True)
class Fault:
    where: str
    reason: str


@dataclass(slots=True)
class Report:
    """What was read and what was left out, counted; the first faults by name."""

    read: int = 0
    kept: int = 0
    broken: int = 0
    loops: int = 0
    doubles: int = 0
    snapped: int = 0
    components: int = 0
    off_main: int = 0
    """Nodes outside the largest component."""
    faults: list[Fault] = field(default_factory=list)

    def blame(self, where: str, reason: str) -> None:
        self.broken += 1
        if len(self.faults) < SHOWN:
            self.faults.append(Fault(where, reason))


@dataclass(frozen=True, slots=True)
class Streets:
    """Node k is called `ids[k]` in the file and stands at `lon[k]`, `lat[k]` (NaN where the file
    has no positions); edge e joins `a[e]` and `b[e]`, `length[e]` metres along. `there` and `back`
    are the same in metres of level ground that take as long (equal to it without a DEM)."""

    ids: Ints
    lon: Floats
    lat: Floats
    a: Nodes
    b: Nodes
    length: Floats
    width: Floats
    """Clear width in metres, NaN where unknown."""
    there: Floats
    back: Floats
    component: Nodes
    report: Report
    ends: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    """Names of the two nodes each edge joins in the file; the pieces of a cut edge share them."""

    @property
    def placed(self) -> bool:
        return bool(len(self.lon)) and not bool(np.isnan(self.lon).all())


def clean(
    ids: Ints, lon: Floats, lat: Floats, a: Nodes, b: Nodes, length: Floats, width: Floats,
    report: Report,
) -> Streets:  # fmt: skip
    """Loops and doubles out (the shortest of parallel edges stays), unused nodes out, components
    found. BadStreets if nothing is left."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((length, high, low))
    low, high = low[order], high[order]
    double = (
        np.append(False, (low[1:] == low[:-1]) & (high[1:] == high[:-1])) if len(a) else low > 0
    )
    loop = low == high
    keep = ~(loop | double)
    report.loops, report.doubles = int(loop.sum()), int((double & ~loop).sum())
    report.kept = int(keep.sum())
    if not report.kept:
        raise BadStreets("no edge is left to walk on")
    used, ends = np.unique(np.concatenate([low[keep], high[keep]]), return_inverse=True)
    joined: Nodes = ends.astype(np.int32)
    length, width = length[order][keep], width[order][keep]
    streets = Streets(
        ids[used], lon[used], lat[used], joined[: report.kept], joined[report.kept :],
        length, width, length, length, np.zeros(len(used), np.int32), report,
        np.stack([ids[low[keep]], ids[high[keep]]], axis=1),
    )  # fmt: skip
    return with_components(_cut_long(streets) if streets.placed else streets)


def distances(lon_a: Floats, lat_a: Floats, lon_b: Floats, lat_b: Floats) -> Floats:
    """Metres on the ellipsoid."""
    _, _, metres = EARTH.inv(lon_a, lat_a, lon_b, lat_b)
    return np.asarray(metres, np.float64)


def _cut_long(streets: Streets) -> Streets:
    """Edges longer than LONGEST_M get nodes between; their ids are −1."""
    parts = np.maximum(1, np.ceil(streets.length / LONGEST_M)).astype(np.int64)
    if (parts == 1).all():
        return streets
    edge = np.repeat(np.arange(len(parts)), parts)
    place = np.arange(len(edge)) - np.repeat(np.cumsum(parts) - parts, parts)
    share = (place[place > 0] / parts[edge[place > 0]])[:, None]
    owner = edge[place > 0]
    between = len(streets.ids) + np.cumsum(place > 0) - 1
    last = place == parts[edge] - 1
    a = np.where(place == 0, streets.a[edge], between).astype(np.int32)
    b = np.where(last, streets.b[edge], between + 1).astype(np.int32)
    both = np.stack([streets.lon, streets.lat], axis=1)
    new = both[streets.a[owner]] * (1 - share) + both[streets.b[owner]] * share
    length = (streets.length / parts)[edge]
    return replace(
        streets,
        ids=np.concatenate([streets.ids, np.full(len(new), -1)]),
        lon=np.concatenate([streets.lon, new[:, 0]]),
        lat=np.concatenate([streets.lat, new[:, 1]]),
        a=a, b=b, length=length, width=streets.width[edge], there=length, back=length,
        ends=streets.ends[edge],
    )  # fmt: skip


def with_components(streets: Streets) -> Streets:
    nodes = len(streets.ids)
    a, b = (ends[np.isfinite(streets.there)] for ends in (streets.a, streets.b))
    graph = coo_array((np.ones(len(a), np.int8), (a, b)), (nodes, nodes))
    count, label = connected_components(graph, directed=False)
    off_main = int(nodes - np.bincount(label).max())
    report = replace(streets.report, components=int(count), off_main=off_main)
    return replace(streets, component=label.astype(np.int32), report=report)
