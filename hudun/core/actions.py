"""The verbs of the core, gathered."""

from .calendar.actions import set_day
from .outbox.actions import revive_event
from .rule.actions import end_override, override_rule

__all__ = ["end_override", "override_rule", "revive_event", "set_day"]
