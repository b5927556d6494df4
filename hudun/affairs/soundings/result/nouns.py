"""The parts of a result, as they were read from the database once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from hudun.affairs.soundings.models import Order, Plan, StopOrder, Verdict
from hudun.affairs.soundings.rates import Outcome, Played, Tally, all_accurate, by_signal, tally
from hudun.assets.sirens.models import Siren
from hudun.core.fact import Value
from hudun.core.organ import Organ
from hudun.wire.frames import Mode
from hudun.wire.signals import Pattern

Sounding = Plan | Order
"""A plan, or an order that needed none."""


@dataclass(frozen=True)
class SignalAt:
    """The n-th signal of the sounding, counted from 1 over all its orders."""

    n: int
    order: Order
    position: int
    name: str
    pattern: Pattern
    starts_at: datetime
    label: str
    """Its name, with its place in the programme where the name comes twice."""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(seconds=self.pattern.seconds)


@dataclass(frozen=True)
class SignalResult:
    """One signal at one siren. ``verdict`` is None for a siren without terminal, or not yet in."""

    outcome: Outcome
    verdict: Verdict | None = None

    @property
    def accurate(self) -> bool:
        return self.outcome is Outcome.FINISHED and bool(self.verdict and self.verdict.accurate)

    @property
    def start_error_ms(self) -> int | None:
        return self.verdict.start_error_ms if self.verdict else None


@dataclass(frozen=True)
class SirenRow:
    """One siren over the whole sounding; ``reason`` says in words what was wanting."""

    siren: Siren
    number: int
    by_hand: bool
    signals: tuple[SignalResult, ...]
    reason: str

    @property
    def played(self) -> list[Played]:
        return [Played(one.outcome, one.accurate) for one in self.signals]

    @property
    def outcome(self) -> Outcome:
        return max(one.outcome for one in self.signals)

    @property
    def accurate(self) -> bool:
        return all_accurate(self.played)

    @property
    def start_error_ms(self) -> int | None:
        """The largest, whichever its direction."""
        errors = [one.start_error_ms for one in self.signals if one.start_error_ms is not None]
        return max(errors, key=abs, default=None)


@dataclass(frozen=True)
class Moment:
    """A point of the timeline; ``kind`` names it for pages."""

    kind: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Result:
    sounding: Sounding
    orders: tuple[Order, ...]
    signals: tuple[SignalAt, ...]
    rows: tuple[SirenRow, ...]
    stops: tuple[StopOrder, ...]
    timeline: tuple[Moment, ...]
    working: Value
    """完好率 of the whole register, as of today."""
    simulated: int
    """Sirens whose terminal says of itself that it is simulated."""

    @property
    def plan(self) -> Plan | None:
        return self.sounding if isinstance(self.sounding, Plan) else None

    @property
    def organ(self) -> Organ:
        return self.sounding.organ

    @property
    def title(self) -> str:
        return self.plan.name if self.plan else self.orders[0].purpose

    @property
    def mode(self) -> Mode:
        return self.sounding.wire_mode

    @property
    def target(self) -> str:
        return self.orders[0].target_text

    @cached_property
    def _played(self) -> dict[int, list[Played]]:
        return {row.number: row.played for row in self.rows}

    @cached_property
    def whole(self) -> Tally:
        """Per siren over the whole sounding."""
        return tally(self._played)

    @cached_property
    def by_signal(self) -> list[Tally]:
        return by_signal(self._played)

    @cached_property
    def row(self) -> dict[int, SirenRow]:
        return {row.number: row for row in self.rows}

    @property
    def starts_at(self) -> datetime:
        return self.signals[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return max(signal.ends_at for signal in self.signals)

    @property
    def stopped(self) -> bool:
        """One of its orders was stopped at every siren that it addressed."""
        return any(order.state == "stopped" for order in self.orders)

    @property
    def settled(self) -> bool:
        """Every order has ended and every verdict is in."""
        ended = all(order.closed_at for order in self.orders)
        return bool(self.orders) and ended and not self.whole.pending

    @property
    def path(self) -> str:
        kind = "plans" if self.plan else "orders"
        return f"/soundings/{kind}/{self.sounding.pk}/result/"

    def url(self, name: str, signal: SignalAt | None = None) -> str:
        """The page of the list behind a number."""
        return f"{self.path}?list={name}" + (f"&signal={signal.n}" if signal else "")

    def siren_url(self, row: SirenRow) -> str:
        return f"{self.path}?siren={row.number}"
