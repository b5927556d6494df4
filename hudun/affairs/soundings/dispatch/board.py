"""The last word of every siren, held in memory and written when it changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from hudun.affairs.soundings.models import SirenStatus
from hudun.wire.frames import Health, State
from hudun.wire.office import SaveReceipt

from .bulk import Row, Table
from .sane import offset_of, roster_of, small, text

SOUND_OF = {
    State.SOUNDING: True,
    State.UNSOLICITED: True,
    State.FINISHED: False,
    State.INTERRUPTED: False,
    State.SILENT: False,
    State.UNPROVED: False,
    State.STOPPED: False,
    State.QUIET: False,
}
ABOUT_ORDERS = frozenset(State) - {State.UNSOLICITED, State.QUIET, State.STOPPED}
LOW_BATTERY = 20  # percent


@dataclass(slots=True)
class Status:
    """The columns of ``SirenStatus``, in their sequence."""

    last_word_ms: int | None = None
    lost: bool = False
    sounding: bool | None = None
    unsolicited: bool = False
    counter: int | None = None
    order_state: int | None = None
    position: int | None = None
    boot: int | None = None
    offset_ms: int | None = None
    uncertainty_ms: int | None = None
    mains: bool | None = None
    battery_percent: int | None = None
    amplifier_ok: bool | None = None
    door_open: bool | None = None
    celsius: int | None = None
    roster: int | None = None
    firmware: str = ""


COLUMNS = tuple(Status.__dataclass_fields__)
_values = attrgetter(*COLUMNS)
STATUS = Table(SirenStatus, ("office", "siren", *COLUMNS), key=("office", "siren"), update=COLUMNS)


@dataclass(slots=True)
class Board:
    office: int
    sirens: dict[int, Status] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)

    def load(self, rows: Iterable[SirenStatus]) -> None:
        for row in rows:
            self.sirens[row.siren] = Status(*(getattr(row, name) for name in COLUMNS))

    def of(self, siren: int) -> Status:
        """To be changed: it is written with the next batch."""
        self.changed.add(siren)
        return self.sirens.setdefault(siren, Status())

    def heard(self, siren: int, at_ms: int) -> Status:
        status = self.of(siren)
        status.last_word_ms, status.lost = at_ms, False
        return status

    def receipt(self, said: SaveReceipt) -> None:
        status = self.heard(said.siren, round(said.arrived_at * 1000))
        if said.state in ABOUT_ORDERS and not _keeps(status, said):
            status.counter, status.order_state = said.counter, said.state.value
            status.position = said.signal
        sound = SOUND_OF.get(said.state)
        if sound is not None:
            status.sounding = sound
        if said.state in (State.UNSOLICITED, State.QUIET):
            status.unsolicited = said.state is State.UNSOLICITED

    def health(self, siren: int, health: Health, at: float) -> None:
        status = self.heard(siren, round(at * 1000))
        status.boot, status.firmware = health.boot, text(health.firmware)
        status.offset_ms, status.uncertainty_ms = offset_of(health.offset)
        status.mains, status.battery_percent = health.mains, small(health.battery_percent)
        status.amplifier_ok, status.door_open = health.amplifier_ok, health.door_open
        status.celsius, status.sounding = small(health.celsius), health.sounding
        status.roster = roster_of(health, self.office)
        if not health.sounding:
            status.unsolicited = False

    def lose(self, sirens: Iterable[int], before_ms: int) -> list[int]:
        """Those without a word since ``before_ms`` that were not lost already."""
        lost = []
        for siren in sirens:
            status = self.sirens.get(siren) or self.of(siren)
            if not status.lost and (status.last_word_ms or 0) < before_ms:
                self.of(siren).lost = True
                lost.append(siren)
        return lost

    def take_rows(self) -> list[Row]:
        """The rows that changed since the last time."""
        rows = [(self.office, siren, *_values(self.sirens[siren])) for siren in self.changed]
        self.changed = set()
        return rows


def _keeps(status: Status, said: SaveReceipt) -> bool:
    """A siren that sounds shows that, and not that it has taken another order for later."""
    sounds = status.order_state == State.SOUNDING
    return sounds and said.counter != status.counter and said.state is State.ACCEPTED


def faults(health: Health) -> str:
    """What is wrong with a siren by its own telemetry; empty when nothing is."""
    words = []
    if health.amplifier_ok is False:
        words.append("功放自检失败")
    if health.mains is False:
        words.append("市电断")
    if health.battery_percent is not None and health.battery_percent < LOW_BATTERY:
        words.append(f"电池 {health.battery_percent} %")
    return "、".join(words)
