"""What people sign: orders, releases, stops, lists, and whom they address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import cbor2

from hudun.wire.cose import BadFrame
from hudun.wire.frames.fields import items, member, octets, optional_uint, uint
from hudun.wire.frames.kinds import Kind, Mode


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
        if not isinstance(item, list):
            return cls(group=uint(item))
        match item:
            case [number, zero] if uint(zero) == 0 and uint(number) > 0:
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
