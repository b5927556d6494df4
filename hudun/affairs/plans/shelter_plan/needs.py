"""Where places are lacking: at shelters that are full, and at the best places for new ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hudun.engines.sheltering.network import Ints
from hudun.engines.sheltering.places import best_sites, more_places
from hudun.engines.sheltering.search import Doors, Reach, reach

from .plan import Result
from .tables import Row

CANDIDATES = 5_000


def needs(result: Result, sites: int, size: int) -> list[Row]:
    """Two answers to the same gap, not to be added: more places where people already can go, or at
    most `sites` new shelters of at most `size` places, beside the people who lack one."""
    shelters, people = result.ground.shelters, result.ground.people
    lacking = more_places(result.plan)
    wider = [
        _row("扩容", shelters.id[j], shelters.places[j], int(lacking[j]))
        for j in np.argsort(-lacking, kind="stable")
        if lacking[j]
    ]
    candidates = _candidates(result)
    found = _near(result, candidates)
    new = [
        _row("新建", people.id[row], people.places[row], site.people)
        for site in best_sites(result.plan.left, found, sites, size)
        for row in [candidates[site.candidate]]
    ]
    return wider + new


def _row(kind: str, at: str, place: tuple[float, float], people: int) -> Row:
    return {"kind": kind, "at": at, "people": people, "lon": place[0], "lat": place[1]}


def _candidates(result: Result) -> Ints:
    """Rows with people left over who stand on the streets, those with most of them first."""
    left = np.where(result.ground.home >= 0, result.plan.left, 0)
    most = np.argsort(-left, kind="stable")[:CANDIDATES]
    return most[left[most] > 0]


def _near(result: Result, candidates: Ints) -> Reach:
    """From each row with people left over to every candidate within the limit."""
    ground, limit = result.ground, result.terms.limit_m
    here = Doors.of(
        len(candidates), np.arange(len(candidates)), ground.home[candidates],
        ground.home_m[candidates],
    )  # fmt: skip
    rows = np.flatnonzero((ground.home >= 0) & (result.plan.left > 0))
    found = reach(ground.network, here, ground.home[rows], limit)
    counts = np.zeros(len(ground.home), np.int64)
    counts[rows] = found.counts()
    return replace(found, first=np.concatenate([[0], np.cumsum(counts)]))
