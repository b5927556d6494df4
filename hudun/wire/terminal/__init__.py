"""The terminal machine: a siren's side of the alarm wire.

``step`` takes the state and one event to the next state and its effects; ``output`` says what the
driver has to do now; ``next_wake`` says when a ``Tick`` is useful. Nothing here reads a clock,
a disk or a network.
"""

from hudun.wire.terminal.disk import records, restore
from hudun.wire.terminal.machine import step
from hudun.wire.terminal.provision import IssuerTrust, Provision
from hudun.wire.terminal.schedule import next_wake, output
from hudun.wire.terminal.types import (
    Booted,
    ButtonPressed,
    DriverSeen,
    Effect,
    Event,
    FrameArrived,
    LinkUp,
    Measured,
    Output,
    Save,
    Send,
    TerminalState,
    Tick,
)

__all__ = [
    "Booted", "ButtonPressed", "DriverSeen", "Effect", "Event", "FrameArrived", "IssuerTrust",
    "LinkUp", "Measured", "Output", "Provision", "Save", "Send", "TerminalState", "Tick",
    "next_wake", "output", "records", "restore", "step",
]  # fmt: skip
