"""What reports ask about inspections."""

from .hazards import closed, found, in_time, open_now, overdue

__all__ = ["closed", "found", "in_time", "open_now", "overdue"]
