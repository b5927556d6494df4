"""What a terminal knows. Times are seconds of its own clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf

from hudun.wire.frames import (
    Evidence,
    Offset,
    Order,
    Reason,
    Release,
    Roster,
    SirenList,
    State,
)
from hudun.wire.terminal.provision import Provision
from hudun.wire.terminal.types.events import Measured
from hudun.wire.terminal.window import Window


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one signal of an order has come. ``proved`` is seconds of sound.

    ``unseen``: the driver followed, and nothing measured whether there was sound.
    """

    started: float | None = None
    ended: float | None = None
    proved: float = 0.0
    kind: Evidence = Evidence.NONE
    self_test: bool | None = None
    closed: State | None = None
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """An order that acts, or has acted."""

    order: Order
    order_frame: bytes
    release_frame: bytes
    list_frame: bytes | None
    digest: bytes  # what the release names
    order_digest: bytes
    start_at: float
    boot: int  # the boot in which it was accepted
    on_counter: bool  # accepted without a clock: ``start_at`` means something in that boot only
    suspended: bool = False  # planned, and the clock was lost since
    signals: tuple[Progress, ...] = ()
    over: bool = False  # every signal is closed
    saved_at: float = 0.0

    @property
    def key(self) -> tuple[int, int]:
        return self.order.issuer, self.order.counter

    def with_signals(self, signals: tuple[Progress, ...]) -> Accepted:
        over = all(progress.closed is not None for progress in signals)
        return replace(self, signals=signals, over=over)


@dataclass(frozen=True, slots=True)
class Half:
    """A verified frame that waits for the one it belongs to."""

    kid: int
    frame: bytes
    body: Order | Release | SirenList


@dataclass(frozen=True, slots=True)
class Outbox:
    """Receipts for one office: numbered from 1, kept until acknowledged."""

    next_number: int = 1
    acked: int = 0
    waiting: Mapping[int, bytes] = field(default_factory=dict)
    sent: int = 0  # highest number sent since the link came up
    attempts: int = 0
    resend_at: float = inf


@dataclass(frozen=True, slots=True)
class IssuerState:
    """What the terminal holds for one issuer."""

    roster: Roster | None = None
    roster_frame: bytes = b""
    window: Window = field(default_factory=Window)
    stopped_upto: int = 0
    outbox: Outbox = field(default_factory=Outbox)
    halves: tuple[Half, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusals:
    """Refusals for one reason since the last receipt about it."""

    told_at: float
    waiting: int = 0
    issuer: int = 0
    counter: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """The question about the time that waits for its answer."""

    nonce: bytes
    to: int
    at: float
    again: float  # seconds until the next one, should no answer come


@dataclass(frozen=True, slots=True)
class Seen:
    """The last word of the driver."""

    on: bool | None
    kind: Evidence
    at: float


@dataclass(frozen=True, slots=True)
class Unsolicited:
    """Sound with nothing due."""

    since: float
    told: bool = False


@dataclass(frozen=True, slots=True)
class TerminalState:
    """Records hold issuers, outboxes and orders; the rest is lost with the power."""

    issuers: Mapping[int, IssuerState]
    orders: Mapping[tuple[int, int], Accepted] = field(default_factory=dict)
    latest: float = 0.0  # the clock was never before this
    boot: int = 0
    booted_at: float = 0.0
    clock_ok: bool = True
    offset: Offset | None = None  # to office time, for receipts only
    offset_at: float = 0.0
    asked: Asked | None = None
    questions: int = 0
    refusals: Mapping[Reason, Refusals] = field(default_factory=dict)
    pressed_at: float | None = None
    seen: Seen | None = None
    unsolicited: Unsolicited | None = None
    measured: Measured = field(default_factory=Measured)
    health_at: float = 0.0
    question_at: float = 0.0

    @classmethod
    def initial(cls, provision: Provision) -> TerminalState:
        return cls({number: IssuerState() for number in provision.issuers})
