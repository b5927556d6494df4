"""What goes out: first to everybody at once, then again to each siren that has not answered."""

from __future__ import annotations

from heapq import heappop, heappush
from math import inf

from hudun.wire import cose
from hudun.wire.frames import Acknowledgement, Stop, kid_octets
from hudun.wire.office.types import (
    DeskKey,
    Effect,
    OfficeState,
    OrderWatch,
    Publish,
    SaveAttempt,
    SaveStopped,
    SirenWatch,
    StopWatch,
    Timer,
    Tries,
)
from hudun.wire.signals import duration
from hudun.wire.topics import Topic, for_target

PAUSES_S = (2.0, 3.0, 5.0, 20.0, 30.0, 60.0)  # at 2, 5, 10, 30, 60 … seconds
STOP_PAUSES_S = (1.0, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 60.0, 60.0, 300.0, 600.0)
FIRST_MINUTES_S = 300.0  # afterwards a planned order is repeated hourly …
EVERY_HOUR_S = 3600.0
LAST_MINUTES_S = 600.0  # … until this long before its start
DENSE_S = 30.0
ANSWERS_PER_S = 2000.0  # what a district's receipts come in at: nobody is asked twice before
REPEATS_PER_S = 500.0
HELLO_PAUSE_S = 2.0
ACK_AFTER_S = 4.0  # well before the terminal would speak again, well after a fan-out has gone quiet


def publish_order(state: OfficeState, watch: OrderWatch, now: float) -> list[Effect]:
    """Everybody at once, the stop's way free; then a timer for each siren."""
    effects: list[Effect] = [SaveAttempt("order", watch.order.counter, None, now)]
    for topic in for_target(watch.order.target, watch.sirens):
        effects += [Publish(topic, frame) for frame in watch.frames]
    first = PAUSES_S[0] + len(watch.sirens) / ANSWERS_PER_S
    for rank, (siren, siren_watch) in enumerate(watch.sirens.items()):
        tries = siren_watch.tries = Tries(0, now, now + first + rank / REPEATS_PER_S)
        set_timer(state, tries.next_at, "order", watch.order.counter, siren)
    return effects


def publish_stop(state: OfficeState, watch: StopWatch, now: float) -> list[Effect]:
    effects: list[Effect] = [SaveAttempt("stop", watch.stop.upto, None, now)]
    topics = for_target(watch.stop.target, watch.waiting)
    effects += [Publish(topic, watch.frame) for topic in topics]
    first = STOP_PAUSES_S[0] + len(watch.waiting) / ANSWERS_PER_S
    for rank, siren in enumerate(watch.waiting):
        tries = watch.waiting[siren] = Tries(0, now, now + first + rank / REPEATS_PER_S)
        set_timer(state, tries.next_at, "stop", watch.stop.upto, siren)
    return effects


def wanted(state: OfficeState, watch: OrderWatch, siren: SirenWatch, now: float) -> bool:
    """Whether another copy could still make this siren sound, or say why not."""
    if watch.release_frame is None or siren.taken or siren.closed:
        return False
    if siren.stop_sent or siren.stopped:
        return False
    return now <= min(watch.order.expires_at, ends_at(state, watch))


def repeat_order(state: OfficeState, watch: OrderWatch, siren: int, now: float) -> list[Effect]:
    attempts = watch.sirens[siren].tries.attempts + 1
    tries = Tries(attempts, now, now + _pause(watch, attempts, now))
    watch.sirens[siren].tries = tries
    set_timer(state, tries.next_at, "order", watch.order.counter, siren)
    effects: list[Effect] = [SaveAttempt("order", watch.order.counter, siren, now)]
    return effects + [Publish(Topic(siren=siren), frame) for frame in watch.frames]


def repeat_stop(state: OfficeState, watch: StopWatch, siren: int, now: float) -> list[Effect]:
    attempts = watch.waiting[siren].attempts + 1
    pause = STOP_PAUSES_S[min(attempts, len(STOP_PAUSES_S) - 1)]
    tries = watch.waiting[siren] = Tries(attempts, now, now + pause)
    set_timer(state, tries.next_at, "stop", watch.stop.upto, siren)
    return [SaveAttempt("stop", watch.stop.upto, siren, now), Publish(Topic(siren), watch.frame)]


def repeated_until(state: OfficeState, stop: Stop) -> float:
    """A stop is repeated as long as it says, and as long as an order that it ends could act."""
    orders = (w.order.expires_at for c, w in state.orders.items() if c <= stop.upto)
    return float(max(stop.issued + stop.life, *orders, 0))


def end_stop(state: OfficeState, watch: StopWatch, now: float) -> list[Effect]:
    """Say once how many confirmed: when all have, or when it is repeated no longer."""
    if watch.ended or (watch.waiting and now <= repeated_until(state, watch.stop)):
        return []
    watch.ended, of = True, len(watch.sirens)
    return [SaveStopped(watch.stop.upto, now, of - len(watch.waiting), of)]


def greet(state: OfficeState, siren: int, now: float) -> list[Effect]:
    """A siren is back: what it has missed, stops first."""
    effects: list[Effect] = []
    for stop in state.stops.values():
        if not stop.ended and _may_greet(stop.waiting.get(siren), now):
            effects += repeat_stop(state, stop, siren, now)
    for watch in state.orders.values():
        siren_watch = watch.sirens.get(siren)
        if siren_watch is None or not wanted(state, watch, siren_watch, now):
            continue
        if _may_greet(siren_watch.tries, now):
            effects += repeat_order(state, watch, siren, now)
    return effects


def _may_greet(tries: Tries | None, now: float) -> bool:
    return tries is not None and now - tries.tried_at >= HELLO_PAUSE_S


def acknowledge_due(state: OfficeState, now: float, desk: DeskKey) -> list[Effect]:
    """One cumulative acknowledgement for each siren that has waited long enough."""
    effects: list[Effect] = []
    for siren in [siren for siren, at in state.acks.items() if at <= now]:
        del state.acks[siren]
        word = Acknowledgement(state.office, siren, state.received[siren].upto)
        frame = cose.sign1(word.encode(), kid_octets(desk.kid), desk.key)
        effects.append(Publish(Topic(siren=siren), frame))
    return effects


def ends_at(state: OfficeState, watch: OrderWatch) -> float:
    return watch.starts_at + duration(watch.order.programme, state.patterns)


def set_timer(state: OfficeState, at: float, what: str, counter: int, siren: int = 0) -> None:
    state.sequence += 1
    heappush(state.timers, Timer(at, state.sequence, what, counter, siren))


def due_timers(state: OfficeState, now: float) -> list[Timer]:
    """Take out what is due; stops come before everything."""
    due = []
    while state.timers and state.timers[0].at <= now:
        due.append(heappop(state.timers))
    return sorted(due, key=lambda timer: ("stop" not in timer.what, timer))


def next_wake(state: OfficeState, now: float) -> float:
    """When a ``Tick`` is next useful."""
    timer = state.timers[0].at if state.timers else inf
    return max(now, min(timer, min(state.acks.values(), default=inf)))


def _pause(watch: OrderWatch, attempts: int, now: float) -> float:
    pause = PAUSES_S[min(attempts, len(PAUSES_S) - 1)]
    ahead = watch.starts_at - now
    if now - watch.released_at > FIRST_MINUTES_S and ahead > LAST_MINUTES_S:
        return min(EVERY_HOUR_S, ahead - LAST_MINUTES_S)
    if attempts >= len(PAUSES_S) and 0 < ahead <= LAST_MINUTES_S:
        return DENSE_S
    return pause
