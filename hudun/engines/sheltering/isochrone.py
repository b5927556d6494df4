"""How far it is from everywhere: the nearest shelter of each node of the network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .network import Floats, Network, Nodes
from .routes import labels
from .search import Doors


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each node; −1 and infinite where no shelter is within the limit."""

    shelter: Nodes
    cost: Floats
    """To that shelter's nearest door, the step at the door included; units of the network."""

    def bands(self, edges: ArrayLike) -> Nodes:
        """0 up to the first edge (that included), 1 up to the second, …; −1 out of reach."""
        band = np.searchsorted(np.asarray(edges, np.float64), self.cost)
        return np.where(self.shelter < 0, -1, band).astype(np.int32)


def nearest(network: Network, doors: Doors, limit: float = np.inf) -> Nearest:
    """One search from all doors together, walked towards the shelters."""
    door, cost = labels(network, doors, limit)
    owner = np.repeat(np.arange(doors.shelters, dtype=np.int32), np.diff(doors.first))
    shelter = np.full(network.nodes, -1, np.int32)
    shelter[door >= 0] = owner[door[door >= 0]]
    return Nearest(shelter, cost)
