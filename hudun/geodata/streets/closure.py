"""Streets that cannot be walked any more: named by their ends, or crossed by a shape on the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .model import BadStreets, Flags, Streets, with_components


def closed(streets: Streets, which: Flags) -> Streets:
    """The same nodes and edges, with infinite costs where closed, and components without them: what
    counts nodes and edges stays comparable before and after."""
    there, back = (np.where(which, np.inf, cost) for cost in (streets.there, streets.back))
    return with_components(replace(streets, there=there, back=back))


def between(streets: Streets, pairs: Iterable[tuple[int, int]]) -> tuple[Flags, list[str]]:
    """(edges between those pairs of node names, in either order; pairs that join no edge)."""
    rows: dict[tuple[int, int], list[int]] = {}
    for edge, (a, b) in enumerate(streets.ends.tolist()):
        rows.setdefault((min(a, b), max(a, b)), []).append(edge)
    which, unknown = np.zeros(len(streets.a), bool), []
    for a, b in pairs:
        found = rows.get((min(a, b), max(a, b)), [])
        which[found] = True
        if not found:
            unknown.append(f"{a}-{b}")
    return which, unknown


def crossing(streets: Streets, shape: BaseGeometry) -> Flags:
    """Edges that touch a shape in lon/lat."""
    if not streets.placed:
        raise BadStreets("a network without positions has no map to draw on")
    places = np.stack([streets.lon, streets.lat], axis=1)
    lines = shapely.linestrings(np.stack([places[streets.a], places[streets.b]], axis=1))
    shapely.prepare(shape)
    return np.asarray(shapely.intersects(shape, lines))
