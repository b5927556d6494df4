"""An enemy at the broker, perhaps with a stolen key: repeats, twists, flags, forges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from hudun.wire.frames import Mode
from hudun.wire.simulation.house import SHORT_SIGNAL, House
from hudun.wire.simulation.people import ALICE, BOB, CAROL, DAVE, DESK, EVE, FRANK, OFFICE
from hudun.wire.simulation.terminal import Terminal
from hudun.wire.simulation.world import World

DEEDS = (
    "repeat", "repeat", "repeat", "twist", "retain", "misplace", "forge", "old_word", "conspire",
    "conspire", "defect",
)  # fmt: skip


@dataclass
class Enemy:
    world: World
    house: House

    def plan(self, begins: float, ends: float) -> None:
        chance = self.world.chance
        for _ in range(chance.randint(4, 14)):
            deed = getattr(self, f"_{chance.choice(DEEDS)}")
            self.world.at(chance.uniform(begins, ends), deed)
        stolen = chance.choice((None, ALICE, CAROL, DESK))
        if self.world.happens(0.5):
            self._keep_messages()
        if stolen is not None:
            for _ in range(2):
                self.world.at(chance.uniform(begins, ends), partial(self._abuse, stolen))

    def _repeat(self) -> None:
        """Say again all that was said lately, to one terminal or to all, in any sequence."""
        chance, down = self.world.chance, self.house.overheard.down
        if not down:
            return
        frames = list(dict.fromkeys(chance.sample(down[-60:], min(len(down), 12))))
        hearers = [*self.house.terminals.values()]
        self.world.note("enemy: repeats")
        for terminal in hearers if self.world.happens(0.5) else [chance.choice(hearers)]:
            for frame in frames:
                terminal.line.carry(frame, terminal.hear)

    def _twist(self) -> None:
        chance, down = self.world.chance, self.house.overheard.down
        if not down:
            return
        frame = bytearray(chance.choice(down))
        frame[chance.randrange(len(frame))] ^= 1 << chance.randrange(8)
        for terminal in self.house.terminals.values():
            terminal.hear(bytes(frame))

    def _retain(self) -> None:
        for terminal in self.house.terminals.values():
            self._hand_over_kept(terminal)

    def _keep_messages(self) -> None:
        """From now on the broker keeps what was said last for whoever subscribes."""
        for terminal in self.house.terminals.values():
            terminal.line.on_up = partial(self._subscribed, terminal, terminal.line.on_up)

    def _subscribed(self, terminal: Terminal, greet: Callable[[], None]) -> None:
        self._hand_over_kept(terminal)
        greet()

    def _hand_over_kept(self, terminal: Terminal) -> None:
        for frame in self.house.overheard.down[-8:]:
            terminal.hear(frame, retained=True)

    def _misplace(self) -> None:
        """Words of one terminal under the topic of another, or at another office."""
        chance, up = self.world.chance, self.house.overheard.up
        for siren, frame in chance.sample(up, min(len(up), 6)):
            desk = chance.choice([*self.house.desks.values()])
            desk.hear(chance.choice([*self.house.terminals]), frame)
            desk.hear(siren, frame)

    def _old_word(self) -> None:
        chance, up = self.world.chance, self.house.overheard.up
        for siren, frame in chance.sample(up, min(len(up), 6)):
            self.house.desks[OFFICE].hear(siren, frame)

    def _forge(self) -> None:
        """An order and release signed with the enemy's own keys, under the people's numbers."""
        self._speak(key_of=777, kid=ALICE, second=BOB, mode=Mode.LIVE)

    def _conspire(self) -> None:
        """Both trial keys are stolen: they sign live, and a trial for this very minute."""
        for mode in (Mode.LIVE, Mode.TRIAL):
            self._speak(key_of=CAROL, kid=CAROL, second=DAVE, mode=mode)

    def _defect(self) -> None:
        """Two whose keys a later roster withdraws bring the old roster along, and sign."""
        oldest = self.house.people[OFFICE].oldest_roster()
        for terminal in self.house.terminals.values():
            terminal.hear(oldest)
        self._speak(key_of=EVE, kid=EVE, second=FRANK, mode=Mode.LIVE)

    def _abuse(self, stolen: int) -> None:
        """All that one stolen key can sign."""
        for mode in Mode:
            self._speak(key_of=stolen, kid=stolen, second=stolen, mode=mode)

    def _speak(self, *, key_of: int, kid: int, second: int, mode: Mode) -> None:
        people = self.house.people[OFFICE]
        counter = self.world.chance.randint(41, 60)
        now = int(self.world.now)
        order = people.order(
            counter, kid, key_of=key_of, issued=now, mode=mode, programme=((SHORT_SIGNAL, 0),)
        )
        signer = second if key_of == kid else key_of
        release = people.release(order, kid=second, key_of=signer, released=now, start=3)
        self.world.note(f"enemy: {mode.name} order {counter} with key {key_of}")
        for terminal in self.house.terminals.values():
            terminal.hear(order)
            terminal.hear(release)
