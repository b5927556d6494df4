"""Events, effects and state of the terminal machine."""

from hudun.wire.terminal.types.effects import (
    Effect,
    Output,
    Save,
    Send,
)
from hudun.wire.terminal.types.events import (
    Booted,
    ButtonPressed,
    DriverSeen,
    Event,
    FrameArrived,
    LinkUp,
    Measured,
    Tick,
)
from hudun.wire.terminal.types.state import (
    Accepted,
    Asked,
    Half,
    IssuerState,
    Outbox,
    Progress,
    Refusals,
    Seen,
    TerminalState,
    Unsolicited,
)
from hudun.wire.terminal.types.turn import (
    Turn,
)

__all__ = [
    "Accepted", "Asked", "Booted", "ButtonPressed", "DriverSeen", "Effect", "Event",
    "FrameArrived", "Half", "IssuerState", "LinkUp", "Measured", "Outbox", "Output", "Progress",
    "Refusals", "Save", "Seen", "Send", "TerminalState", "Tick", "Turn", "Unsolicited",
]  # fmt: skip
