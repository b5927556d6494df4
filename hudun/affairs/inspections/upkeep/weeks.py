"""Weeks are named by their Monday and belong where their Thursday lies (ISO 8601), so that every
week belongs to exactly one month, quarter, half and year, and these nest."""

from datetime import date, timedelta
from functools import cache

WEEK = timedelta(days=7)
TO_THURSDAY = timedelta(days=3)
MONTHS_OF = {"月": 1, "季度": 3, "半年": 6, "年": 12}


def week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@cache
def weeks_of(year: int) -> tuple[date, ...]:
    """52 or 53 Mondays."""
    first = week_of(date(year, 1, 4))
    count = (week_of(date(year + 1, 1, 4)) - first) // WEEK
    return tuple(first + n * WEEK for n in range(count))


@cache
def windows(year: int, per: str) -> tuple[tuple[date, ...], ...]:
    """The weeks of each month, quarter, half, or of the year."""
    months = MONTHS_OF[per]
    parts: list[list[date]] = [[] for _ in range(12 // months)]
    for week in weeks_of(year):
        parts[((week + TO_THURSDAY).month - 1) // months].append(week)
    return tuple(map(tuple, parts))
