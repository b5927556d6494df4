"""An office that can sign, and sirens that obey: what the tests of soundings stand on.

Rows that no action of ours makes are made directly here. Time moves only when a test moves it.
"""

from .box import Box
from .net import Answer, MemoryLink, Net, at_once
from .office import (
    LIVE,
    SIGNERS,
    TRIAL,
    Office,
    key_for,
    make_office,
    make_siren,
    register_roster,
    system,
)
from .time import NOON, Time, time_stands

__all__ = [
    "LIVE",
    "NOON",
    "SIGNERS",
    "TRIAL",
    "Answer",
    "Box",
    "MemoryLink",
    "Net",
    "Office",
    "Time",
    "at_once",
    "key_for",
    "make_office",
    "make_siren",
    "register_roster",
    "system",
    "time_stands",
]
