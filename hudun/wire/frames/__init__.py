"""The frames of the alarm wire: what each carries and how it is laid out (docs/wire.md).

Every payload is one CBOR array whose first item is the kind. Times are whole seconds since
1970-01-01 UTC unless a name ends in ``_ms``.
"""

from hudun.wire.frames.fields import kid_octets, kind_of, siren_kid
from hudun.wire.frames.kinds import (
    DESK_PERSON,
    RIGHT_FOR_MODE,
    SHORT_FRAME,
    SHORT_KINDS,
    Evidence,
    Kind,
    Mode,
    Reason,
    Right,
    State,
)
from hudun.wire.frames.orders import Order, Release, SirenList, Stop, Target
from hudun.wire.frames.rosters import Roster, RosterKey
from hudun.wire.frames.words import (
    Acknowledgement,
    Health,
    Offset,
    Question,
    Receipt,
    TimeAnswer,
)

__all__ = [
    "DESK_PERSON", "RIGHT_FOR_MODE", "SHORT_FRAME", "SHORT_KINDS", "Acknowledgement",
    "Evidence", "Health", "Kind", "Mode", "Offset", "Order", "Question", "Reason", "Receipt",
    "Release", "Right", "Roster", "RosterKey", "SirenList", "State", "Stop", "Target",
    "TimeAnswer", "kid_octets", "kind_of", "siren_kid",
]  # fmt: skip
