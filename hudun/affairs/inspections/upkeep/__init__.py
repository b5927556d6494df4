"""The yearly plan of upkeep: what is due in which week. No database."""

from .levelling import Need, level
from .periods import Occurrence, PeriodItem, occurrences, read_periods
from .weeks import week_of, weeks_of, windows

__all__ = [
    "Need",
    "Occurrence",
    "PeriodItem",
    "level",
    "occurrences",
    "read_periods",
    "week_of",
    "weeks_of",
    "windows",
]
