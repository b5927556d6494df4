"""State, events and effects of the terminal machine. Times are seconds of the terminal's clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire.frames import (
    Evidence,
    Mode,
    Offset,
    Order,
    Reason,
    Release,
    Roster,
    SirenList,
    State,
)
from hudun.wire.terminal.provision import Provision
from hudun.wire.terminal.window import Window

# ---- events


@dataclass(frozen=True, slots=True)
class FrameArrived:
    """A message came in. ``retained`` is the broker's flag on it."""

    frame: bytes
    bearer: str
    retained: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed; useful at ``next_wake`` and harmless at any other time."""


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """The test button at the siren."""


@dataclass(frozen=True, slots=True)
class DriverSeen:
    """What the driver's evidence shows now: sound or none, None = it cannot tell.

    With ``kind`` SELF_TEST, ``on`` is whether the self test of a silent signal passed. To be given
    at each change and at least every ``evidence_gap_s`` while there is sound.
    """

    on: bool | None
    kind: Evidence


@dataclass(frozen=True, slots=True)
class LinkUp:
    """A bearer has (re)connected and is subscribed."""

    bearer: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What the sensors say; None = not measured."""

    mains: bool | None = None
    battery_percent: int | None = None
    amplifier_ok: bool | None = None
    door_open: bool | None = None
    celsius: int | None = None


@dataclass(frozen=True, slots=True)
class Booted:
    """The program has begun. ``boot`` grows by one each time; ``clock_ok``: the clock kept time."""

    boot: int
    clock_ok: bool


Event = FrameArrived | Tick | ButtonPressed | DriverSeen | LinkUp | Measured | Booted

# ---- effects


@dataclass(frozen=True, slots=True)
class Save:
    """Keep a record (None: remove it). All of a step's are committed before anything is sent."""

    key: str
    value: bytes | None


@dataclass(frozen=True, slots=True)
class Send:
    """Publish on every live bearer, under the own up-topic of the office ``to``."""

    frame: bytes
    to: int


Effect = Save | Send


@dataclass(frozen=True, slots=True)
class Output:
    """What the driver has to do until ``until``; ``on`` False = no sound."""

    on: bool
    until: float
    mode: Mode | None = None
    self_test: bool = False
    issuer: int = 0
    counter: int = 0
    signal: int | None = None  # position in the programme
    number: int | None = None  # which signal


# ---- state


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


@dataclass(slots=True)
class Turn:
    """One step in progress: the state so far, and what it will cause.

    ``state`` is a copy that belongs to the turn, so it may be changed in place until the step
    ends; what it refers to is shared with the state before, and never changed.
    """

    state: TerminalState
    now: float
    key: Ed25519PrivateKey
    provision: Provision
    sends: list[Send] = field(default_factory=list)
    changed_issuers: set[int] = field(default_factory=set)
    changed_rosters: set[int] = field(default_factory=set)
    changed_orders: set[tuple[int, int]] = field(default_factory=set)
    saves: dict[str, bytes | None] = field(default_factory=dict)
    owned: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.state = replace(self.state)

    def update(self, **changes: Any) -> None:
        for name, value in changes.items():
            object.__setattr__(self.state, name, value)

    def update_issuer(self, number: int, **changes: Any) -> None:
        """As ``update``: the first change of an issuer makes a copy that is the turn's own."""
        if number not in self.owned:
            self.owned.add(number)
            own = replace(self.state.issuers[number])
            self.update(issuers={**self.state.issuers, number: own})
        for name, value in changes.items():
            object.__setattr__(self.state.issuers[number], name, value)

    def put_order(self, accepted: Accepted) -> None:
        self.update(orders={**self.state.orders, accepted.key: accepted})
