"""Reads a sounding's result: as many queries for a thousand sirens as for one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from hudun.affairs.soundings.models import (
    HandStart,
    Order,
    OrderSiren,
    Plan,
    SirenStatus,
    StopOrder,
    Verdict,
)
from hudun.affairs.soundings.rates import Outcome
from hudun.affairs.soundings.rulebook import signals as rule_signals
from hudun.affairs.soundings.timetable_json import signals_from_json
from hudun.core import clock
from hudun.core.fact import ask
from hudun.core.organ import Organ
from hudun.wire.frames import Mode
from hudun.wire.office import Verdict as Word
from hudun.wire.signals import Pattern

from .nouns import Result, SignalAt, SignalResult, SirenRow, Sounding
from .reasons import reason
from .timeline import timeline

OUTCOMES = {
    Word.FINISHED: Outcome.FINISHED,
    Word.INTERRUPTED: Outcome.INTERRUPTED,
    Word.REFUSED: Outcome.REFUSED,
    Word.SILENT: Outcome.SILENT,
    Word.UNPROVED: Outcome.UNPROVED,
    Word.UNREACHABLE: Outcome.UNREACHABLE,
}
SIMULATED = "simulated"
"""A simulated terminal has this word in the name of its firmware."""

Verdicts = Mapping[tuple[UUID, int, int], Verdict]
Starts = Mapping[tuple[UUID, int], HandStart]


def result_of(sounding: Sounding) -> Result:
    orders = orders_of(sounding)
    plan = sounding if isinstance(sounding, Plan) else None
    signals = tuple(_signals(sounding, orders))
    rows = tuple(_rows(orders, signals))
    stops = tuple(_stops(orders, {row.number for row in rows}))
    return Result(
        sounding, orders, signals, rows, stops, timeline(plan, orders, stops),
        ask("sirens.working", sounding.organ), _simulated(orders, rows),
    )  # fmt: skip


def results_under(organ: Organ, until: datetime | None = None) -> list[Result]:
    """The newest planned sounding of each office that was heard and has ended by then: of the
    offices below the organ, or of the office that it lies under."""
    offices = Organ.objects.under(organ) | Organ.objects.filter(pk=organ.seat().pk)
    ended = Plan.objects.filter(organ__in=offices, state__in=["closed", "stopped", "archived"])
    heard = ended.exclude(mode=Mode.SILENT.value).filter(start__lte=until or clock.now())
    newest: dict[UUID, Plan] = {}
    for plan in heard.select_related("organ").order_by("-start"):
        newest.setdefault(plan.organ_id, plan)
    return [result_of(plan) for plan in newest.values()]


def orders_of(sounding: Sounding) -> tuple[Order, ...]:
    """Those that went out; of a part that was ordered twice, the later one."""
    named = Order.objects.select_related("issuer", "drafted_by", "signed_by", "released_by")
    if isinstance(sounding, Order):
        return tuple(named.sent().filter(pk=sounding.pk))
    parts: dict[int, Order] = {}
    for order in named.sent().filter(plan=sounding).order_by("part", "-counter"):
        parts.setdefault(order.part, order)
    return tuple(parts.values())


def _signals(sounding: Sounding, orders: Sequence[Order]) -> Iterator[SignalAt]:
    patterns = _patterns(sounding)
    names = [name for order in orders for _, name, _ in order.steps]
    twice = {name for name, times in Counter(names).items() if times > 1}
    n = 0
    for order in orders:
        for position, (_, name, at) in enumerate(order.steps):
            n += 1
            begins = (order.starts_at or order.drafted_at) + timedelta(seconds=at)
            pattern = patterns.get(name) or Pattern(((order.seconds - at, 0),), 1)
            label = f"第{n}个（{name}）" if name in twice else name
            yield SignalAt(n, order, position, name, pattern, begins, label)


def _patterns(sounding: Sounding) -> Mapping[str, Pattern]:
    """Of a plan as they were when it was made."""
    if isinstance(sounding, Plan):
        return sounding.signals
    return signals_from_json(
        rule_signals(sounding.organ, clock.beijing(sounding.drafted_at).date())
    )


def _rows(orders: Sequence[Order], signals: Sequence[SignalAt]) -> Iterator[SirenRow]:
    verdicts = {
        (verdict.order_id, verdict.siren, verdict.position): verdict
        for verdict in Verdict.objects.filter(order__in=orders)
    }
    starts = {(one.order_id, one.number): one for one in HandStart.objects.filter(order__in=orders)}
    addressed = OrderSiren.objects.filter(order__in=orders).select_related("siren__organ__parent")
    known = {one.number: one for one in addressed.order_by("number")}
    for number, one in known.items():
        results = tuple(
            _result(verdicts, starts, signal, number, one.by_hand) for signal in signals
        )
        notes = {starts[key].note for key in starts if key[1] == number}
        said = reason(signals, results, "；".join(sorted(notes - {""})))
        yield SirenRow(one.siren, number, one.by_hand, results, said)


def _result(
    verdicts: Verdicts, starts: Starts, signal: SignalAt, number: int, by_hand: bool
) -> SignalResult:
    """A start by hand mends what the terminal did not do; it never makes a finished one worse."""
    verdict = verdicts.get((signal.order.pk, number, signal.position))
    if verdict is not None:
        outcome = OUTCOMES[Word(verdict.verdict)]
    else:
        unreported = by_hand and signal.order.closed_at is not None
        outcome = Outcome.UNREPORTED if unreported else Outcome.PENDING
    start = starts.get((signal.order.pk, number))
    if start is not None and signal.position in start.positions:
        outcome = min(outcome, Outcome.BY_HAND)
    return SignalResult(outcome, verdict)


def _stops(orders: Sequence[Order], numbers: set[int]) -> Iterator[StopOrder]:
    """Pressed between the first release and the last verdict, at sirens of this sounding."""
    released = [order.released_at for order in orders if order.released_at]
    if not released:
        return
    until = max(order.closed_at or clock.now() for order in orders)
    pressed = StopOrder.objects.by_issuer(orders[0].issuer).filter(
        pressed_at__gte=min(released), pressed_at__lte=until
    )
    for stop in pressed.select_related("pressed_by").order_by("pressed_at"):
        if numbers.intersection(stop.numbers):
            yield stop


def _simulated(orders: Sequence[Order], rows: Sequence[SirenRow]) -> int:
    if not orders:
        return 0
    named = SirenStatus.objects.of_issuer(orders[0].issuer).filter(firmware__contains=SIMULATED)
    numbers = set(named.values_list("siren", flat=True))
    return sum(row.number in numbers for row in rows)
