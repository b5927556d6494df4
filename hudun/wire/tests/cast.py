"""A terminal to speak to, and an office machine that speaks."""

from __future__ import annotations

from hudun.wire import cose
from hudun.wire import office as desk
from hudun.wire.frames import Evidence, Receipt
from hudun.wire.simulation.people import (
    ALICE,
    BOB,
    CAROL,
    CITY,
    DAVE,
    DAY,
    DESK,
    NOON,
    OFFICE,
    People,
    key_for,
    public,
)
from hudun.wire.terminal import (
    Booted,
    DriverSeen,
    Effect,
    Event,
    FrameArrived,
    Provision,
    Save,
    Send,
    TerminalState,
    Tick,
    output,
    records,
    restore,
    step,
)

__all__ = [
    "ALICE", "BOB", "CAROL", "CITY", "DAVE", "DAY", "DESK", "NOON", "OFFICE", "Dispatch", "People",
    "Siren", "key_for", "play", "public",
]  # fmt: skip


class Siren:
    """A terminal under test: gives events to the machine and keeps what it saves and sends."""

    def __init__(
        self, office: People, siren: int = 7, *, now: float = NOON, clock_ok: bool = True,
        provision: Provision | None = None,
    ) -> None:  # fmt: skip
        self.office = office
        self.provision = provision or Provision(
            siren, frozenset({3}), {office.number: office.trust, CITY: People(CITY).trust}
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


def play(
    siren: Siren, until: float, *, kind: Evidence = Evidence.CURRENT, works: bool = True
) -> None:
    """Let the siren follow its machine, a driver reporting every second and at each edge."""
    while siren.now < until:
        due = output(siren.state, siren.now, siren.provision)
        on = (due.on and works) if kind is not Evidence.NONE else None
        siren.give(DriverSeen(on, kind))
        siren.give(Tick(), min(siren.now + 1, due.until, until))


class Dispatch:
    """An office machine under test, with a wire to sirens that loses nothing."""

    def __init__(self, people: People, *sirens: Siren) -> None:
        self.people, self.sirens = people, {siren.provision.siren: siren for siren in sirens}
        self.desk_key = desk.DeskKey(DESK, people.key(DESK))
        self.state = desk.OfficeState(people.number)
        self.rows: list[desk.Save] = []
        self.published: list[desk.Publish] = []
        self.cut = False
        self.now = float(NOON)
        for number, siren in self.sirens.items():
            self.give(desk.SirenKnown(number, siren.key.public_key().public_bytes_raw()))

    def give(self, event: desk.Event, at: float | None = None) -> list[desk.Effect]:
        self.now = self.now if at is None else at
        self.state, effects = desk.step(self.state, event, self.now, self.desk_key)
        self.rows += [effect for effect in effects if not isinstance(effect, desk.Publish)]
        sent = [effect for effect in effects if isinstance(effect, desk.Publish)]
        self.published += sent
        for each in sent if not self.cut else []:
            for siren in self._reached(each):
                siren.hear(each.frame, at=self.now)
        return effects

    def collect(self, at: float | None = None) -> None:
        """Bring in what the sirens have sent."""
        for siren in self.sirens.values():
            sent, siren.sent = siren.sent, []
            for frame in sent if not self.cut else []:
                self.give(desk.FrameArrived(siren.provision.siren, frame), at)

    def order(self, order: bytes, *, at: float, kid: int = BOB) -> None:
        self.give(desk.OrderSigned(order, tuple(self.sirens)), at)
        self.give(desk.Released(self.people.release(order, kid=kid)), at)

    def verdicts(self) -> dict[tuple[int, int, int], desk.Judgement]:
        """(counter, siren, signal) → the verdict as it stands."""
        given = (row for row in self.rows if isinstance(row, desk.SaveVerdict))
        return {(row.counter, row.siren, row.signal): row.judgement for row in given}

    def _reached(self, publish: desk.Publish) -> list[Siren]:
        topic = publish.topic
        if topic.siren is not None:
            return [self.sirens[topic.siren]]
        return [
            siren
            for siren in self.sirens.values()
            if topic.group is None or topic.group in siren.provision.groups
        ]
