"""What changed in the database since dispatch last looked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from django.db.models import Q

from hudun.affairs.soundings.models import Order, StopFrame
from hudun.affairs.soundings.rulebook import signals
from hudun.affairs.soundings.timetable_json import signals_from_json
from hudun.core import clock
from hudun.wire.office import (
    Archived,
    Event,
    ListSigned,
    OfficeState,
    OrderSigned,
    Released,
    RosterSigned,
    SirenKnown,
    StopSigned,
)
from hudun.wire.signals import Pattern

from .store import Store

AMENDABLE = timedelta(days=7)
"""A receipt that comes later than this after the last verdict is stored and changes nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """In the sequence in which the machine must hear of it: a stop before what it stops."""

    orders: list[Event] = field(default_factory=list)
    stops: dict[int, StopSigned] = field(default_factory=dict)
    releases: list[Event] = field(default_factory=list)
    patterns: dict[int, Pattern] = field(default_factory=dict)


def look(store: Store, known: frozenset[int]) -> Seen:
    """Released orders the machine does not hold yet, and stops not yet published."""
    store.lock.hold(store.office)
    seen = Seen()
    orders = Order.objects.by_issuer(store.issuer).in_the_air().exclude(counter__in=known)
    for order in orders.select_related("plan", "organ").order_by("counter"):
        store.orders[order.counter] = order.pk
        seen.patterns.update(patterns_of(order))
        if order.list_frame:
            seen.orders.append(ListSigned(bytes(order.list_frame)))
        seen.orders.append(OrderSigned(bytes(order.frame), terminals_of(order)))
        seen.releases.append(Released(bytes(order.release_frame)))
    for stop in StopFrame.objects.unpublished(store.issuer):
        seen.stops[stop.upto] = StopSigned(bytes(stop.frame), tuple(stop.numbers))
    return seen


@dataclass(frozen=True, slots=True)
class Held:
    """What the machine holds, copied: another thread goes on changing it."""

    keys: dict[int, bytes]
    roster: int
    counters: tuple[int, ...]

    @classmethod
    def by(cls, state: OfficeState) -> Self:
        roster = state.roster.number if state.roster else -1
        return cls(dict(state.keys), roster, tuple(state.orders))


def look_around(store: Store, held: Held) -> list[Event]:
    """What changes rarely: terminals, the roster, orders that are filed."""
    events: list[Event] = [
        SirenKnown(siren, public)
        for siren, public in store.find_sirens().items()
        if held.keys.get(siren) != public
    ]
    newest = store.issuer.rosters.order_by("-number").first()
    if newest is not None and newest.number > held.roster:
        events.append(RosterSigned(bytes(newest.frame)))
    return events + [Archived(counter) for counter in _filed(store, held.counters)]


def _filed(store: Store, counters: Iterable[int]) -> Iterable[int]:
    held = Order.objects.by_issuer(store.issuer).filter(counter__in=list(counters))
    over = Q(plan__state="archived") | Q(closed_at__lt=clock.now() - AMENDABLE)
    return held.filter(over).values_list("counter", flat=True)


def terminals_of(order: Order) -> tuple[int, ...]:
    rows = order.sirens.filter(by_hand=False).order_by("number")
    return tuple(rows.values_list("number", flat=True))


def patterns_of(order: Order) -> dict[int, Pattern]:
    """Signals by number, as they were when the order was drafted."""
    known = order.plan.timetable["signals"] if order.plan else _in_force(order)
    patterns = signals_from_json(known)
    return {known[name]["number"]: pattern for name, pattern in patterns.items()}


def _in_force(order: Order) -> dict[str, dict[str, int]]:
    return signals(order.organ, clock.beijing(order.drafted_at).date())
