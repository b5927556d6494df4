"""What is to be done how often, and the turns that it has in a year."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from .weeks import MONTHS_OF, WEEK, windows

EVERYWHERE = "通用"
YEARS = re.compile(r"(\d+)年")


@dataclass(frozen=True)
class PeriodItem:
    """``per`` is 月, 季度, 半年, 年 or a number of years ("2年"); in each there are at least
    ``times`` turns. ``before`` is the last day ("MM-DD") of the first turn in a year."""

    key: str
    system: str
    text: str
    kind: str
    times: int
    per: str
    clause: str
    before: str = ""
    note: str = ""

    @property
    def years(self) -> int:
        """1 for what recurs within the year."""
        found = YEARS.fullmatch(self.per)
        return int(found[1]) if found else 1

    @property
    def window(self) -> str:
        return "年" if self.years > 1 else self.per


@dataclass(frozen=True)
class Occurrence:
    """The `number`-th turn of the year, to be done in one of the weeks."""

    item: PeriodItem
    number: int
    weeks: tuple[date, ...]


def read_periods(value: Iterable[dict[str, Any]]) -> list[PeriodItem]:
    items = [PeriodItem(**each) for each in value]
    unknown = {item.window for item in items} - set(MONTHS_OF)
    if unknown:
        raise ValueError(f"periods that are not known: {sorted(unknown)}")
    return items


def occurrences(
    items: Iterable[PeriodItem],
    systems: Collection[str],
    year: int,
    code: str,
    last_done: dict[str, int],
) -> Iterator[Occurrence]:
    """Of one asset. What recurs after years falls so many years after it was last done
    (``last_done``: item → year); where that is not known, the code of the plate decides, so that
    the work of many assets does not fall into one year."""
    for item in items:
        if item.system not in (EVERYWHERE, *systems):
            continue
        if _falls_in(item, year, code, last_done.get(item.key)):
            yield from _turns(item, year)


def _falls_in(item: PeriodItem, year: int, code: str, last: int | None) -> bool:
    if item.years == 1:
        return True
    if last is not None:
        return year - last >= item.years
    return (year - _spread(code, item.key)) % item.years == 0


def _spread(code: str, key: str) -> int:
    return int(sha256(f"{code}:{key}".encode()).hexdigest()[:8], 16)


def _turns(item: PeriodItem, year: int) -> Iterator[Occurrence]:
    number = 0
    for weeks in windows(year, item.window):
        for part in _parts(weeks, item.times):
            number += 1
            yield Occurrence(item, number, _in_time(item, part, year) if number == 1 else part)


def _parts(weeks: tuple[date, ...], times: int) -> Iterator[tuple[date, ...]]:
    """So many turns in one window: each in its own part of it."""
    size = len(weeks)
    for n in range(times):
        yield weeks[n * size // times : max((n + 1) * size // times, n * size // times + 1)]


def _in_time(item: PeriodItem, weeks: tuple[date, ...], year: int) -> tuple[date, ...]:
    if not item.before:
        return weeks
    limit = date.fromisoformat(f"{year}-{item.before}")
    return tuple(week for week in weeks if week + WEEK <= limit) or weeks[:1]
