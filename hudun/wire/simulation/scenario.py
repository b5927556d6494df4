"""What happens in one simulated stretch of time: all of it drawn from the seed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from hudun.wire import cose
from hudun.wire.frames import Evidence, Mode, Order, Target
from hudun.wire.signals import duration
from hudun.wire.simulation.enemy import Enemy
from hudun.wire.simulation.house import PATTERNS, SHORT_SIGNAL, House
from hudun.wire.simulation.net import Weather
from hudun.wire.simulation.people import (
    ALICE,
    BOB,
    CAROL,
    CITY,
    DAVE,
    DAY,
    DESK,
    EVE,
    FRANK,
    NOON,
    OFFICE,
    People,
)
from hudun.wire.simulation.world import World

WEATHERS = (
    Weather(),
    Weather(drop=0.1, duplicate=0.1, slow=0.1),
    Weather(drop=0.3, duplicate=0.3, slow=0.3),
)
KILL_RATES = (0.0, 0.0, 0.03, 0.12)
FIRST_ORDER_S = 40.0
SETTLE_S = 400.0  # after the last signal: deadlines, and what is owed
SIGNERS = {
    Mode.LIVE: (ALICE, BOB),
    Mode.TRIAL: (CAROL, DAVE),
    Mode.SILENT: (ALICE, DESK),
}


@dataclass
class Scenario:
    """Draws a story and puts it on the world's clock."""

    world: World
    house: House
    ends: float = 0.0

    @classmethod
    def draw(cls, world: World) -> Scenario:
        chance = world.chance
        house = House(world, chance.choice(WEATHERS))
        world.kill_rate = chance.choice(KILL_RATES)
        house.build(chance.randint(3, 5))
        story = cls(world, house)
        story._draw()
        return story

    def _draw(self) -> None:
        chance, now = self.world.chance, self.world.now
        self._quirks()
        self.house.start()
        at = now + FIRST_ORDER_S
        counters = {OFFICE: 0, CITY: 0}
        for _ in range(chance.randint(2, 4)):
            office = OFFICE if self.world.happens(0.85) else CITY
            counters[office] += 1
            at += chance.uniform(5, 240)
            self.world.at(at, partial(self._order, office, counters[office]))
        self.ends = max(self.ends, at + 60)
        self._misfortunes(now, at + 200)
        if self.world.happens(0.3):
            self.world.at(chance.uniform(now + 30, at), partial(self._new_roster, OFFICE))
        if self.world.happens(0.75):
            Enemy(self.world, self.house).plan(now + 20, at + 300)

    # what people do

    def _order(self, office: int, counter: int) -> None:
        chance, people = self.world.chance, self.house.people[office]
        mode = chance.choices((Mode.LIVE, Mode.TRIAL, Mode.SILENT), (6, 3, 2))[0]
        planned = (mode is Mode.TRIAL and self.world.happens(0.7)) or self.world.happens(0.15)
        first, second = self._signers(mode)
        target, listed, sirens = self._target(people, counter, first)
        issued = int(self.world.now)
        start = self._lead(issued, mode) if planned else None
        programme = self._programme()
        lasts = duration(programme, PATTERNS)
        life = (start or 240) + lasts + chance.choice((30, 300))
        if self.world.happens(0.15):
            life = (start or 0) + chance.randint(20, 60)  # over before its programme is
        frame = people.order(
            counter, first, issued=issued, life=life, mode=mode, start=start, target=target,
            programme=programme,
        )  # fmt: skip
        self.world.note(f"office {office}: order {counter} {mode.name} to {sirens} start {start}")
        self.house.desks[office].sign(counter, frame, listed, sirens)
        self._release_later(people, counter, frame, listed, second)
        self.ends = max(self.ends, issued + (start or 400) + lasts)
        if self.world.happens(0.35):
            self._stop_later(people, counter, start, lasts)
        if mode is Mode.TRIAL and self.world.happens(0.5):
            tested = chance.choice([*self.house.terminals.values()])
            self.world.after(chance.uniform(0, 90), tested.press)

    def _signers(self, mode: Mode) -> tuple[int, int]:
        first, second = SIGNERS[mode]
        slip = self.world.chance.random()
        if slip < 0.12:
            return first, first  # one person, twice
        if slip < 0.18:
            return first, DESK
        return first, second

    def _target(
        self, people: People, counter: int, first: int
    ) -> tuple[Target, bytes | None, list[int]]:
        chance, terminals = self.world.chance, sorted(self.house.terminals)
        match chance.choices(("all", "group", "sirens", "list"), (5, 2, 2, 2))[0]:
            case "group":
                target = Target(group=chance.choice((1, 2)))
            case "sirens":
                some = chance.sample(terminals, chance.randint(1, len(terminals)))
                target = Target(sirens=tuple(sorted(some)))
            case "list":
                some = sorted(chance.sample(terminals, chance.randint(1, len(terminals))))
                listed = people.list(counter, *some, kid=first)
                return Target(list_number=counter), listed, some
            case _:
                target = Target()
        return target, None, self.house.sirens_of(target)

    def _programme(self) -> tuple[tuple[int, int], ...]:
        chance = self.world.chance
        number = chance.choice((SHORT_SIGNAL, SHORT_SIGNAL, 2, 3))
        if self.world.happens(0.4):
            gap = PATTERNS[number].seconds + chance.choice((0, 10, 60))
            return (number, 0), (SHORT_SIGNAL, gap)
        return ((number, 0),)

    def _lead(self, issued: int, mode: Mode) -> int:
        """Seconds to a planned start; that of a trial is now and then against the rule."""
        chance = self.world.chance
        if mode is not Mode.TRIAL:
            return chance.randint(130, 900)
        kind = chance.choices(("fair", "hasty", "night"), (6, 2, 2))[0]
        if kind == "night":
            return DAY + 36000 + chance.randint(0, 3600) - (issued - NOON)
        return (DAY if kind == "fair" else DAY - 7200) + chance.randint(200, 1800)

    def _release_later(
        self, people: People, counter: int, order: bytes, listed: bytes | None, second: int
    ) -> None:
        delay = self.world.chance.choices((2, 20, 90, 150), (3, 4, 2, 1))[0]
        if self.world.happens(0.07):
            return  # nobody releases it
        self.world.after(delay, partial(self._release, people, counter, order, listed, second))

    def _release(
        self, people: People, counter: int, order: bytes, listed: bytes | None, second: int
    ) -> None:
        frames = (order, listed) if listed else (order,)
        immediate = Order.decode(cose.take_apart(order).payload).start is None
        release = people.release(
            *frames, kid=second, released=int(self.world.now),
            start=self.world.chance.choice((3, 10, 30)) if immediate else None,
        )  # fmt: skip
        self.world.note(f"office {people.number}: release of {counter} by key {second}")
        desk = self.house.desks[people.number]
        if self.world.happens(0.1):
            desk.kill(self.world.chance.uniform(2, 25))
        elif self.world.happens(0.2):
            self.world.after(self.world.chance.uniform(0, 1.5), partial(desk.kill, 20))
        for terminal in self.house.terminals.values():
            if self.world.happens(0.06):
                terminal.line.cut(self.world.chance.uniform(5, 30))
        desk.release(counter, release)

    def _stop_later(self, people: People, counter: int, start: int | None, lasts: int) -> None:
        chance = self.world.chance
        latest = (start or 60) + lasts + 30
        delay = chance.uniform(0, latest) if self.world.happens(0.5) else chance.uniform(0, 40)
        self.world.after(delay, partial(self._stop, people, counter))

    def _stop(self, people: People, counter: int) -> None:
        targets = (Target(), Target(), Target(group=1), Target(sirens=(1, 2)))
        target = self.world.chance.choice(targets)
        frame = people.stop(counter, target=target, issued=int(self.world.now), life=3600)
        sirens = self.house.sirens_of(target)
        self.world.note(f"office {people.number}: stop up to {counter} to {sirens}")
        self.house.desks[people.number].stop(counter, frame, sirens)

    def _new_roster(self, office: int) -> None:
        """Two keys are withdrawn; nobody who signs in this story is touched."""
        people = self.house.people[office]
        people.withdraw(EVE, FRANK)
        self.world.note(f"office {office}: roster {people.roster_number}")
        self.house.desks[office].new_roster(people.roster(root=people.roster_number % 2))

    # what goes wrong

    def _quirks(self) -> None:
        chance = self.world.chance
        for terminal in self.house.terminals.values():
            error = 20 if self.world.happens(0.1) else 0.4
            terminal.error = chance.uniform(-error, error)
            terminal.siren.dead = self.world.happens(0.1)
            if self.world.happens(0.1):
                terminal.siren.kind = Evidence.NONE
            if self.world.happens(0.12):
                self._lose_clock(terminal.number)

    def _lose_clock(self, number: int) -> None:
        terminal = self.house.terminals[number]
        terminal.keeps_time = False
        terminal.error = 1000.0 * number - NOON

    def _misfortunes(self, begins: float, ends: float) -> None:
        chance = self.world.chance
        for terminal in self.house.terminals.values():
            for _ in range(chance.choice((0, 0, 1, 2))):
                at, lasts = chance.uniform(begins, ends), chance.uniform(5, 150)
                self.world.at(at, partial(terminal.line.cut, lasts))
            for _ in range(chance.choice((0, 0, 1, 1, 2))):
                at, lasts = chance.uniform(begins, ends), chance.uniform(0.5, 40)
                self.world.at(at, partial(terminal.kill, lasts))
            if self.world.happens(0.1):
                at = chance.uniform(begins, ends)
                self.world.at(at, partial(self._go_wrong, terminal.number))
        for desk in self.house.desks.values():
            for _ in range(chance.choice((0, 0, 1, 2))):
                at, lasts = chance.uniform(begins, ends), chance.uniform(0.5, 60)
                self.world.at(at, partial(desk.kill, lasts))

    def _go_wrong(self, number: int) -> None:
        """The siren sounds by itself: a relay sticks, a hand is on the switch."""
        siren = self.house.terminals[number].siren
        self.world.note(f"siren {number}: sounds by itself")
        siren.go_wrong(True, self.world.now)
        self.house.terminals[number].look()
        self.world.after(30, partial(self._come_right, number))

    def _come_right(self, number: int) -> None:
        siren = self.house.terminals[number].siren
        siren.go_wrong(False, self.world.now)
        self.house.terminals[number].look()
