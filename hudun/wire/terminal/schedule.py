"""What is due when: pure reading of the state, no change."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from hudun.wire.frames import Mode
from hudun.wire.terminal.provision import Provision
from hudun.wire.terminal.receipts import REFUSAL_EVERY_S
from hudun.wire.terminal.types import Accepted, Output, TerminalState

SETTLE_S = 1.0  # after the last sound of a signal: its evidence may still be on its way
_PRECEDENCE = {Mode.LIVE: 2, Mode.TRIAL: 1, Mode.SILENT: 0}

Due = tuple[Accepted, int]  # an order and a position in its programme


def signal_start(accepted: Accepted, position: int) -> float:
    return accepted.start_at + accepted.order.programme[position][1]


def sound_end(accepted: Accepted, position: int, provision: Provision) -> float:
    """When the last sound of the signal ends (a trailing silence is not waited for)."""
    pattern = provision.patterns[accepted.order.programme[position][0]]
    return signal_start(accepted, position) + pattern.sound_seconds


def may_act(accepted: Accepted, state: TerminalState) -> bool:
    """Accepted on the clock: while the clock is known. On the counter alone: until the next boot,
    for its start was said in a time that nobody knows any more."""
    return accepted.boot == state.boot if accepted.on_counter else state.clock_ok


def plays(accepted: Accepted, position: int, state: TerminalState) -> bool:
    """Whether the signal is still to sound: open, permitted, and begun before the order expires."""
    if accepted.signals[position].closed is not None or not may_act(accepted, state):
        return False
    return in_time(accepted, position) or accepted.on_counter


def in_time(accepted: Accepted, position: int) -> bool:
    """An order's life bounds the beginning of each of its signals; one begun plays to its end."""
    return signal_start(accepted, position) <= accepted.order.expires_at


def due(state: TerminalState, now: float, provision: Provision) -> Due | None:
    """The signal that has the output: live before trial before silent, then the newest."""
    return max(all_due(state, now, provision), key=_precedence, default=None)


def all_due(state: TerminalState, now: float, provision: Provision) -> list[Due]:
    """Every signal whose time it is, also those that another one has displaced."""
    return [
        (accepted, position)
        for accepted, position in _open_signals(state)
        if signal_start(accepted, position) <= now < sound_end(accepted, position, provision)
    ]


def output(state: TerminalState, now: float, provision: Provision) -> Output:
    """What the driver has to do now, and until when that holds."""
    begins = (signal_start(*each) for each in _open_signals(state))
    until = min((at for at in begins if at > now), default=inf)
    playing = due(state, now, provision)
    if playing is None:
        return Output(False, until)
    accepted, position = playing
    order = accepted.order
    number = order.programme[position][0]
    start, pattern = signal_start(accepted, position), provision.patterns[number]
    silent = order.mode is Mode.SILENT
    return Output(
        on=not silent and pattern.on_at(now - start),
        until=min(until, start + pattern.next_edge(now - start)),
        mode=order.mode, self_test=silent, issuer=order.issuer, counter=order.counter,
        signal=position, number=number,
    )  # fmt: skip


def closing_at(accepted: Accepted, position: int, provision: Provision) -> float:
    return sound_end(accepted, position, provision) + SETTLE_S


def next_wake(state: TerminalState, now: float, provision: Provision) -> float:
    """When a ``Tick`` is next useful; the output's own edges are in ``Output.until``."""
    times = [state.health_at, state.question_at]
    times += [held.outbox.resend_at for held in state.issuers.values()]
    times += [r.told_at + REFUSAL_EVERY_S for r in state.refusals.values() if r.waiting]
    times += [closing_at(*each, provision) for each in _open_signals(state)]
    if state.unsolicited and not state.unsolicited.told:
        times.append(state.unsolicited.since + provision.unsolicited_after_s)
    return max(now, min(times))


def _open_signals(state: TerminalState) -> Iterator[Due]:
    for accepted in state.orders.values():
        if not accepted.over:
            for position in range(len(accepted.signals)):
                if plays(accepted, position, state):
                    yield accepted, position


def _precedence(each: Due) -> tuple[int, float, tuple[int, int]]:
    accepted, _ = each
    return _PRECEDENCE[accepted.order.mode], accepted.start_at, accepted.key
