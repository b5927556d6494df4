"""A terminal as a process: the production machine, a disk, a clock of its own, sudden death."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire import terminal as machine
from hudun.wire.frames import Evidence
from hudun.wire.simulation.net import Line
from hudun.wire.simulation.siren import Siren
from hudun.wire.simulation.world import World

TELL_EVERY_S = 4.0  # evidence, while there is or should be sound
DEAD_MAN_S = 1.5  # the driver's handle falls when the program dies


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that reached a running terminal. ``lost``: killed before it could keep it."""

    at: float
    frame: bytes
    retained: bool
    boot: int
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """One run of the program, in true time. ``error``: its clock minus the true time."""

    boot: int
    begins: float
    error: float
    clock_ok: bool
    ends: float = inf


@dataclass
class Diary:
    """What truly happened at a terminal: the oracle's source, unknown to any machine."""

    heard: list[Heard] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)
    pressed: list[float] = field(default_factory=list)


@dataclass
class Terminal:
    world: World
    provision: machine.Provision
    key: Ed25519PrivateKey
    line: Line
    siren: Siren
    publish: Callable[[int, int, bytes], None]  # (siren, office, frame)
    forgotten: Callable[[int, str, bytes], None]  # (siren, record key, the receipt let go)
    error: float = 0.0
    disk: dict[str, bytes] = field(default_factory=dict)
    diary: Diary = field(default_factory=Diary)
    running: bool = False
    boots: int = 0
    keeps_time: bool = True
    _told: tuple[bool | None, float] = (None, -inf)
    _tested: tuple[int, int, int | None] | None = None
    _wake_at: float = inf

    def __post_init__(self) -> None:
        self.state = machine.TerminalState.initial(self.provision)
        self.line.on_up = self._reconnected

    @property
    def number(self) -> int:
        return self.provision.siren

    @property
    def name(self) -> str:
        return f"siren {self.number}"

    def local(self) -> float:
        return self.world.now + self.error

    def start(self) -> None:
        self.boots += 1
        self.running = True
        self.siren.drive(False, self.world.now)  # first of all, silence what is not due
        self.state = machine.restore(self.provision, self.disk)
        self._told, self._tested, self._wake_at = (None, -inf), None, inf
        self.diary.lives.append(Life(self.boots, self.world.now, self.error, self.keeps_time))
        self.give(machine.Booted(self.boots, self.keeps_time))
        if self.line.up:
            self.give(machine.LinkUp("mqtt"))

    def kill(self, for_seconds: float) -> None:
        if not self.running:
            return
        self.running = False
        last = self.diary.lives.pop()
        self.diary.lives.append(
            Life(last.boot, last.begins, last.error, last.clock_ok, self.world.now)
        )
        boot = self.boots
        self.world.after(DEAD_MAN_S, lambda: self._handle_falls(boot))
        self.world.after(for_seconds, self.start)

    def hear(self, frame: bytes, retained: bool = False) -> None:
        if self.running:
            boot = self.boots
            lost = self.give(machine.FrameArrived(frame, "mqtt", retained)) == "before"
            self.diary.heard.append(Heard(self.world.now, frame, retained, boot, lost))

    def _reconnected(self) -> None:
        self.give(machine.LinkUp("mqtt"))

    def press(self) -> None:
        if self.running:
            self.diary.pressed.append(self.world.now)
            self.give(machine.ButtonPressed())

    def look(self) -> None:
        """Something changed at the siren that no machine caused."""
        if self.running:
            self._follow()

    def give(self, event: machine.Event) -> str | None:
        """Step, carry out in the sequence given, then let the siren follow.

        Returns whether it was killed "before" or "after" what it learnt was kept.
        """
        if not self.running:
            return None
        state, effects = machine.step(self.state, event, self.local(), self.key, self.provision)
        fate = self._carry_out(effects)
        if fate is None:
            self.state = state
            self._follow()
        return fate

    def _carry_out(self, effects: Sequence[machine.Effect]) -> str | None:
        """Saves that stand together are one transaction; a kill ends it all."""
        saves: list[machine.Save] = []
        for effect in (*effects, None):
            if isinstance(effect, machine.Save):
                saves.append(effect)
                continue
            if saves and (fate := self._commit(saves)):
                return fate
            saves = []
            if effect is not None:
                self.publish(self.number, effect.to, effect.frame)
        return None

    def _commit(self, saves: list[machine.Save]) -> str | None:
        fate = self.world.write(self.name)
        if fate != "before":
            for save in saves:
                self._write(save)
        if fate:
            self.kill(self.world.chance.uniform(0.5, 25))
        return fate

    def _write(self, save: machine.Save) -> None:
        if save.value is not None:
            self.disk[save.key] = save.value
        elif save.key in self.disk:
            gone = self.disk.pop(save.key)
            if save.key.startswith("receipt/"):
                self.forgotten(self.number, save.key, gone)

    def _follow(self) -> None:
        """Drive the siren as the machine says, tell the evidence, sleep until something is due."""
        local = self.local()
        due = machine.output(self.state, local, self.provision)
        self.siren.drive(due.on, self.world.now)
        if self._tell(due):
            return  # that was a step of its own, and it followed up by itself
        again = self._told[1] + TELL_EVERY_S if self._telling(due) else inf
        wake = machine.next_wake(self.state, local, self.provision)
        self._sleep(min(due.until, again, max(wake, local + 0.05)))

    def _tell(self, due: machine.Output) -> bool:
        local, evidence = self.local(), self.siren.evidence
        test = (due.issuer, due.counter, due.signal)
        if due.self_test and test != self._tested and self.siren.kind is not Evidence.NONE:
            self._tested = test
            self.give(machine.DriverSeen(not self.siren.dead, Evidence.SELF_TEST))
            return True
        overdue = self._telling(due) and local >= self._told[1] + TELL_EVERY_S - 1e-6
        if evidence == self._told[0] and not overdue:
            return False
        self._told = (evidence, local)
        self.give(machine.DriverSeen(evidence, self.siren.kind))
        return True

    def _telling(self, due: machine.Output) -> bool:
        return due.mode is not None or bool(self._told[0])

    def _sleep(self, until: float) -> None:
        at = until - self.error
        if at == inf or self.world.now < self._wake_at <= at + 1e-9:
            return
        self._wake_at, boot = at, self.boots
        self.world.at(at, lambda: self._wake(boot, at))

    def _wake(self, boot: int, at: float) -> None:
        if self.running and boot == self.boots and at == self._wake_at:
            self._wake_at = inf
            self.give(machine.Tick())

    def _handle_falls(self, boot: int) -> None:
        if not self.running and self.boots == boot:
            self.siren.drive(False, self.world.now)
