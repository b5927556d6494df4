"""Who may sign what, until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import cbor2

from hudun.wire.cose import BadFrame
from hudun.wire.frames.fields import items, octets, uint
from hudun.wire.frames.kinds import Kind, Right


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


def _roster_key(row: Any) -> RosterKey:
    if not isinstance(row, list) or len(row) != 5:
        raise BadFrame("not a roster key")
    rights = Right(uint(row[3]))
    if Right.LIVE in rights and Right.TRIAL in rights:
        raise BadFrame("a key with both the live and the trial right")
    return RosterKey(uint(row[0]), uint(row[1]), octets(row[2], 32), rights, uint(row[4]))
