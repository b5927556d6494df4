"""The nouns of the core, gathered for Django."""

from .attachment.models import Attachment
from .calendar.models import CalendarDay
from .deadline.models import Deadline
from .journal.models import JournalHead, JournalLine
from .ledger.models import ImportDraft
from .live.models import Change
from .notice.models import Channel, Message, Sending
from .organ import Organ, Post, User
from .outbox.models import Attempt, Event
from .paper.models import IssuedPaper, PaperCounter, PaperFile
from .planner.models import Run
from .plate.models import Plate
from .processes.models import Heartbeat, Tick
from .rule.models import RuleOverride

__all__ = [
    "Attachment",
    "Attempt",
    "CalendarDay",
    "Change",
    "Channel",
    "Deadline",
    "Event",
    "Heartbeat",
    "ImportDraft",
    "IssuedPaper",
    "JournalHead",
    "JournalLine",
    "Message",
    "Organ",
    "PaperCounter",
    "PaperFile",
    "Plate",
    "Post",
    "RuleOverride",
    "Run",
    "Sending",
    "Tick",
    "User",
]
