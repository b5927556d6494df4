"""One step of the office machine."""

from __future__ import annotations

from collections.abc import Iterable

from hudun.wire import cose
from hudun.wire.frames import Order, Release, Roster, SirenList, Stop
from hudun.wire.office.intake import frame_arrived
from hudun.wire.office.judge import GRACE_S
from hudun.wire.office.redrive import (
    acknowledge_due,
    due_timers,
    end_stop,
    publish_order,
    publish_stop,
    repeat_order,
    repeat_stop,
    repeated_until,
    set_timer,
    wanted,
)
from hudun.wire.office.rulings import rule_overdue
from hudun.wire.office.types import (
    Alert,
    Archived,
    DeskKey,
    Effect,
    Event,
    FrameArrived,
    Listening,
    ListSigned,
    OfficeState,
    OrderSigned,
    OrderWatch,
    Publish,
    Released,
    RosterSigned,
    SignalFacts,
    SirenKnown,
    SirenWatch,
    StopSigned,
    StopWatch,
    Tick,
    Timer,
    Tries,
)
from hudun.wire.topics import ALL


def step(
    state: OfficeState, event: Event, now: float, desk: DeskKey
) -> tuple[OfficeState, list[Effect]]:
    """Change ``state`` in place; commit every Save, in one transaction, before any Publish."""
    effects = _take(state, event, now, desk)
    saves = [effect for effect in effects if not isinstance(effect, Publish)]
    return state, [*saves, *(effect for effect in effects if isinstance(effect, Publish))]


def _take(state: OfficeState, event: Event, now: float, desk: DeskKey) -> list[Effect]:
    match event:
        case FrameArrived():
            return frame_arrived(state, event, now, desk)
        case Tick():
            return _tick(state, now, desk)
        case StopSigned():
            return _stop_signed(state, event, now)
        case Released():
            return _released(state, event.frame, now)
        case OrderSigned():
            watch_order(state, event.frame, event.sirens)
        case ListSigned():
            watch_list(state, event.frame)
        case RosterSigned():
            return _roster_signed(state, event.frame)
        case SirenKnown():
            state.keys[event.siren] = event.public
        case Listening():
            state.listening_from = now
        case Archived():
            state.orders.pop(event.counter, None)
    return []


def watch_order(state: OfficeState, frame: bytes, sirens: tuple[int, ...]) -> OrderWatch:
    order = Order.decode(cose.take_apart(frame).payload)
    known = state.orders.get(order.counter)
    if known is not None:
        return known
    signals = len(order.programme)
    watches = {
        siren: SirenWatch([SignalFacts() for _ in range(signals)], [None] * signals)
        for siren in sirens
    }
    watch = OrderWatch(order, frame, watches, open_verdicts=signals * len(watches))
    state.orders[order.counter] = watch
    for stop in state.stops.values():
        _mark_stopped(watch, stop.stop, stop.sirens)
    return watch


def watch_list(state: OfficeState, frame: bytes) -> None:
    envelope = cose.take_apart(frame)
    listed = SirenList.decode(envelope.payload)
    state.lists[listed.number, envelope.kid] = frame


def watch_release(state: OfficeState, frame: bytes, now: float) -> OrderWatch | None:
    """Join a release to its order; None when it names no order that we know, or a second time.

    Raises:
        BadFrame: the octets are not a release.
    """
    release = Release.decode(cose.take_apart(frame).payload)
    watch = state.orders.get(release.counter)
    if watch is None or watch.release_frame is not None or release.issuer != state.office:
        return None
    listed = _list_of(state, watch)
    frames = (watch.order_frame, listed) if listed else (watch.order_frame,)
    if cose.digest(*frames) != release.digest:
        return None
    order = watch.order
    watch.release_frame, watch.list_frame, watch.released_at = frame, listed, now
    lead = release.released + (release.start or 0)
    watch.starts_at = float(lead if order.starts_at is None else order.starts_at)
    _set_deadlines(state, watch)
    return watch


def watch_stop(state: OfficeState, frame: bytes, sirens: tuple[int, ...]) -> StopWatch:
    stop = Stop.decode(cose.take_apart(frame).payload)
    known = state.stops.get(stop.upto)
    sirens = tuple(dict.fromkeys((*known.sirens, *sirens) if known else sirens))
    waiting = [siren for siren in sirens if state.stopped.get(siren, 0) < stop.upto]
    watch = StopWatch(stop, frame, sirens, {siren: Tries() for siren in waiting})
    state.stops[stop.upto] = watch
    for order in state.orders.values():
        _mark_stopped(order, stop, sirens)
    return watch


def watch_roster(state: OfficeState, frame: bytes) -> bool:
    """Whether the roster is newer than the one held."""
    roster = Roster.decode(cose.take_apart(frame).payload)
    if state.roster is not None and roster.number <= state.roster.number:
        return False
    state.roster, state.roster_frame = roster, frame
    state.roster_sent.clear()
    return True


def _released(state: OfficeState, frame: bytes, now: float) -> list[Effect]:
    watch = watch_release(state, frame, now)
    if watch is None:
        return [Alert(None, "wrong_release", now)]
    return publish_order(state, watch, now)


def _stop_signed(state: OfficeState, event: StopSigned, now: float) -> list[Effect]:
    watch = watch_stop(state, event.frame, event.sirens)
    return [*publish_stop(state, watch, now), *end_stop(state, watch, now)]


def _roster_signed(state: OfficeState, frame: bytes) -> list[Effect]:
    return [Publish(ALL, frame)] if watch_roster(state, frame) else []


def _mark_stopped(watch: OrderWatch, stop: Stop, sirens: Iterable[int]) -> None:
    """No further copy of an order goes to a siren that it is stopped for."""
    if watch.order.counter <= stop.upto:
        for siren in sirens:
            if siren in watch.sirens:
                watch.sirens[siren].stop_sent = True


def _list_of(state: OfficeState, watch: OrderWatch) -> bytes | None:
    number = watch.order.target.list_number
    if number is None:
        return None
    return state.lists.get((number, cose.take_apart(watch.order_frame).kid))


def _set_deadlines(state: OfficeState, watch: OrderWatch) -> None:
    for signal, at in watch.order.programme:
        deadline = watch.starts_at + at + state.patterns[signal].seconds + GRACE_S
        set_timer(state, deadline, "deadline", watch.order.counter)


def _tick(state: OfficeState, now: float, desk: DeskKey) -> list[Effect]:
    effects: list[Effect] = []
    for timer in due_timers(state, now):
        effects += _rung(state, timer, now)
    return effects + acknowledge_due(state, now, desk)


def _rung(state: OfficeState, timer: Timer, now: float) -> list[Effect]:
    if timer.what in ("stop", "publish stop"):
        return _stop_rung(state, timer, now)
    watch = state.orders.get(timer.counter)
    if watch is None:
        return []
    if timer.what == "publish":
        return publish_order(state, watch, now)
    if timer.what == "deadline":
        return _deadline_rung(state, watch, now)
    siren = watch.sirens[timer.siren]
    if siren.tries.next_at == timer.at and wanted(state, watch, siren, now):
        return repeat_order(state, watch, timer.siren, now)
    return []


def _deadline_rung(state: OfficeState, watch: OrderWatch, now: float) -> list[Effect]:
    """Who could not be heard is given as long after our return as after the signal's end."""
    heard_out = state.listening_from + GRACE_S
    if now < heard_out:
        set_timer(state, heard_out, "deadline", watch.order.counter)
        return []
    return rule_overdue(state, watch, now)


def _stop_rung(state: OfficeState, timer: Timer, now: float) -> list[Effect]:
    stop = state.stops.get(timer.counter)
    if stop is None or stop.ended:
        return []
    if timer.what == "publish stop":
        return publish_stop(state, stop, now)
    tries = stop.waiting.get(timer.siren)
    if tries is None or tries.next_at != timer.at:
        return []
    if now > repeated_until(state, stop.stop):
        return end_stop(state, stop, now)
    return repeat_stop(state, stop, timer.siren, now)
