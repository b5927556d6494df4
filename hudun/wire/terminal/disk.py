"""The durable part of the terminal's state as records (key → octets), and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import cbor2

from hudun.wire import cose
from hudun.wire.frames import Evidence, Order, Roster, State
from hudun.wire.terminal.provision import Provision
from hudun.wire.terminal.types import (
    Accepted,
    IssuerState,
    Outbox,
    Progress,
    TerminalState,
)
from hudun.wire.terminal.window import Window

CLOCK = "clock"


def issuer_key(issuer: int) -> str:
    return f"issuer/{issuer}"


def roster_key(issuer: int) -> str:
    return f"roster/{issuer}"


def receipt_key(issuer: int, number: int) -> str:
    return f"receipt/{issuer}/{number}"


def order_key(issuer: int, counter: int) -> str:
    return f"order/{issuer}/{counter}"


def issuer_record(held: IssuerState) -> bytes:
    window, box = held.window, held.outbox
    return cbor2.dumps([window.highest, window.bits, held.stopped_upto, box.next_number, box.acked])


def order_record(accepted: Accepted) -> bytes:
    signals = [_progress_items(progress) for progress in accepted.signals]
    return cbor2.dumps(
        [accepted.order_frame, accepted.release_frame, accepted.list_frame, accepted.start_at,
         accepted.boot, accepted.on_counter, accepted.suspended, signals]
    )  # fmt: skip


def _progress_items(progress: Progress) -> list[object]:
    closed = None if progress.closed is None else progress.closed.value
    return [
        progress.started, progress.ended, progress.proved, progress.kind.value,
        progress.self_test, closed, progress.unseen,
    ]  # fmt: skip


def clock_record(latest: float) -> bytes:
    return cbor2.dumps(latest)


def records(state: TerminalState) -> dict[str, bytes]:
    """Every record that a terminal in this state has on its disk."""
    kept = {CLOCK: clock_record(state.latest)} if state.latest else {}
    untouched = issuer_record(IssuerState())
    for issuer, held in state.issuers.items():
        if (record := issuer_record(held)) != untouched:
            kept[issuer_key(issuer)] = record
        if held.roster_frame:
            kept[roster_key(issuer)] = held.roster_frame
        for number, frame in held.outbox.waiting.items():
            kept[receipt_key(issuer, number)] = frame
    for key, accepted in state.orders.items():
        kept[order_key(*key)] = order_record(accepted)
    return kept


def restore(provision: Provision, kept: Mapping[str, bytes]) -> TerminalState:
    """The state after a start with these records; ``Booted`` has to follow.

    Raises:
        ValueError: a record is not one of ours. To go on without it could repeat an order.
    """
    try:
        issuers = {number: _issuer(number, kept) for number in provision.issuers}
        orders = [_order(record) for key, record in kept.items() if key.startswith("order/")]
        latest = cbor2.loads(kept[CLOCK]) if CLOCK in kept else 0.0
    except (TypeError, KeyError, IndexError, cbor2.CBORDecodeError) as error:
        raise ValueError("not the records of a terminal") from error
    held = {accepted.key: accepted for accepted in orders}
    return TerminalState(issuers, held, latest=latest)


def _issuer(number: int, kept: Mapping[str, bytes]) -> IssuerState:
    held = IssuerState()
    if roster_frame := kept.get(roster_key(number)):
        roster = Roster.decode(cose.take_apart(roster_frame).payload)
        held = replace(held, roster=roster, roster_frame=roster_frame)
    if record := kept.get(issuer_key(number)):
        highest, bits, stopped, next_number, acked = cbor2.loads(record)
        waiting = _waiting(number, acked, next_number, kept)
        box = Outbox(next_number, acked, waiting, resend_at=0.0 if waiting else float("inf"))
        held = replace(held, window=Window(highest, bits), stopped_upto=stopped, outbox=box)
    return held


def _waiting(
    issuer: int, acked: int, next_number: int, kept: Mapping[str, bytes]
) -> dict[int, bytes]:
    return {n: kept[receipt_key(issuer, n)] for n in range(acked + 1, next_number)}


def _order(record: bytes) -> Accepted:
    frame, release, listed, start_at, boot, on_counter, suspended, signals = cbor2.loads(record)
    own = cose.digest(frame)
    accepted = Accepted(
        Order.decode(cose.take_apart(frame).payload), frame, release, listed,
        cose.digest(frame, listed) if listed else own, own, start_at, boot, on_counter, suspended,
    )  # fmt: skip
    return accepted.with_signals(tuple(_progress(*signal) for signal in signals))


def _progress(
    started: float | None, ended: float | None, proved: float, kind: int,
    self_test: bool | None, closed: int | None, unseen: bool,
) -> Progress:  # fmt: skip
    ended_as = None if closed is None else State(closed)
    return Progress(started, ended, proved, Evidence(kind), self_test, ended_as, unseen)
