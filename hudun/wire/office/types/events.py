"""What happens to an office."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderSigned:
    """The first person has signed. ``sirens`` are those its target means today."""

    frame: bytes
    sirens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListSigned:
    frame: bytes


@dataclass(frozen=True, slots=True)
class Released:
    """The second person has signed: the order goes out."""

    frame: bytes


@dataclass(frozen=True, slots=True)
class StopSigned:
    frame: bytes
    sirens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RosterSigned:
    frame: bytes


@dataclass(frozen=True, slots=True)
class SirenKnown:
    """A siren and the public key (32 octets) of its terminal."""

    siren: int
    public: bytes


@dataclass(frozen=True, slots=True)
class FrameArrived:
    """A message under a terminal's up-topic; the broker lets only that terminal write there."""

    siren_of_topic: int
    frame: bytes


@dataclass(frozen=True, slots=True)
class Listening:
    """Our own line to the terminals is up again: until now they could not be heard."""


@dataclass(frozen=True, slots=True)
class Archived:
    """The sounding is filed: late receipts are still stored, verdicts stand."""

    counter: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed; useful at ``next_wake``."""


Event = (
    OrderSigned | ListSigned | Released | StopSigned | RosterSigned | SirenKnown
    | FrameArrived | Listening | Archived | Tick
)  # fmt: skip
