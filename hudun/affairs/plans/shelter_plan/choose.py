"""The assignment the planner asked for, and whether it is proved to be the best of its kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from hudun.engines.clearance.speeds import AGE_GROUPS, AgeGroup
from hudun.engines.sheltering.assign import Assignment, assign
from hudun.engines.sheltering.instance import Instance, convex
from hudun.engines.sheltering.network import Ints
from hudun.engines.sheltering.proof import verify
from hudun.engines.sheltering.whole import assign_together, keep_whole


@dataclass(frozen=True, slots=True)
class Terms:
    """What the planner asked for."""

    limit_m: float = 1_000.0
    fair: bool = False
    convex_m: float = 0.0
    """A walk of this length counts twice its length, of twice this three times; 0 to leave it."""
    whole: bool = False
    together: bool = False
    """Communities as well, each in one shelter, where one holds all of it."""
    warning_s: float = 60.0
    start_s: float = 120.0
    ages: tuple[AgeGroup, ...] = AGE_GROUPS


class Chosen(NamedTuple):
    plan: Assignment
    proved: bool
    """Of the optimum the plan is, or was made whole from."""


def choose(instance: Instance, community: list[str], terms: Terms) -> Chosen:
    best, proved = _best(instance, terms)
    if terms.together:
        return Chosen(assign_together(instance, groups(community)).plan, proved)
    return Chosen(keep_whole(best).plan if terms.whole else best, proved)


def _best(instance: Instance, terms: Terms) -> Chosen:
    bent = instance
    if terms.convex_m > 0:
        bent = convex(instance, max(1, round(terms.convex_m / instance.unit)))
    best = assign(bent, terms.fair)
    assert best.proof is not None
    proved = verify(bent, best.flow, best.proof).holds
    return Chosen(
        best if bent is instance else replace(best, instance=instance, proof=None), proved
    )


def groups(community: list[str]) -> Ints:
    """A number for each community; rows that name none are each their own."""
    names = [name or f"\0{row}" for row, name in enumerate(community)]
    return np.unique(np.array(names, dtype=str), return_inverse=True)[1].astype(np.int64)
