"""Working days by law: holidays and 调休 are data."""

from .days import Due, add_working_days, is_working, last_day_before

__all__ = ["Due", "add_working_days", "is_working", "last_day_before"]
