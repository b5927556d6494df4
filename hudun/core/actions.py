"""The verbs of the core, gathered."""

from .calendar.actions import set_day
from .notice.actions import add_channel, edit_channel, resend, try_channel
from .outbox.actions import revive_event
from .rule.actions import end_override, override_rule

__all__ = [
    "add_channel",
    "edit_channel",
    "end_override",
    "override_rule",
    "resend",
    "revive_event",
    "set_day",
    "try_channel",
]
