"""People and doors onto the network: the nearest node, if it is near enough."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree

from .lines import METRES_PER_DEGREE
from .model import BadStreets, Flags, Floats, Nodes, Streets

FARTHEST_M = 300.0


class Snapped(NamedTuple):
    node: Nodes
    """−1 where the position is unknown or no street is near."""
    metres: Floats
    """From the point to its node, in a straight line."""

    @property
    def found(self) -> Flags:
        return np.asarray(self.node >= 0)


def snap(streets: Streets, lon: Floats, lat: Floats, farthest_m: float = FARTHEST_M) -> Snapped:
    """The nearest node of each point, preferring the largest component: a courtyard path that
    leads nowhere does not capture a house unless the street is twice as far."""
    if not streets.placed:
        raise BadStreets("nothing can be snapped to a network without positions")
    middle = np.nanmean(streets.lat)
    scale = np.array([np.cos(np.radians(middle)), 1.0]) * METRES_PER_DEGREE
    known = np.flatnonzero(~np.isnan(streets.lon))
    main = known[streets.component[known] == np.bincount(streets.component).argmax()]
    points = np.stack([lon, lat], axis=1) * scale
    good = np.isfinite(points).all(axis=1)
    node, metres = np.full(len(points), -1, np.int32), np.full(len(points), np.inf)
    node[good], metres[good] = _nearest(streets, scale, known, points[good])
    road, way = _nearest(streets, scale, main, points[good])
    better = way <= np.minimum(2 * metres[good], farthest_m)
    node[good], metres[good] = (
        np.where(better, road, node[good]),
        np.where(better, way, metres[good]),
    )
    node[metres > farthest_m] = -1
    return Snapped(node, metres)


def _nearest(
    streets: Streets, scale: Floats, nodes: np.ndarray, points: Floats
) -> tuple[Nodes, Floats]:
    places = np.stack([streets.lon[nodes], streets.lat[nodes]], axis=1) * scale
    metres, place = KDTree(places).query(points)
    return nodes[place].astype(np.int32), np.asarray(metres)
