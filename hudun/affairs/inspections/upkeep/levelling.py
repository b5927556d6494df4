"""Spreading work over weeks: the same input gives the same plan on every machine.

Turns with the fewest weeks to choose from go first; each takes the week in which its keeper has
least to do, of equal weeks one in which somebody is at that asset anyway, else the earliest.

Windows of a month, a quarter, a half and a year nest. A turn takes the lightest week of its
window, so it is also the lightest of its month: within a month two weeks never differ by more than
one task, whatever comes later. Across months the difference is what months of four and of five
weeks force: with M monthly tasks at most ⌈M/4⌉ − ⌊M/5⌋ before longer windows fill the gaps.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Need:
    """One turn of one asset."""

    keeper: str
    asset: str
    item: str
    number: int
    weeks: tuple[date, ...]

    @property
    def key(self) -> tuple[str, str, int]:
        return self.asset, self.item, self.number


def level(
    needs: Iterable[Need], held: Mapping[tuple[str, str, int], tuple[str, date]] | None = None
) -> dict[tuple[str, str, int], date]:
    """Key of the need → its week. ``held``: keys that have a keeper and a week already; they stay
    and weigh."""
    load: dict[str, Counter[date]] = defaultdict(Counter)
    present: dict[str, set[date]] = defaultdict(set)
    for (asset, _, _), (keeper, week) in (held or {}).items():
        load[keeper][week] += 1
        present[asset].add(week)
    placed: dict[tuple[str, str, int], date] = {}
    for need in sorted(needs, key=_first_served):
        weighs, here = load[need.keeper], present[need.asset]
        week = min(need.weeks, key=lambda w: (weighs[w], w not in here, w))
        weighs[week] += 1
        here.add(week)
        placed[need.key] = week
    return placed


def _first_served(need: Need) -> tuple[Any, ...]:
    return len(need.weeks), need.weeks[0], need.asset, need.item, need.number
