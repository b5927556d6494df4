"""What recurs in the core, gathered."""

from .deadline.watch import find_overdue
from .housekeeping import sweep
from .processes.working import reclaim_tasks

__all__ = ["find_overdue", "reclaim_tasks", "sweep"]
