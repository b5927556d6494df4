"""What recurs in inspections, gathered."""

from .hazards import escalate_overdue

__all__ = ["escalate_overdue"]
