"""What reports ask about inspections."""

from .checks import campaign_progress, made, outcomes, plates_visited, tests_valid, upkeep_done
from .hazards import closed, found, in_time, open_now, overdue

__all__ = [
    "campaign_progress",
    "closed",
    "found",
    "in_time",
    "made",
    "open_now",
    "outcomes",
    "overdue",
    "plates_visited",
    "tests_valid",
    "upkeep_done",
]
