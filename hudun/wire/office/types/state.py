"""What an office knows. Times are seconds of its own clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire.frames import Order, Receipt, Roster, Stop
from hudun.wire.office.types.verdicts import Judgement
from hudun.wire.signals import PATTERNS, Pattern


@dataclass(frozen=True, slots=True)
class DeskKey:
    """The server's own key: stop, silent and time."""

    kid: int
    key: Ed25519PrivateKey


@dataclass(slots=True)
class SignalFacts:
    """What the terminal has said about one signal."""

    sounding: Receipt | None = None
    ended: Receipt | None = None


@dataclass(slots=True)
class Tries:
    """Copies sent to one siren alone. ``next_at`` tells the timer that counts from older ones."""

    attempts: int = 0
    tried_at: float = 0.0
    next_at: float = 0.0


@dataclass(slots=True)
class SirenWatch:
    """One siren of one order."""

    signals: list[SignalFacts]
    verdicts: list[Judgement | None]
    accepted: int = 0  # number of the receipt that said so
    refused: Receipt | None = None
    stopped: bool = False  # the terminal says that this order is ended
    stop_sent: bool = False
    tries: Tries = field(default_factory=Tries)

    @property
    def taken(self) -> bool:
        return self.accepted > 0

    @property
    def closed(self) -> bool:
        return None not in self.verdicts


@dataclass(slots=True)
class OrderWatch:
    """An order from its signature to its filing."""

    order: Order
    order_frame: bytes
    sirens: dict[int, SirenWatch]
    release_frame: bytes | None = None
    list_frame: bytes | None = None
    released_at: float = 0.0
    starts_at: float = 0.0
    open_verdicts: int = 0

    @property
    def frames(self) -> list[bytes]:
        """What a siren has to get, in the order in which it helps most."""
        return [frame for frame in (self.list_frame, self.order_frame, self.release_frame) if frame]


@dataclass(slots=True)
class StopWatch:
    stop: Stop
    frame: bytes
    sirens: tuple[int, ...]
    waiting: dict[int, Tries]  # sirens that have not confirmed
    ended: bool = False


@dataclass(slots=True)
class Received:
    """Receipt numbers of one siren: all up to ``upto``, and some beyond a gap."""

    upto: int = 0
    ahead: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Received:
        received = cls()
        for number in sorted(numbers):
            received.add(number)
        return received

    def add(self, number: int) -> bool:
        """Whether the number is new."""
        if number <= self.upto or number in self.ahead:
            return False
        self.ahead.add(number)
        while self.upto + 1 in self.ahead:
            self.upto += 1
            self.ahead.remove(self.upto)
        return True


class Timer(NamedTuple):
    """What is to be done at a time; the sequence makes the heap's order one and the same."""

    at: float
    sequence: int
    what: str
    counter: int
    siren: int


@dataclass(slots=True)
class OfficeState:
    """Owned and changed in place by ``step``, which is deterministic.

    Everything that must outlive the process leaves as a Save effect: after a kill, ``resume``
    makes the state anew from rows.
    """

    office: int
    patterns: Mapping[int, Pattern] = field(default_factory=lambda: PATTERNS)
    keys: dict[int, bytes] = field(default_factory=dict)
    orders: dict[int, OrderWatch] = field(default_factory=dict)
    lists: dict[tuple[int, bytes], bytes] = field(default_factory=dict)  # (number, kid) → frame
    stops: dict[int, StopWatch] = field(default_factory=dict)
    stopped: dict[int, int] = field(default_factory=dict)  # siren → highest counter it has ended
    roster: Roster | None = None
    roster_frame: bytes = b""
    roster_sent: dict[int, float] = field(default_factory=dict)
    received: dict[int, Received] = field(default_factory=dict)
    heard: dict[int, float] = field(default_factory=dict)  # last fresh word, by our clock
    listening_from: float = 0.0  # nobody's silence counts before the grace after this is over
    health: dict[int, tuple[int, int]] = field(default_factory=dict)  # (boot, at_ms)
    acks: dict[int, float] = field(default_factory=dict)  # siren → when to acknowledge
    timers: list[Timer] = field(default_factory=list)
    sequence: int = 0
    strangers: int = 0  # frames under an up-topic that were not that terminal's word
