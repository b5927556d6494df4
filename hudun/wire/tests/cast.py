"""Who stands in the tests of the wire: an office with its people, and a terminal to speak to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire import cose
from hudun.wire.frames import (
    Acknowledgement,
    Mode,
    Order,
    Receipt,
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
from hudun.wire.terminal import (
    Booted,
    Effect,
    Event,
    FrameArrived,
    IssuerTrust,
    Provision,
    Save,
    Send,
    TerminalState,
    output,
    records,
    step,
)

NOON = 1_793_505_600  # 2026-11-01 12:00 Beijing
DAY = 86400
OFFICE, CITY = 430103, 430100
DESK, ALICE, BOB, CAROL, DAVE = 10, 11, 12, 13, 14
SOUND = Right.LIVE | Right.SILENT
TRIAL = Right.TRIAL | Right.SILENT


def key_for(name: str) -> Ed25519PrivateKey:
    """A key known to everybody: for tests only."""
    return Ed25519PrivateKey.from_private_bytes(sha256(f"test key {name}".encode()).digest())


def public(name: str) -> bytes:
    return key_for(name).public_key().public_bytes_raw()


@dataclass
class Office:
    """Signs frames as the people of one office would."""

    number: int = OFFICE
    roster_number: int = 1
    rights: dict[int, Right] = field(
        default_factory=lambda: {
            DESK: Right.STOP | Right.SILENT | Right.TIME,
            ALICE: SOUND, BOB: SOUND, CAROL: TRIAL, DAVE: TRIAL,
        }
    )  # fmt: skip
    until: int = NOON + 400 * DAY

    @property
    def trust(self) -> IssuerTrust:
        return IssuerTrust((public(f"root 0 of {self.number}"), public(f"root 1 of {self.number}")))

    def key(self, kid: int) -> Ed25519PrivateKey:
        return key_for(f"{kid} of {self.number}")

    def sign(self, kid: int, payload: bytes) -> bytes:
        return cose.sign1(payload, kid_octets(kid), self.key(kid))

    def roster(self, root: int = 0, number: int | None = None) -> bytes:
        keys = tuple(self._roster_key(kid, rights) for kid, rights in self.rights.items())
        roster = Roster(self.number, number or self.roster_number, NOON - DAY, keys)
        root_key = key_for(f"root {root} of {self.number}")
        return cose.sign1(roster.encode(), kid_octets(root), root_key)

    def _roster_key(self, kid: int, rights: Right) -> RosterKey:
        person = 0 if kid == DESK else kid
        return RosterKey(kid, person, public(f"{kid} of {self.number}"), rights, self.until)

    def order(self, counter: int = 1, kid: int = ALICE, **changes: object) -> bytes:
        order = Order(
            self.number, self.roster_number, counter, NOON, 600, Mode.LIVE, None, ((2, 0),),
            Target(),
        )  # fmt: skip
        return self.sign(kid, replace(order, **changes).encode())  # type: ignore[arg-type]

    def planned(self, counter: int = 1, kid: int = CAROL, **changes: object) -> bytes:
        """A trial ordered at noon for 09:30 two days later."""
        start = 2 * DAY - 2 * 3600 - 1800
        settings = {"mode": Mode.TRIAL, "start": start, "life": start + 3600} | changes
        return self.order(counter, kid, **settings)

    def release(self, *frames: bytes, kid: int = BOB, **changes: object) -> bytes:
        order = Order.decode(cose.take_apart(frames[0]).payload)
        release = Release(
            self.number, self.roster_number, order.counter, cose.digest(*frames), order.issued + 20,
            10 if order.start is None else None,
        )  # fmt: skip
        return self.sign(kid, replace(release, **changes).encode())  # type: ignore[arg-type]

    def stop(self, upto: int, kid: int = DESK, target: Target | None = None) -> bytes:
        stop = Stop(self.number, self.roster_number, upto, NOON, DAY, target or Target())
        return self.sign(kid, stop.encode())

    def list(self, number: int, *sirens: int, kid: int = ALICE) -> bytes:
        return self.sign(kid, SirenList(self.number, number, sirens).encode())

    def ack(self, siren: int, upto: int, kid: int = DESK) -> bytes:
        return self.sign(kid, Acknowledgement(self.number, siren, upto).encode())

    def time(self, nonce: bytes, now_ms: int, kid: int = DESK) -> bytes:
        return self.sign(kid, TimeAnswer(self.number, nonce, now_ms).encode())


class Siren:
    """A terminal under test: gives events to the machine and keeps what it saves and sends."""

    def __init__(
        self, office: Office, siren: int = 7, *, now: float = NOON, clock_ok: bool = True,
        provision: Provision | None = None,
    ) -> None:  # fmt: skip
        self.office = office
        self.provision = provision or Provision(
            siren, frozenset({3}), {office.number: office.trust, CITY: Office(CITY).trust}
        )
        self.key = key_for(f"siren {siren}")
        self.state = TerminalState.initial(self.provision)
        self.disk: dict[str, bytes] = {}
        self.sent: list[bytes] = []
        self.now = now
        self.boot = 0
        self.start(clock_ok)
        self.hear(office.roster())

    def start(self, clock_ok: bool = True) -> None:
        self.boot += 1
        self.give(Booted(self.boot, clock_ok))

    def reboot(self, *, now: float | None = None, clock_ok: bool = True) -> None:
        """Lose everything but the disk."""
        from hudun.wire.terminal import restore

        self.now = now or self.now
        self.state = restore(self.provision, self.disk)
        self.start(clock_ok)

    def give(self, event: Event, at: float | None = None) -> list[Effect]:
        self.now = self.now if at is None else at
        self.state, effects = step(self.state, event, self.now, self.key, self.provision)
        for effect in effects:
            self._carry_out(effect)
        return effects

    def hear(self, *frames: bytes, at: float | None = None, retained: bool = False) -> None:
        for frame in frames:
            self.give(FrameArrived(frame, "mqtt", retained), at)

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Save(key, None):
                self.disk.pop(key, None)
            case Save(key, bytes(value)):
                self.disk[key] = value
            case Send(frame, _):
                self.sent.append(frame)

    def on(self, at: float) -> bool:
        return output(self.state, at, self.provision).on

    @property
    def receipts(self) -> list[Receipt]:
        """Every receipt made so far that is not acknowledged, the home office's first."""
        return [
            Receipt.decode(cose.take_apart(frame).payload)
            for held in self.state.issuers.values()
            for frame in held.outbox.waiting.values()
        ]

    @property
    def told(self) -> list[str]:
        return [receipt.state.name for receipt in self.receipts]

    def disk_agrees(self) -> bool:
        return records(self.state) == self.disk
