"""Events, effects, verdicts and state of the office machine."""

from hudun.wire.office.types.effects import (
    Alert,
    Effect,
    Publish,
    Save,
    SaveAttempt,
    SaveClosed,
    SaveHealth,
    SaveReceipt,
    SaveStopped,
    SaveVerdict,
)
from hudun.wire.office.types.events import (
    Archived,
    Event,
    FrameArrived,
    Listening,
    ListSigned,
    OrderSigned,
    Released,
    RosterSigned,
    SirenKnown,
    StopSigned,
    Tick,
)
from hudun.wire.office.types.state import (
    DeskKey,
    OfficeState,
    OrderWatch,
    Received,
    SignalFacts,
    SirenWatch,
    StopWatch,
    Timer,
    Tries,
)
from hudun.wire.office.types.verdicts import (
    Judgement,
    Verdict,
    Why,
)

__all__ = [
    "Alert", "Archived", "DeskKey", "Effect", "Event", "FrameArrived", "Judgement",
    "ListSigned", "Listening", "OfficeState", "OrderSigned", "OrderWatch", "Publish", "Received",
    "Released",
    "RosterSigned", "Save", "SaveAttempt", "SaveClosed", "SaveHealth", "SaveReceipt",
    "SaveStopped", "SaveVerdict", "SignalFacts", "SirenKnown", "SirenWatch", "StopSigned",
    "StopWatch", "Tick", "Timer", "Tries", "Verdict", "Why",
]  # fmt: skip
