"""What an office causes: rows to commit, frames to publish."""

from __future__ import annotations

from dataclasses import dataclass

from hudun.wire.frames import Health, Offset, State
from hudun.wire.office.types.verdicts import Judgement
from hudun.wire.topics import Topic


@dataclass(frozen=True, slots=True)
class SaveReceipt:
    """``siren`` and ``number`` are its identity: a second row with both is the same receipt."""

    siren: int
    number: int
    issuer: int
    counter: int
    signal: int | None
    state: State
    at_ms: int
    evidence: int
    amount: int
    offset: Offset | None
    arrived_at: float
    frame: bytes


@dataclass(frozen=True, slots=True)
class SaveAttempt:
    """An order or stop was handed to the broker: for one siren, or (None) for its whole target."""

    what: str  # "order" or "stop"
    counter: int
    siren: int | None
    at: float


@dataclass(frozen=True, slots=True)
class SaveVerdict:
    """The verdict of one signal at one siren; ``late``: it replaces an earlier one."""

    counter: int
    siren: int
    signal: int
    judgement: Judgement
    at: float
    late: bool = False


@dataclass(frozen=True, slots=True)
class SaveClosed:
    """Every siren and signal of the order has its verdict."""

    counter: int
    at: float


@dataclass(frozen=True, slots=True)
class SaveStopped:
    """Every siren of the stop has confirmed it, or it is no longer repeated."""

    upto: int
    at: float
    confirmed: int
    of: int


@dataclass(frozen=True, slots=True)
class SaveHealth:
    siren: int
    health: Health
    at: float


@dataclass(frozen=True, slots=True)
class Alert:
    """``kind``: "unsolicited", "quiet", "wrong_release"."""

    siren: int | None
    kind: str
    at: float


@dataclass(frozen=True, slots=True)
class Publish:
    topic: Topic
    frame: bytes


Save = SaveReceipt | SaveAttempt | SaveVerdict | SaveClosed | SaveStopped | SaveHealth | Alert
Effect = Save | Publish
