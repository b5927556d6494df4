"""The dispatch as a process: the production machine, the office's tables, sudden death."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from hudun.wire import office as machine
from hudun.wire.signals import Pattern
from hudun.wire.simulation.people import DESK, People
from hudun.wire.simulation.world import World
from hudun.wire.topics import Topic


@dataclass
class Row:
    """An order as the web left it in the database."""

    order: bytes
    sirens: tuple[int, ...]
    listed: bytes | None = None
    release: bytes | None = None
    released_at: float = 0.0


@dataclass
class Tables:
    """What is committed. Orders and stops are written by the web, the rest by the dispatch."""

    orders: dict[int, Row] = field(default_factory=dict)
    stops: list[tuple[int, bytes, tuple[int, ...]]] = field(default_factory=list)
    roster: bytes | None = None
    receipts: dict[tuple[int, int], machine.SaveReceipt] = field(default_factory=dict)
    verdicts: list[machine.SaveVerdict] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    stopped: set[int] = field(default_factory=set)
    attempts: set[tuple[str, int]] = field(default_factory=set)
    health: dict[int, machine.SaveHealth] = field(default_factory=dict)
    alerts: list[machine.Alert] = field(default_factory=list)

    def commit(self, saves: Sequence[machine.Save]) -> None:
        for save in saves:
            match save:
                case machine.SaveReceipt():
                    self.receipts.setdefault((save.siren, save.number), save)
                case machine.SaveVerdict():
                    self.verdicts.append(save)
                case machine.SaveClosed():
                    self.closed.add(save.counter)
                case machine.SaveStopped():
                    self.stopped.add(save.upto)
                case machine.SaveAttempt():
                    self.attempts.add((save.what, save.counter))
                case machine.SaveHealth():
                    self.health[save.siren] = save
                case machine.Alert():
                    self.alerts.append(save)


@dataclass
class Desk:
    """The dispatch of one office."""

    world: World
    people: People
    keys: dict[int, bytes]
    patterns: Mapping[int, Pattern]
    publish: Callable[[Topic, bytes], None]
    tables: Tables = field(default_factory=Tables)
    running: bool = False
    dead: list[tuple[float, float]] = field(default_factory=list)
    _died_at: float = 0.0
    _wake_at: float = inf
    _lives: int = 0

    def __post_init__(self) -> None:
        self.key = machine.DeskKey(DESK, self.people.key(DESK))
        self.state = self._empty()

    @property
    def name(self) -> str:
        return f"office {self.people.number}"

    # what the web does: a row, then a word to the dispatch

    def sign(self, counter: int, order: bytes, listed: bytes | None, sirens: list[int]) -> None:
        self.tables.orders[counter] = Row(order, tuple(sirens), listed)
        if listed:
            self.give(machine.ListSigned(listed))
        self.give(machine.OrderSigned(order, tuple(sirens)))

    def release(self, counter: int, release: bytes) -> None:
        row = self.tables.orders[counter]
        if row.release is None:
            row.release, row.released_at = release, self.world.now
            self.give(machine.Released(release))

    def stop(self, upto: int, frame: bytes, sirens: list[int]) -> None:
        self.tables.stops.append((upto, frame, tuple(sirens)))
        self.give(machine.StopSigned(frame, tuple(sirens)))

    def new_roster(self, frame: bytes) -> None:
        self.tables.roster = frame
        self.give(machine.RosterSigned(frame))

    # the process

    def start(self) -> None:
        self.running = True
        self.dead.append((self._died_at, self.world.now))
        self._lives += 1
        self._wake_at = inf
        self.state = self._resumed()
        self.give(machine.Tick())

    def kill(self, for_seconds: float) -> None:
        if self.running:
            self.running, self._died_at = False, self.world.now
            self.world.after(for_seconds, self.start)

    def hear(self, siren: int, frame: bytes) -> None:
        self.give(machine.FrameArrived(siren, frame))

    def give(self, event: machine.Event) -> None:
        if not self.running:
            return
        self.state, effects = machine.step(self.state, event, self.world.now, self.key)
        if self._carried_out(effects):
            self._sleep()

    def _carried_out(self, effects: Sequence[machine.Effect]) -> bool:
        saves: list[machine.Save] = []
        for effect in (*effects, None):
            if effect is not None and not isinstance(effect, machine.Publish):
                saves.append(effect)
                continue
            if saves and not self._committed(saves):
                return False
            saves = []
            if effect is not None:
                self.publish(effect.topic, effect.frame)
        return True

    def _committed(self, saves: list[machine.Save]) -> bool:
        fate = self.world.write(self.name)
        if fate != "before":
            self.tables.commit(saves)
        if fate:
            self.kill(self.world.chance.uniform(0.5, 20))
        return fate is None

    def _resumed(self) -> machine.OfficeState:
        tables = self.tables
        return machine.resume(
            self._empty(),
            self.world.now,
            keys=self.keys,
            roster=tables.roster,
            orders=self._order_rows(),
            stops=self._stop_rows(),
            receipts=[row.frame for row in tables.receipts.values()],
            received=self._received(),
            heard=self._heard(),
            health={s: (h.health.boot, h.health.at_ms) for s, h in tables.health.items()},
            verdicts=tables.verdicts,
        )

    def _empty(self) -> machine.OfficeState:
        return machine.OfficeState(self.people.number, self.patterns)

    def _order_rows(self) -> list[machine.OrderRow]:
        published = {counter for what, counter in self.tables.attempts if what == "order"}
        return [
            machine.OrderRow(
                row.order, row.sirens, row.listed, row.release, row.released_at,
                counter in published,
            )
            for counter, row in self.tables.orders.items()
        ]  # fmt: skip

    def _stop_rows(self) -> list[machine.StopRow]:
        published, ended = self.tables.attempts, self.tables.stopped
        return [
            machine.StopRow(frame, sirens, ("stop", upto) in published, upto in ended)
            for upto, frame, sirens in self.tables.stops
        ]

    def _received(self) -> dict[int, machine.Received]:
        numbers: dict[int, list[int]] = {}
        for siren, number in self.tables.receipts:
            numbers.setdefault(siren, []).append(number)
        return {siren: machine.Received.of(given) for siren, given in numbers.items()}

    def _heard(self) -> dict[int, float]:
        heard = {siren: row.at for siren, row in self.tables.health.items()}
        for (siren, _), row in self.tables.receipts.items():
            heard[siren] = max(heard.get(siren, 0.0), row.arrived_at)
        return heard

    def _sleep(self) -> None:
        at = machine.next_wake(self.state, self.world.now)
        if at == inf or self.world.now < self._wake_at <= at:
            return
        self._wake_at, life = at, self._lives
        self.world.at(at, lambda: self._wake(life, at))

    def _wake(self, life: int, at: float) -> None:
        if self.running and life == self._lives and at == self._wake_at:
            self._wake_at = inf
            self.give(machine.Tick())
