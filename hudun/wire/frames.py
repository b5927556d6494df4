"""The frames of the alarm wire: what each carries and how it is laid out (docs/wire.md).

Every payload is one CBOR array whose first item is the kind. Times are whole seconds since
1970-01-01 UTC unless a name ends in ``_ms``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Any, ClassVar, Self, TypeVar

import cbor2

from hudun.wire.cose import BadFrame

E = TypeVar("E", bound=IntEnum)

SHORT_FRAME = 140  # octets: one 8-bit SMS, one radio frame, one MQTT message


class Kind(IntEnum):
    """First item of every payload. SCHEDULE and LINK are reserved for later levels."""

    ORDER, RELEASE, STOP, TIME, RECEIPT, ROSTER, LIST, SCHEDULE, LINK = range(1, 10)
    ACKNOWLEDGEMENT, QUESTION, HEALTH = range(10, 13)


class Mode(IntEnum):
    """实警, 试鸣, 静默."""

    LIVE, TRIAL, SILENT = 1, 2, 3


class Right(IntFlag):
    """What a key may sign. LIVE and TRIAL never stand on one key."""

    LIVE, TRIAL, SILENT, STOP, TIME = 1, 2, 4, 8, 16


RIGHT_FOR_MODE = {Mode.LIVE: Right.LIVE, Mode.TRIAL: Right.TRIAL, Mode.SILENT: Right.SILENT}
DESK_PERSON = 0  # the server's own key belongs to nobody


class State(IntEnum):
    """What a receipt reports."""

    ACCEPTED, REFUSED, SOUNDING, FINISHED, INTERRUPTED, SILENT, UNPROVED = range(1, 8)
    STOPPED, UNSOLICITED, QUIET = range(8, 11)


class Evidence(IntEnum):
    """How the driver knows. SELF_TEST stands for all that a silent test can show."""

    NONE, CURRENT, MICROPHONE, RELAY, SELF_TEST = range(5)


class Reason(IntEnum):
    """Why a terminal refuses."""

    BAD_FRAME, BAD_SIGNATURE, UNKNOWN_KEY, WRONG_ISSUER, NO_RIGHT, SAME_PERSON = range(1, 7)
    REPLAY, EXPIRED, LATE_RELEASE, STOPPED, TRIAL_RULE, NO_CLOCK = range(7, 13)
    UNKNOWN_SIGNAL, NO_LIST, RETAINED, KEY_EXPIRED, CONFLICT, START_PASSED = range(13, 19)
    TOO_FAR_AHEAD = 19


@dataclass(frozen=True, slots=True)
class Target:
    """Whom an order or a stop addresses: exactly one of the four forms."""

    group: int = 0  # 0 is everybody
    list_number: int | None = None
    sirens: tuple[int, ...] = ()

    MOST_SIRENS: ClassVar[int] = 8

    def encode(self) -> Any:
        if self.sirens:
            return [list(self.sirens)]
        if self.list_number is not None:
            return [self.list_number, 0]
        return self.group

    @classmethod
    def decode(cls, item: Any) -> Self:
        match item:
            case int() if not isinstance(item, bool) and item >= 0:
                return cls(group=item)
            case [int(number), 0] if number > 0:
                return cls(list_number=number)
            case [[*sirens]] if 0 < len(sirens) <= cls.MOST_SIRENS:
                return cls(sirens=tuple(uint(siren) for siren in sirens))
        raise BadFrame("not a target")

    def addresses(self, siren: int, groups: frozenset[int], listed: frozenset[int] | None) -> bool:
        """Whether ``siren`` is meant; ``listed`` is the content of the signed list, if named."""
        if self.sirens:
            return siren in self.sirens
        if self.list_number is not None:
            return listed is not None and siren in listed
        return self.group == 0 or self.group in groups


@dataclass(frozen=True, slots=True)
class Order:
    """What the first person signs. ``start`` is seconds after ``issued``; None = immediate."""

    issuer: int
    roster: int
    counter: int
    issued: int
    life: int
    mode: Mode
    start: int | None
    programme: tuple[tuple[int, int], ...]  # (signal, seconds after the start)
    target: Target

    @property
    def starts_at(self) -> int | None:
        return None if self.start is None else self.issued + self.start

    @property
    def expires_at(self) -> int:
        return self.issued + self.life

    def encode(self) -> bytes:
        flat = [number for step in self.programme for number in step]
        return cbor2.dumps(
            [Kind.ORDER.value, self.issuer, self.roster, self.counter, self.issued, self.life,
             self.mode.value, self.start, flat, self.target.encode()]
        )  # fmt: skip

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        issuer, roster, counter, issued, life, mode, start, flat, target = items(
            payload, Kind.ORDER, 9
        )
        if not isinstance(flat, list) or not flat or len(flat) % 2:
            raise BadFrame("not a programme")
        numbers = [uint(number) for number in flat]
        programme = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        return cls(
            uint(issuer), uint(roster), uint(counter), uint(issued), uint(life),
            member(Mode, mode), optional_uint(start), programme, Target.decode(target),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Release:
    """What the second person signs: it names the order by the digest of its frame(s).

    ``digest`` is ``cose.digest(order_frame)``, or ``cose.digest(order_frame, list_frame)`` where
    the order names a list. ``start`` is seconds after ``released`` of an immediate order.
    """

    issuer: int
    roster: int
    counter: int
    digest: bytes
    released: int
    start: int | None

    def encode(self) -> bytes:
        return cbor2.dumps(
            [Kind.RELEASE.value, self.issuer, self.roster, self.counter, self.digest,
             self.released, self.start]
        )  # fmt: skip

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        issuer, roster, counter, digest, released, start = items(payload, Kind.RELEASE, 6)
        return cls(
            uint(issuer), uint(roster), uint(counter), octets(digest, 16), uint(released),
            optional_uint(start),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stop:
    """Ends every order of ``issuer`` with a counter ≤ ``upto``; later ones are untouched."""

    issuer: int
    roster: int
    upto: int
    issued: int
    life: int
    target: Target

    def encode(self) -> bytes:
        return cbor2.dumps(
            [Kind.STOP.value, self.issuer, self.roster, self.upto, self.issued, self.life,
             self.target.encode()]
        )  # fmt: skip

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        issuer, roster, upto, issued, life, target = items(payload, Kind.STOP, 6)
        return cls(
            uint(issuer), uint(roster), uint(upto), uint(issued), uint(life), Target.decode(target)
        )


@dataclass(frozen=True, slots=True)
class TimeAnswer:
    """The office's time, for the nonce of one question."""

    issuer: int
    nonce: bytes
    now_ms: int

    def encode(self) -> bytes:
        return cbor2.dumps([Kind.TIME.value, self.issuer, self.nonce, self.now_ms])

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        issuer, nonce, now_ms = items(payload, Kind.TIME, 3)
        return cls(uint(issuer), octets(nonce, 8), uint(now_ms))


@dataclass(frozen=True, slots=True)
class Offset:
    """Office time minus the terminal's clock, milliseconds, with its uncertainty (±)."""

    ms: int
    uncertainty_ms: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A terminal's signed word, numbered without gaps.

    ``signal`` is the position in the order's programme, None for the order as a whole. ``at_ms`` is
    office time where ``offset`` is known, else the terminal's clock. ``evidence`` is how the driver
    knows; ``amount`` is milliseconds of sound proved, or, in a refusal, how often the reason
    ``evidence`` occurred since the last receipt about it.
    """

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

    def encode(self) -> bytes:
        offset = None if self.offset is None else [self.offset.ms, self.offset.uncertainty_ms]
        return cbor2.dumps(
            [Kind.RECEIPT.value, self.siren, self.number, self.issuer, self.counter, self.signal,
             self.state.value, self.at_ms, [self.evidence, self.amount], offset]
        )  # fmt: skip

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        siren, number, issuer, counter, signal, state, at_ms, evidence, offset = items(
            payload, Kind.RECEIPT, 9
        )
        return cls(
            uint(siren), uint(number), uint(issuer), uint(counter), optional_uint(signal),
            member(State, state), uint(at_ms), *_pair(evidence), _offset(offset),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RosterKey:
    kid: int
    person: int
    public: bytes
    rights: Right
    until: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Who may sign what, until when. Signed by one of the two pinned root keys (kid 0 or 1)."""

    issuer: int
    number: int
    issued: int
    keys: tuple[RosterKey, ...]

    def encode(self) -> bytes:
        rows = [[k.kid, k.person, k.public, k.rights.value, k.until] for k in self.keys]
        return cbor2.dumps([Kind.ROSTER.value, self.issuer, self.number, self.issued, rows])

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        issuer, number, issued, rows = items(payload, Kind.ROSTER, 4)
        if not isinstance(rows, list):
            raise BadFrame("not a roster")
        keys = tuple(_roster_key(row) for row in rows)
        if len({key.kid for key in keys}) != len(keys):
            raise BadFrame("a key number twice")
        return cls(uint(issuer), uint(number), uint(issued), keys)

    def key(self, kid: int) -> RosterKey | None:
        return next((key for key in self.keys if key.kid == kid), None)


@dataclass(frozen=True, slots=True)
class SirenList:
    """A numbered list of sirens; signed by the person who signs the order that names it."""

    issuer: int
    number: int
    sirens: tuple[int, ...]

    def encode(self) -> bytes:
        return cbor2.dumps([Kind.LIST.value, self.issuer, self.number, list(self.sirens)])

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        issuer, number, sirens = items(payload, Kind.LIST, 3)
        if not isinstance(sirens, list):
            raise BadFrame("not a list")
        return cls(uint(issuer), uint(number), tuple(uint(siren) for siren in sirens))


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The office has committed every receipt of ``siren`` up to and including ``upto``."""

    issuer: int
    siren: int
    upto: int

    def encode(self) -> bytes:
        return cbor2.dumps([Kind.ACKNOWLEDGEMENT.value, self.issuer, self.siren, self.upto])

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        issuer, siren, upto = items(payload, Kind.ACKNOWLEDGEMENT, 3)
        return cls(uint(issuer), uint(siren), uint(upto))


@dataclass(frozen=True, slots=True)
class Question:
    """A terminal asks for the office's time; also its greeting after (re)connecting."""

    siren: int
    nonce: bytes

    def encode(self) -> bytes:
        return cbor2.dumps([Kind.QUESTION.value, self.siren, self.nonce])

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        siren, nonce = items(payload, Kind.QUESTION, 2)
        return cls(uint(siren), octets(nonce, 8))


@dataclass(frozen=True, slots=True)
class Health:
    """Telemetry. None = not measured by this terminal."""

    siren: int
    boot: int
    at_ms: int
    offset: Offset | None
    mains: bool | None
    battery_percent: int | None
    amplifier_ok: bool | None
    door_open: bool | None
    celsius: int | None
    sounding: bool | None
    rosters: tuple[tuple[int, int], ...]  # (issuer, roster number held)
    firmware: str

    def encode(self) -> bytes:
        offset = None if self.offset is None else [self.offset.ms, self.offset.uncertainty_ms]
        flat = [number for pair in self.rosters for number in pair]
        return cbor2.dumps(
            [Kind.HEALTH.value, self.siren, self.boot, self.at_ms, offset, self.mains,
             self.battery_percent, self.amplifier_ok, self.door_open, self.celsius, self.sounding,
             flat, self.firmware]
        )  # fmt: skip

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        siren, boot, at_ms, offset, *rest = items(payload, Kind.HEALTH, 12)
        mains, battery, amplifier, door, celsius, sounding, flat, firmware = rest
        if not isinstance(flat, list) or len(flat) % 2 or not isinstance(firmware, str):
            raise BadFrame("not a health report")
        numbers = [uint(number) for number in flat]
        return cls(
            uint(siren), uint(boot), uint(at_ms), _offset(offset), _flag(mains),
            optional_uint(battery), _flag(amplifier), _flag(door), _optional_int(celsius),
            _flag(sounding), tuple(zip(numbers[::2], numbers[1::2], strict=True)), firmware[:40],
        )  # fmt: skip


def kind_of(payload: bytes) -> Kind:
    """The kind of a payload; BadFrame when it is none of ours."""
    try:
        return Kind(uint(cbor2.loads(payload)[0]))
    except BadFrame:
        raise
    except Exception as error:
        raise BadFrame("no kind") from error


def items(payload: bytes, kind: Kind, count: int) -> list[Any]:
    """The items after the kind; BadFrame unless they are ``count`` and canonically encoded."""
    try:
        whole = cbor2.loads(payload)
        canonical = cbor2.dumps(whole) == payload
    except Exception as error:
        raise BadFrame("not CBOR") from error
    if not isinstance(whole, list) or len(whole) != count + 1 or whole[0] != kind or not canonical:
        raise BadFrame(f"not a {kind.name.lower()}")
    return whole[1:]


def uint(item: Any) -> int:
    if type(item) is not int or not 0 <= item < 1 << 53:
        raise BadFrame("not a number")
    return item


def optional_uint(item: Any) -> int | None:
    return None if item is None else uint(item)


def octets(item: Any, size: int) -> bytes:
    if not isinstance(item, bytes) or len(item) != size:
        raise BadFrame("not octets of the right size")
    return item


def member(enum: type[E], item: Any) -> E:
    try:
        return enum(uint(item))
    except ValueError as error:
        raise BadFrame(f"not a {enum.__name__.lower()}") from error


def kid_octets(kid: int) -> bytes:
    """A key number as it stands in the COSE header: 2 octets, 4 for a siren's number."""
    return kid.to_bytes(2, "big")


def siren_kid(siren: int) -> bytes:
    return siren.to_bytes(4, "big")


def _pair(item: Any) -> tuple[int, int]:
    if not isinstance(item, list) or len(item) != 2:
        raise BadFrame("not a pair")
    return uint(item[0]), uint(item[1])


def _offset(item: Any) -> Offset | None:
    if item is None:
        return None
    if not isinstance(item, list) or len(item) != 2 or type(item[0]) is not int:
        raise BadFrame("not an offset")
    return Offset(item[0], uint(item[1]))


def _flag(item: Any) -> bool | None:
    if item is None or isinstance(item, bool):
        return item
    raise BadFrame("not a flag")


def _optional_int(item: Any) -> int | None:
    if item is None or type(item) is int:
        return item
    raise BadFrame("not a number")


def _roster_key(row: Any) -> RosterKey:
    if not isinstance(row, list) or len(row) != 5:
        raise BadFrame("not a roster key")
    rights = Right(uint(row[3]))
    if Right.LIVE in rights and Right.TRIAL in rights:
        raise BadFrame("a key with both the live and the trial right")
    return RosterKey(uint(row[0]), uint(row[1]), octets(row[2], 32), rights, uint(row[4]))
