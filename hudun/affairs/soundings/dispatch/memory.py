"""What a dispatch that was killed needs to go on: read from the rows it left."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, F, Max, Q

from hudun.affairs.soundings.models import (
    Alert,
    AlertKind,
    Attempt,
    Health,
    Order,
    Receipt,
    SirenStatus,
    StopFrame,
    Verdict,
)
from hudun.core import clock
from hudun.wire.frames import Reason
from hudun.wire.office import (
    Judgement,
    OfficeState,
    OrderRow,
    Received,
    SaveVerdict,
    StopRow,
    Why,
    resume,
)
from hudun.wire.office import Verdict as Word
from hudun.wire.signals import Pattern

from .batch import Intake
from .board import Board
from .sight import AMENDABLE, patterns_of, terminals_of
from .store import Store


def remember(store: Store, intake: Intake) -> OfficeState:
    """The state of the office machine as the last commit left it."""
    store.lock.hold(store.office)
    keys = store.find_sirens()
    orders = list(amendable(store))
    store.orders.update({order.counter: order.pk for order in orders})
    intake.board.load(SirenStatus.objects.filter(office=store.office))
    going_on = Alert.objects.going_on().filter(kind=AlertKind.FAULT, siren__in=_pks(store))
    intake.know_faulty(going_on.values_list("number", flat=True))
    stops = StopFrame.objects.repeated(store.issuer, clock.now()).exclude(published_at=None)
    newest = store.issuer.rosters.order_by("-number").first()
    patterns: dict[int, Pattern] = {}
    for order in orders:
        patterns |= patterns_of(order)
    state = OfficeState(store.office)
    state.patterns = {**state.patterns, **patterns}
    return resume(
        state, clock.now().timestamp(), keys=keys,
        roster=bytes(newest.frame) if newest else None,
        orders=[_order_row(order) for order in orders],
        stops=[StopRow(bytes(stop.frame), tuple(stop.numbers)) for stop in stops],
        receipts=_receipts(store, orders, stops), received=_received(store.office),
        heard=_heard(intake.board), health=_reports(store.office),
        verdicts=list(_verdicts(orders)),
    )  # fmt: skip


def amendable(store: Store) -> Iterable[Order]:
    """Orders that went out, until a while after their last verdict."""
    since = clock.now() - AMENDABLE
    sent = Order.objects.by_issuer(store.issuer).sent().exclude(plan__state="archived")
    recent = sent.filter(Q(closed_at=None) | Q(closed_at__gt=since))
    return recent.select_related("plan", "organ").order_by("counter")


def _pks(store: Store) -> list[UUID]:
    return [place.pk for place in store.places.values()]


def _order_row(order: Order) -> OrderRow:
    published = Attempt.objects.filter(
        office=order.issuer.number, counter=order.counter, what="order"
    )
    assert order.released_at is not None
    return OrderRow(
        bytes(order.frame), terminals_of(order), bytes(order.list_frame) or None,
        bytes(order.release_frame), order.released_at.timestamp(), published.exists(),
    )  # fmt: skip


def _receipts(store: Store, orders: list[Order], stops: Iterable[StopFrame]) -> Iterable[bytes]:
    counters = [order.counter for order in orders] + [stop.upto for stop in stops]
    rows = Receipt.objects.filter(office=store.office, counter__in=counters)
    return (bytes(row) for row in rows.order_by("siren", "number").values_list("frame", flat=True))


def _received(office: int) -> dict[int, Received]:
    """Where no number is missing the highest one says it all."""
    counted = (
        Receipt.objects.filter(office=office)
        .values("siren")
        .annotate(count=Count("number"), highest=Max("number"))
    )
    whole = {row["siren"]: Received(row["highest"]) for row in counted.filter(count=F("highest"))}
    broken: dict[int, list[int]] = {}
    gaps = counted.exclude(count=F("highest")).values_list("siren", flat=True)
    rows = Receipt.objects.filter(office=office, siren__in=list(gaps))
    for siren, number in rows.values_list("siren", "number"):
        broken.setdefault(siren, []).append(number)
    return whole | {siren: Received.of(numbers) for siren, numbers in broken.items()}


def _heard(board: Board) -> dict[int, float]:
    return {
        siren: status.last_word_ms / 1000
        for siren, status in board.sirens.items()
        if status.last_word_ms is not None
    }


def _reports(office: int) -> dict[int, tuple[int, int]]:
    """Boot and time of the newest report of each siren: an older one is a copy."""
    boots = Health.objects.filter(office=office).values("siren", "boot")
    newest: dict[int, tuple[int, int]] = {}
    for row in boots.annotate(last=Max("at_ms")):
        newest[row["siren"]] = max(newest.get(row["siren"], (0, 0)), (row["boot"], row["last"]))
    return newest


def _verdicts(orders: list[Order]) -> Iterable[SaveVerdict]:
    counters = {order.pk: order.counter for order in orders}
    for row in Verdict.objects.filter(order__in=orders):
        judgement = Judgement(
            Word(row.verdict), Why(row.why),
            None if row.refused is None else Reason(row.refused), row.start_error_ms,
            row.duration_ms, row.uncertainty_ms, row.accurate,
        )  # fmt: skip
        yield SaveVerdict(
            counters[row.order_id], row.siren, row.position, judgement, row.at_ms / 1000, row.late
        )
