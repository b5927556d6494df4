"""Coverage by 街道 and 社区."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from hudun.engines.acoustics.audible import Mask
from hudun.engines.acoustics.raster import Grid

from .crowd import Crowd


class Shares(NamedTuple):
    """Of one 社区 (or of people of a 街道 whose 社区 is not said). Areas are None where the layer
    of people has no outlines."""

    street: str
    community: str
    people: float
    hearing: float
    built_up_m2: float | None
    covered_m2: float | None

    @property
    def people_share(self) -> float | None:
        return self.hearing / self.people if self.people else None

    @property
    def area_share(self) -> float | None:
        return (
            self.covered_m2 / self.built_up_m2
            if self.built_up_m2 and self.covered_m2 is not None
            else None
        )


def shares(crowd: Crowd, grid: Grid, heard: Mask, ground: Mask) -> list[Shares]:
    """Nothing where the people have no names of places."""
    if not crowd.basis:
        return []
    count = len(crowd.places)
    people = np.bincount(crowd.place, crowd.people, count)
    hearing = np.bincount(crowd.place, crowd.people * heard.ravel()[crowd.cells], count)
    whole, covered = areas(crowd, grid, heard, ground)
    return [
        Shares(street, community, float(people[k]), float(hearing[k]), whole[k], covered[k])
        for k, (street, community) in enumerate(crowd.places)
    ]


def areas(
    crowd: Crowd, grid: Grid, heard: Mask, ground: Mask
) -> tuple[Sequence[float | None], Sequence[float | None]]:
    count = len(crowd.places)
    if crowd.zones is None:
        return [None] * count, [None] * count
    cell, inside = grid.step**2, ground & (crowd.zones >= 0)
    whole = np.bincount(crowd.zones[inside], minlength=count) * cell
    covered = np.bincount(crowd.zones[inside & heard], minlength=count) * cell
    return whole.tolist(), covered.tolist()


def by_street(found: Sequence[Shares]) -> list[Shares]:
    """Summed by 街道; those without one are left to the list of 社区."""
    summed: dict[str, Shares] = {}
    for one in found:
        if not one.street:
            continue
        before = summed.get(one.street)
        summed[one.street] = one._replace(community="") if before is None else added(before, one)
    return list(summed.values())


def added(one: Shares, other: Shares) -> Shares:
    return Shares(
        one.street,
        "",
        one.people + other.people,
        one.hearing + other.hearing,
        None if one.built_up_m2 is None else one.built_up_m2 + (other.built_up_m2 or 0.0),
        None if one.covered_m2 is None else one.covered_m2 + (other.covered_m2 or 0.0),
    )
