"""Counting days. The national calendar comes from the chinesecalendar package; an office adds
its own days. Beyond the published years Monday to Friday is taken, and the result is provisional.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import version as package_version

import chinese_calendar

from hudun.core.calendar.models import CalendarDay
from hudun.core.clock import BEIJING
from hudun.core.organ import Organ

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    date: date
    provisional: bool
    """True when a day was counted whose calendar the State Council has not published yet."""
    version: str
    """Names the calendar that was counted by."""

    @property
    def moment(self) -> datetime:
        """The end of that day in Beijing."""
        return datetime.combine(self.date + ONE_DAY, time(), BEIJING)


def add_working_days(day: date, n: int, organ: Organ | None = None) -> Due:
    """The n-th working day after `day`; the day itself is not counted."""
    own, provisional = _own_days(organ), False
    left = n
    while left > 0:
        day += ONE_DAY
        provisional = provisional or not _published(day, own)
        left -= _working(day, own)
    return Due(day, provisional, _version(own))


def is_working(day: date, organ: Organ | None = None) -> bool:
    return _working(day, _own_days(organ))


def last_day_before(day: date, n: int) -> date:
    """The last day on which something can be done if n whole calendar days must lie between it
    and `day`: five whole days before November 1 leave October 26."""
    return day - (n + 1) * ONE_DAY


def _own_days(organ: Organ | None) -> dict[date, bool]:
    """Day → working, of the organ and those above it; the nearer organ wins."""
    if organ is None:
        return {}
    days = CalendarDay.objects.filter(organ__path__in=organ.paths_above()).order_by("organ__depth")
    return dict(days.values_list("day", "working"))


def _working(day: date, own: dict[date, bool]) -> bool:
    if day in own:
        return own[day]
    if _covered(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def _published(day: date, own: dict[date, bool]) -> bool:
    return day in own or _covered(day.year)


@cache
def _covered(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _version(own: dict[date, bool]) -> str:
    national = f"chinesecalendar-{package_version('chinesecalendar')}"
    if not own:
        return national
    text = ";".join(f"{day}={working}" for day, working in sorted(own.items()))
    return f"{national}+{sha256(text.encode()).hexdigest()[:8]}"
