"""What offices and terminals say to each other by themselves: receipts, time, health."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import cbor2

from hudun.wire.cose import BadFrame
from hudun.wire.frames.fields import (
    flag,
    items,
    member,
    octets,
    optional_int,
    optional_uint,
    pair,
    uint,
)
from hudun.wire.frames.kinds import Kind, State

LONGEST_FIRMWARE = 40


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
            member(State, state), uint(at_ms), *pair(evidence), _offset(offset),
        )  # fmt: skip


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
        if not isinstance(flat, list) or len(flat) % 2:
            raise BadFrame("not a health report")
        if not isinstance(firmware, str) or len(firmware) > LONGEST_FIRMWARE:
            raise BadFrame("not a health report")
        numbers = [uint(number) for number in flat]
        return cls(
            uint(siren), uint(boot), uint(at_ms), _offset(offset), flag(mains),
            optional_uint(battery), flag(amplifier), flag(door), optional_int(celsius),
            flag(sounding), tuple(zip(numbers[::2], numbers[1::2], strict=True)), firmware,
        )  # fmt: skip


def _offset(item: Any) -> Offset | None:
    if item is None:
        return None
    if not isinstance(item, list) or len(item) != 2 or type(item[0]) is not int:
        raise BadFrame("not an offset")
    return Offset(item[0], uint(item[1]))
