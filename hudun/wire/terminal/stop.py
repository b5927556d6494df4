"""Stop: outranks every start, and is remembered before the start it ends has come."""

from __future__ import annotations

from dataclasses import replace

from hudun.wire.cose import Envelope
from hudun.wire.frames import Order, Right, State, Stop
from hudun.wire.terminal.evidence import close
from hudun.wire.terminal.receipts import refuse, tell
from hudun.wire.terminal.rules import FURTHEST_AHEAD
from hudun.wire.terminal.schedule import signal_start
from hudun.wire.terminal.trust import fault
from hudun.wire.terminal.types import Accepted, Turn


def stop_arrived(turn: Turn, envelope: Envelope) -> None:
    """An expired stop counts as well: its life only says how long the office repeats it."""
    stop = Stop.decode(envelope.payload)
    held = turn.state.issuers.get(stop.issuer)
    if held is None or not stop.target.addresses(turn.provision.siren, turn.provision.groups, None):
        return
    # A stolen desk key must not end the orders of all time.
    upto = min(stop.upto, held.window.highest + FURTHEST_AHEAD)
    if upto <= held.stopped_upto:
        return
    if reason := fault(turn, held, envelope, Right.STOP):
        refuse(turn, reason, stop.issuer, stop.upto)
        return
    halves = tuple(
        h for h in held.halves if not (isinstance(h.body, Order) and h.body.counter <= upto)
    )
    turn.update_issuer(stop.issuer, stopped_upto=upto, halves=halves)
    turn.changed_issuers.add(stop.issuer)
    for accepted in turn.state.orders.values():
        if accepted.order.issuer == stop.issuer and accepted.order.counter <= upto:
            _end(turn, accepted)
    tell(turn, stop.issuer, stop.upto, State.STOPPED)


def _end(turn: Turn, accepted: Accepted) -> None:
    for position, progress in enumerate(accepted.signals):
        if progress.closed is None and signal_start(accepted, position) <= turn.now:
            close(turn, accepted.key, position, at=turn.now)
    left = turn.state.orders[accepted.key]
    signals = tuple(p if p.closed else replace(p, closed=State.STOPPED) for p in left.signals)
    turn.put_order(left.with_signals(signals))
    turn.changed_orders.add(accepted.key)
