"""What a batch of effects leaves: rows to commit together, then frames to publish."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from hudun.affairs.soundings.models import (
    AlertKind,
    Attempt,
    Health,
    Receipt,
    Verdict,
)
from hudun.wire.frames import State
from hudun.wire.office import (
    Alert,
    Effect,
    Publish,
    SaveAttempt,
    SaveClosed,
    SaveHealth,
    SaveReceipt,
    SaveStopped,
    SaveVerdict,
    explain,
)

from .board import Board, faults
from .bulk import Row, Table
from .sane import offset_of, roster_of, sane_moment, sane_ms, small, text

log = logging.getLogger(__name__)

RECEIPTS = Table(
    Receipt,
    ("office", "siren", "number", "issuer", "counter", "position", "state", "at_ms", "evidence",
     "amount", "offset_ms", "uncertainty_ms", "frame", "received_ms"),
    key=("office", "siren", "number"),
)  # fmt: skip
HEALTH = Table(
    Health,
    ("office", "siren", "boot", "at_ms", "offset_ms", "uncertainty_ms", "mains",
     "battery_percent", "amplifier_ok", "door_open", "celsius", "sounding", "roster", "firmware",
     "received_ms"),
    key=("office", "siren", "boot", "at_ms"),
)  # fmt: skip
ATTEMPTS = Table(Attempt, ("office", "counter", "siren", "what", "at_ms"))
RULED = ("verdict", "why", "refused", "reason", "start_error_ms", "duration_ms",
         "uncertainty_ms", "accurate", "late", "at_ms")  # fmt: skip
VERDICTS = Table(
    Verdict,
    ("order", "siren", "position", *RULED),
    key=("order", "siren", "position"),
    update=RULED,
)
_ENDS = {"quiet": AlertKind.UNSOLICITED}


@dataclass(frozen=True, slots=True)
class AlertBegins:
    siren: int
    kind: AlertKind
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class AlertEnds:
    siren: int
    kind: AlertKind
    at: datetime


@dataclass(slots=True)
class News:
    """What open pages have to be told of: sirens by number, orders and stops by counter."""

    sirens: set[int] = field(default_factory=set)
    orders: set[int] = field(default_factory=set)
    stops: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.sirens or self.orders or self.stops)

    def add(self, batch: "Batch") -> None:
        self.sirens.update(batch.sirens)
        self.orders.update(counter for counter, _, _ in batch.verdicts)
        self.orders.update(batch.counters)
        self.stops.update(batch.silent)


@dataclass(slots=True)
class Batch:
    """``verdicts`` are by counter, siren, position: the last word counts."""

    receipts: list[Row] = field(default_factory=list)
    health: dict[tuple[int, int, int], Row] = field(default_factory=dict)
    attempts: list[Row] = field(default_factory=list)
    verdicts: dict[tuple[int, int, int], Row] = field(default_factory=dict)
    statuses: list[Row] = field(default_factory=list)
    alerts: list[AlertBegins | AlertEnds] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    stopped: list[SaveStopped] = field(default_factory=list)
    silent: set[int] = field(default_factory=set)
    counters: set[int] = field(default_factory=set)
    sirens: set[int] = field(default_factory=set)
    publish: list[Publish] = field(default_factory=list)

    @property
    def saves(self) -> bool:
        return bool(
            self.receipts or self.health or self.attempts or self.verdicts or self.statuses
            or self.alerts or self.closed or self.stopped
        )  # fmt: skip

    @property
    def empty(self) -> bool:
        return not (self.saves or self.publish)


class Intake:
    """Turns effects of the office machine into the rows of the batch that is being filled."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.batch = Batch()
        self._faulty: set[int] = set()

    def take(self, effects: Iterable[Effect]) -> None:
        for effect in effects:
            match effect:
                case SaveReceipt():
                    self._receipt(effect)
                case Publish():
                    self.batch.publish.append(effect)
                case SaveVerdict():
                    self._verdict(effect)
                case SaveHealth():
                    self._health(effect)
                case SaveAttempt():
                    row = (effect.counter, effect.siren, effect.what, round(effect.at * 1000))
                    self.batch.attempts.append((self.board.office, *row))
                case SaveClosed():
                    self.batch.closed.append(effect.counter)
                case SaveStopped():
                    self.batch.stopped.append(effect)
                case Alert():
                    self._alert(effect)

    def lose(self, sirens: Iterable[int], before: float, now: float) -> None:
        for siren in self.board.lose(sirens, round(before * 1000)):
            self._begin(siren, AlertKind.LOST, now)

    def hand_over(self) -> Batch:
        """The batch to commit; the next one begins empty."""
        batch, self.batch = self.batch, Batch()
        batch.sirens = set(self.board.changed)
        batch.statuses = self.board.take_rows()
        return batch

    def _receipt(self, said: SaveReceipt) -> None:
        self.batch.receipts.append(
            (self.board.office, said.siren, said.number, said.issuer, said.counter, said.signal,
             said.state.value, sane_ms(said.at_ms), small(said.evidence), said.amount,
             *offset_of(said.offset), said.frame, round(said.arrived_at * 1000))
        )  # fmt: skip
        if said.state is State.STOPPED:
            self.batch.silent.add(said.counter)
        else:
            self.batch.counters.add(said.counter)
        self._heard(said.siren, said.arrived_at)
        self.board.receipt(said)

    def _health(self, said: SaveHealth) -> None:
        health = said.health
        self.batch.health[said.siren, health.boot, health.at_ms] = (
            self.board.office, said.siren, health.boot, health.at_ms, *offset_of(health.offset),
            health.mains, small(health.battery_percent), health.amplifier_ok, health.door_open,
            small(health.celsius), health.sounding, roster_of(health, self.board.office),
            text(health.firmware), round(said.at * 1000),
        )  # fmt: skip
        self._heard(said.siren, said.at)
        self.board.health(said.siren, health, said.at)
        self._compare_faults(said)

    def _compare_faults(self, said: SaveHealth) -> None:
        words = faults(said.health)
        if words and said.siren not in self._faulty:
            self._faulty.add(said.siren)
            self._begin(said.siren, AlertKind.FAULT, said.at, words)
        elif not words and said.siren in self._faulty:
            self._faulty.remove(said.siren)
            self._end(said.siren, AlertKind.FAULT, said.at)

    def _verdict(self, said: SaveVerdict) -> None:
        ruled = said.judgement
        self.batch.verdicts[said.counter, said.siren, said.signal] = (
            ruled.verdict.value, ruled.why.value,
            None if ruled.refused is None else ruled.refused.value, explain(ruled),
            ruled.start_error_ms, ruled.duration_ms, ruled.uncertainty_ms, ruled.accurate,
            said.late, round(said.at * 1000),
        )  # fmt: skip

    def _alert(self, alert: Alert) -> None:
        if alert.siren is None:
            log.error("alarm machine: %s", alert.kind)
            return
        if alert.kind in _ENDS:
            self._end(alert.siren, _ENDS[alert.kind], alert.at)
        else:
            self._begin(alert.siren, AlertKind(alert.kind), alert.at)

    def _heard(self, siren: int, at: float) -> None:
        status = self.board.sirens.get(siren)
        if status is not None and status.lost:
            self._end(siren, AlertKind.LOST, at)

    def _begin(self, siren: int, kind: AlertKind, at: float, words: str = "") -> None:
        self.batch.alerts.append(AlertBegins(siren, kind, sane_moment(at), words))

    def _end(self, siren: int, kind: AlertKind, at: float) -> None:
        self.batch.alerts.append(AlertEnds(siren, kind, sane_moment(at)))

    def know_faulty(self, sirens: Iterable[int]) -> None:
        """Those whose fault was told before this process began."""
        self._faulty.update(sirens)
