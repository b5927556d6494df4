"""Where more places are needed, and where they serve most.

Two answers: how many places each standing shelter would need more (the people left over go to the
nearest, as if it had no limit), and the best sites for new shelters, greedily: each next one where
most people left over are within reach (maximal covering; greedy is at least 63 % of the optimum,
Nemhauser, Wolsey and Fisher 1978).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .assign import Assignment
from .network import Ints
from .search import Reach


@dataclass(frozen=True, slots=True)
class Site:
    candidate: int
    people: int
    """Left-over people it would take in: the places it needs."""


def more_places(plan: Assignment) -> Ints:
    """Places lacking at each standing shelter if everybody left over went to the nearest one in
    reach. Those with none in reach are in no shelter's number."""
    instance, left = plan.instance, plan.left
    lacking = np.zeros(instance.shelters, np.int64)
    order = np.lexsort((instance.cost, instance.rows()))
    some = (np.diff(instance.first) > 0) & (left > 0)
    nearest = order[instance.first[:-1][some]]
    np.add.at(lacking, instance.shelter[nearest], left[some])
    return lacking


def best_sites(left: Ints, found: Reach, sites: int, largest: int) -> list[Site]:
    """At most `sites` of the candidates that `found` names for each demand, each taking in at most
    `largest` people, nearest first; in the order in which they should be built."""
    rows = found.rows()
    by_candidate = np.lexsort((found.cost, found.shelter))
    candidate = found.shelter[by_candidate]
    count = int(found.shelter.max(initial=-1)) + 1
    starts = np.searchsorted(candidate, np.arange(count + 1))
    waiting = left.copy()
    chosen: list[Site] = []
    for _ in range(sites):
        worth = np.bincount(found.shelter, waiting[rows], count) if count else np.zeros(0)
        best = int(worth.argmax()) if count else -1
        if best < 0 or worth[best] <= 0:
            break
        there = rows[by_candidate[starts[best] : starts[best + 1]]]
        taken = np.diff(np.minimum(np.cumsum(waiting[there]), largest), prepend=0)
        waiting[there] -= taken
        chosen.append(Site(best, int(taken.sum())))
    return chosen
