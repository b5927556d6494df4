"""Everything that stands in one simulation: offices, terminals, and the broker between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hudun.wire import terminal as machine
from hudun.wire.frames import Evidence, Target
from hudun.wire.signals import NATIONAL, Pattern
from hudun.wire.simulation.desk import Desk
from hudun.wire.simulation.net import Line, Overheard, Weather
from hudun.wire.simulation.people import CITY, OFFICE, People, key_for
from hudun.wire.simulation.siren import Siren
from hudun.wire.simulation.terminal import Terminal
from hudun.wire.simulation.world import World
from hudun.wire.topics import Topic

SHORT_SIGNAL = 32  # an office's own: 20 s, so that much fits into a simulated hour
PATTERNS = {**NATIONAL, SHORT_SIGNAL: Pattern(((3, 2),), 4)}
HEALTH_S = 10800.0
GROUPS = {1: frozenset({1}), 2: frozenset({1, 2}), 3: frozenset({2})}
CALM = Weather()


@dataclass
class House:
    world: World
    weather: Weather
    terminals: dict[int, Terminal] = field(default_factory=dict)
    desks: dict[int, Desk] = field(default_factory=dict)
    overheard: Overheard = field(default_factory=Overheard)
    people: dict[int, People] = field(
        default_factory=lambda: {OFFICE: People(OFFICE), CITY: People(CITY)}
    )
    on_forgotten: Callable[[int, int, bytes], None] = lambda *_: None

    def build(self, sirens: int) -> None:
        keys = {n: key_for(f"siren {n}").public_key().public_bytes_raw() for n in self._all(sirens)}
        for number, people in self.people.items():
            desk = Desk(self.world, people, keys, PATTERNS, self.publish_down)
            desk.tables.roster = people.roster()
            self.desks[number] = desk
        for siren in self._all(sirens):
            self.terminals[siren] = self._terminal(siren)

    def start(self) -> None:
        for desk in self.desks.values():
            desk.start()
        for terminal in self.terminals.values():
            terminal.start()

    def sirens_of(self, target: Target, listed: frozenset[int] | None = None) -> list[int]:
        return [
            number
            for number, terminal in self.terminals.items()
            if target.addresses(number, terminal.provision.groups, listed)
        ]

    def publish_down(self, topic: Topic, frame: bytes) -> None:
        self.overheard.down.append(frame)
        for number, terminal in self.terminals.items():
            mine = topic.siren is None and (
                topic.group is None or topic.group in terminal.provision.groups
            )
            if mine or topic.siren == number:
                terminal.line.carry(frame, terminal.hear)

    def publish_up(self, siren: int, office: int, frame: bytes) -> None:
        self.overheard.up.append((siren, frame))
        desk = self.desks[office]
        self.terminals[siren].line.carry(frame, lambda octets, _: desk.hear(siren, octets))

    def heal(self) -> None:
        """From here on nothing fails any more: all that is owed has to arrive."""
        self.world.kill_rate = 0.0
        self.world.kill_at = None
        for terminal in self.terminals.values():
            terminal.line.weather = CALM
            terminal.line.cut(0)

    def _forgotten(self, siren: int, key: str, frame: bytes) -> None:
        self.on_forgotten(siren, int(key.split("/")[1]), frame)

    def _all(self, sirens: int) -> range:
        return range(1, sirens + 1)

    def _terminal(self, siren: int) -> Terminal:
        provision = machine.Provision(
            siren, GROUPS.get(siren % 4, frozenset()),
            {number: people.trust for number, people in self.people.items()},
            patterns=PATTERNS, health_s=HEALTH_S, question_s=2 * HEALTH_S,
        )  # fmt: skip
        return Terminal(
            self.world, provision, key_for(f"siren {siren}"), Line(self.world, self.weather),
            Siren(Evidence.CURRENT), self.publish_up, self._forgotten,
        )  # fmt: skip
