"""The office machine after a kill: made anew from the rows it left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hudun.wire import cose
from hudun.wire.frames import Receipt, Stop
from hudun.wire.office.intake import note
from hudun.wire.office.machine import (
    watch_list,
    watch_order,
    watch_release,
    watch_roster,
    watch_stop,
)
from hudun.wire.office.redrive import REPEATS_PER_S, set_timer
from hudun.wire.office.types import OfficeState, Received, SaveVerdict


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order that is not filed. ``published`` is whether an attempt at it was ever committed."""

    order_frame: bytes
    sirens: tuple[int, ...]
    list_frame: bytes | None = None
    release_frame: bytes | None = None
    released_at: float = 0.0
    published: bool = False


@dataclass(frozen=True, slots=True)
class StopRow:
    """A stop that is not ended, or that ends an order which is not filed."""

    frame: bytes
    sirens: tuple[int, ...]
    published: bool = False
    ended: bool = False


def resume(
    state: OfficeState,
    now: float,
    *,
    keys: Mapping[int, bytes],
    roster: bytes | None = None,
    orders: Sequence[OrderRow] = (),
    stops: Sequence[StopRow] = (),
    receipts: Iterable[bytes] = (),
    received: Mapping[int, Received] | None = None,
    heard: Mapping[int, float] | None = None,
    health: Mapping[int, tuple[int, int]] | None = None,
    verdicts: Iterable[SaveVerdict] = (),
) -> OfficeState:
    """Fill a new ``OfficeState``; the next ``Tick`` goes on where the kill came.

    ``receipts`` are the stored frames about these orders and stops, ``received`` the numbers of
    all receipts ever stored (``Received.of``), ``heard`` each siren's last fresh word, ``verdicts``
    those already given for these orders, oldest first.
    """
    state.listening_from = now
    state.keys.update(keys)
    state.received.update(received or {})
    state.heard.update(heard or {})
    state.health.update(health or {})
    if roster:
        watch_roster(state, roster)
    for stop in stops:
        watch_stop(state, stop.frame, stop.sirens).ended = stop.ended
    for row in orders:
        _watch_order(state, row)
    for frame in receipts:
        note(state, Receipt.decode(cose.take_apart(frame).payload))
    _restore_verdicts(state, verdicts)
    _set_timers(state, orders, stops, now)
    return state


def _watch_order(state: OfficeState, row: OrderRow) -> None:
    if row.list_frame:
        watch_list(state, row.list_frame)
    watch_order(state, row.order_frame, row.sirens)
    if row.release_frame:
        watch_release(state, row.release_frame, row.released_at)


def _restore_verdicts(state: OfficeState, verdicts: Iterable[SaveVerdict]) -> None:
    for row in verdicts:
        if watch := state.orders.get(row.counter):
            watch.sirens[row.siren].verdicts[row.signal] = row.judgement
    for watch in state.orders.values():
        watch.open_verdicts = sum(s.verdicts.count(None) for s in watch.sirens.values())


def _set_timers(
    state: OfficeState, orders: Sequence[OrderRow], stops: Sequence[StopRow], now: float
) -> None:
    for stop in stops:
        upto = Stop.decode(cose.take_apart(stop.frame).payload).upto
        if not stop.published:
            set_timer(state, now, "publish stop", upto)
        for rank, (siren, tries) in enumerate(state.stops[upto].waiting.items()):
            tries.next_at = now + rank / REPEATS_PER_S
            set_timer(state, tries.next_at, "stop", upto, siren)
    published = {row.order_frame: row.published for row in orders}
    for counter, watch in state.orders.items():
        if watch.release_frame is None:
            continue
        if not published[watch.order_frame]:
            set_timer(state, now, "publish", counter)
            continue
        for rank, (siren, siren_watch) in enumerate(watch.sirens.items()):
            siren_watch.tries.next_at = now + rank / REPEATS_PER_S
            set_timer(state, siren_watch.tries.next_at, "order", counter, siren)
