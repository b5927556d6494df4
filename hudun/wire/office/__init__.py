"""The office machine: an issuer's side of the alarm wire.

``step`` takes the state and one event to its effects; every Save is committed before any Publish.
``resume`` makes the state anew from the rows that the Saves left.
"""

from hudun.wire.office.judge import Facts, judge
from hudun.wire.office.machine import step
from hudun.wire.office.redrive import next_wake
from hudun.wire.office.resume import OrderRow, StopRow, resume
from hudun.wire.office.types import (
    Alert,
    Archived,
    DeskKey,
    Effect,
    Event,
    FrameArrived,
    Judgement,
    Listening,
    ListSigned,
    OfficeState,
    OrderSigned,
    Publish,
    Received,
    Released,
    RosterSigned,
    Save,
    SaveAttempt,
    SaveClosed,
    SaveHealth,
    SaveReceipt,
    SaveStopped,
    SaveVerdict,
    SirenKnown,
    StopSigned,
    Tick,
    Verdict,
    Why,
)
from hudun.wire.office.words import REASON_NAMES, VERDICT_NAMES, WHY_NAMES, explain

__all__ = [
    "REASON_NAMES", "VERDICT_NAMES", "WHY_NAMES", "Alert", "Archived", "DeskKey", "Effect",
    "Event", "Facts", "FrameArrived", "Judgement", "ListSigned", "Listening", "OfficeState",
    "OrderRow", "OrderSigned", "Publish", "Received", "Released", "RosterSigned", "Save",
    "SaveAttempt", "SaveClosed", "SaveHealth", "SaveReceipt", "SaveStopped", "SaveVerdict",
    "SirenKnown", "StopRow", "StopSigned", "Tick", "Verdict", "Why", "explain", "judge",
    "next_wake", "resume", "step",
]  # fmt: skip
