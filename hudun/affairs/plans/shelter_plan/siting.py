"""Shelters where none are known, placed by the siting engine: the p-median of the people on the
walking network, with a proved bound; a place for everybody who has it nearest, up to a size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hudun.engines.sheltering.network import Floats, Ints
from hudun.engines.siting import median
from hudun.geodata.streets import Streets

from .ground import lay_ground
from .plan import instance_reach
from .points import Points, picked

MOST_CANDIDATES = 2_500
"""Rows with most people; the matrix of distances is dense."""
FARTHER = 3.0
"""Nobody is farther from a site than this many times the limit, as the engine sees it."""
ROUND = 100


@dataclass(frozen=True, slots=True)
class Sited:
    shelters: Points
    mean_m: float
    """Of the people to the nearest site, those out of reach at the farthest."""
    gap: float
    """No choice of as many sites is better by more than this share."""


def site_shelters(
    streets: Streets, people: Points, sites: int, size: int, limit: float, seconds: float
) -> Sited:
    most = np.argsort(-people.number, kind="stable")[:MOST_CANDIDATES]
    most = most[people.number[most] > 0]
    distance = _distances(streets, people, most, limit)
    weight = people.number.astype(np.float64)
    answer = median(distance, weight, min(sites, len(most) - 1), seconds)
    chosen = answer.sites
    near = distance[chosen]
    owner = near.argmin(axis=0)
    inside = near.min(axis=0) <= limit
    load = np.bincount(owner[inside], people.number[inside], len(chosen))
    places = np.minimum(size, np.maximum(1, -(-load // ROUND)) * ROUND).astype(np.int64)
    shelters = picked(people, most[chosen].tolist(), places.tolist())
    return Sited(shelters, answer.value / max(1.0, float(weight.sum())), answer.gap)


def _distances(streets: Streets, people: Points, most: Ints, limit: float) -> Floats:
    """(candidates, rows), metres."""
    candidates = picked(people, most.tolist(), [1] * len(most))
    found = instance_reach(lay_ground(streets, people, candidates), FARTHER * limit)
    distance = np.full((len(most), len(people.id)), FARTHER * limit)
    distance[found.shelter, found.rows()] = found.cost
    return distance
