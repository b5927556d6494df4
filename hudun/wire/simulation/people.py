"""An office's people and what they sign, with keys that everybody knows: never for real use."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire import cose
from hudun.wire.frames import (
    Acknowledgement,
    Mode,
    Order,
    Release,
    Right,
    Roster,
    RosterKey,
    SirenList,
    Stop,
    Target,
    TimeAnswer,
    kid_octets,
)
from hudun.wire.terminal import IssuerTrust

NOON = 1_793_505_600  # 2026-11-01 12:00 Beijing
DAY = 86400
OFFICE, CITY = 430103, 430100
DESK, ALICE, BOB, CAROL, DAVE, EVE, FRANK = range(10, 17)
SOUND = Right.LIVE | Right.SILENT
TRIAL = Right.TRIAL | Right.SILENT


def key_for(name: str) -> Ed25519PrivateKey:
    """A key known to everybody: for tests only."""
    return Ed25519PrivateKey.from_private_bytes(sha256(f"test key {name}".encode()).digest())


def public(name: str) -> bytes:
    return key_for(name).public_key().public_bytes_raw()


@dataclass
class People:
    """Signs frames as the people of one office would."""

    number: int = OFFICE
    roster_number: int = 1
    rights: dict[int, Right] = field(
        default_factory=lambda: {
            DESK: Right.STOP | Right.SILENT | Right.TIME,
            ALICE: SOUND, BOB: SOUND, CAROL: TRIAL, DAVE: TRIAL, EVE: SOUND, FRANK: SOUND,
        }
    )  # fmt: skip
    until: int = NOON + 400 * DAY

    @property
    def trust(self) -> IssuerTrust:
        return IssuerTrust((public(f"root 0 of {self.number}"), public(f"root 1 of {self.number}")))

    def key(self, kid: int) -> Ed25519PrivateKey:
        return key_for(f"{kid} of {self.number}")

    def sign(self, kid: int, payload: bytes, key_of: int | None = None) -> bytes:
        """``key_of``: whose key really signs; another than ``kid`` is a forgery."""
        return cose.sign1(payload, kid_octets(kid), self.key(kid if key_of is None else key_of))

    def roster(self, root: int = 0, number: int | None = None) -> bytes:
        keys = tuple(self._roster_key(kid, rights) for kid, rights in self.rights.items())
        roster = Roster(self.number, number or self.roster_number, NOON - DAY, keys)
        root_key = key_for(f"root {root} of {self.number}")
        return cose.sign1(roster.encode(), kid_octets(root), root_key)

    def withdraw(self, *kids: int) -> None:
        """The next roster stands without these keys."""
        for kid in kids:
            self.rights.pop(kid, None)
        self.roster_number += 1

    def oldest_roster(self) -> bytes:
        """The first roster, with EVE and FRANK in it."""
        return People(self.number, rights={**self.rights, EVE: SOUND, FRANK: SOUND}).roster()

    def _roster_key(self, kid: int, rights: Right) -> RosterKey:
        person = 0 if kid == DESK else kid
        return RosterKey(kid, person, public(f"{kid} of {self.number}"), rights, self.until)

    def order(
        self, counter: int = 1, kid: int = ALICE, *, key_of: int | None = None, **changes: object
    ) -> bytes:
        order = Order(
            self.number, self.roster_number, counter, NOON, 600, Mode.LIVE, None, ((2, 0),),
            Target(),
        )  # fmt: skip
        return self.sign(kid, replace(order, **changes).encode(), key_of)  # type: ignore[arg-type]

    def planned(self, counter: int = 1, kid: int = CAROL, **changes: object) -> bytes:
        """A trial ordered at noon for 09:30 two days later."""
        start = 2 * DAY - 2 * 3600 - 1800
        settings = {"mode": Mode.TRIAL, "start": start, "life": start + 3600} | changes
        return self.order(counter, kid, **settings)  # type: ignore[arg-type]

    def release(
        self, *frames: bytes, kid: int = BOB, key_of: int | None = None, **changes: object
    ) -> bytes:
        order = Order.decode(cose.take_apart(frames[0]).payload)
        release = Release(
            self.number, self.roster_number, order.counter, cose.digest(*frames), order.issued + 20,
            10 if order.start is None else None,
        )  # fmt: skip
        return self.sign(kid, replace(release, **changes).encode(), key_of)  # type: ignore[arg-type]

    def stop(
        self, upto: int, kid: int = DESK, target: Target | None = None, *, issued: int = NOON,
        life: int = DAY,
    ) -> bytes:  # fmt: skip
        stop = Stop(self.number, self.roster_number, upto, issued, life, target or Target())
        return self.sign(kid, stop.encode())

    def list(self, number: int, *sirens: int, kid: int = ALICE) -> bytes:
        return self.sign(kid, SirenList(self.number, number, sirens).encode())

    def ack(self, siren: int, upto: int, kid: int = DESK) -> bytes:
        return self.sign(kid, Acknowledgement(self.number, siren, upto).encode())

    def time(self, nonce: bytes, now_ms: int, kid: int = DESK) -> bytes:
        return self.sign(kid, TimeAnswer(self.number, nonce, now_ms).encode())
