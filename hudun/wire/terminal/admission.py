"""Whether an order acts: two verified halves, from two people, in time, once."""

from __future__ import annotations

from hudun.wire import cose
from hudun.wire.cose import Envelope
from hudun.wire.frames import RIGHT_FOR_MODE, Order, Reason, Release, SirenList, State
from hudun.wire.terminal.halves import (
    drop,
    hold,
    is_acted_on,
    is_known,
    matches,
    orders_held,
)
from hudun.wire.terminal.receipts import refuse, tell
from hudun.wire.terminal.rules import order_fault, pair_fault
from hudun.wire.terminal.trust import fault, key_of
from hudun.wire.terminal.types import Accepted, Half, IssuerState, Progress, Turn

REPORT_EVERY_S = 60.0


def order_arrived(turn: Turn, frame: bytes, envelope: Envelope) -> None:
    order = Order.decode(envelope.payload)
    held = turn.state.issuers.get(order.issuer)
    listed = order.target.list_number is not None
    addressed = not listed and order.target.addresses(
        turn.provision.siren, turn.provision.groups, None
    )
    if held is None:
        if addressed:
            refuse(turn, Reason.WRONG_ISSUER)
        return
    if not (listed or addressed) or is_known(turn, order.issuer, frame):
        return
    reason = fault(turn, held, envelope, RIGHT_FOR_MODE[order.mode])
    if reason is None and addressed:
        reason = order_fault(turn, held, order)
    if reason is None:
        hold(turn, order.issuer, Half(_kid(envelope), frame, order))
        _pair_all(turn, order.issuer)
    elif addressed:
        refuse(turn, reason, order.issuer, order.counter)
    if reason in (None, Reason.UNKNOWN_KEY):
        _report_old_roster(turn, held, order.roster)


def release_arrived(turn: Turn, frame: bytes, envelope: Envelope) -> None:
    """A release says nothing about whom it addresses: alone, it makes no receipt."""
    release = Release.decode(envelope.payload)
    held = turn.state.issuers.get(release.issuer)
    if held is None or is_known(turn, release.issuer, frame) or is_acted_on(turn, release.digest):
        return
    key = key_of(held, envelope)
    if key is not None and envelope.signed_by(key.public):
        hold(turn, release.issuer, Half(key.kid, frame, release))
        _pair_all(turn, release.issuer)
        return
    reason = Reason.UNKNOWN_KEY if key is None else Reason.BAD_SIGNATURE
    for _, order, _ in matches(turn, release.issuer, release.digest):
        refuse(turn, reason, release.issuer, order.counter)


def list_arrived(turn: Turn, frame: bytes, envelope: Envelope) -> None:
    listed = SirenList.decode(envelope.payload)
    held = turn.state.issuers.get(listed.issuer)
    if held is None or turn.provision.siren not in listed.sirens:
        return
    if is_known(turn, listed.issuer, frame):
        return
    key = key_of(held, envelope)
    if key is not None and envelope.signed_by(key.public):
        hold(turn, listed.issuer, Half(key.kid, frame, listed))
        _refuse_listed(turn, held, listed, key.kid)
        _pair_all(turn, listed.issuer)


def _refuse_listed(turn: Turn, held: IssuerState, listed: SirenList, kid: int) -> None:
    """Orders that turn out to address this terminal are judged now that its list is known."""
    for half, order in list(orders_held(turn, listed.issuer)):
        if half.kid != kid or order.target.list_number != listed.number:
            continue
        if reason := order_fault(turn, held, order):
            drop(turn, listed.issuer, half)
            refuse(turn, reason, order.issuer, order.counter)


def _pair_all(turn: Turn, issuer: int) -> None:
    for release in list(turn.state.issuers[issuer].halves):
        if isinstance(release.body, Release):
            for order, _, listed in list(matches(turn, issuer, release.body.digest)):
                _settle(turn, issuer, order, release, listed)


def _settle(turn: Turn, issuer: int, order: Half, release: Half, listed: Half | None) -> None:
    held = turn.state.issuers[issuer]
    body = order.body
    assert isinstance(body, Order)
    reason = pair_fault(turn, held, (order, release))
    if reason is None:
        accept(turn, order, release, listed)
        drop(turn, issuer, order, release, listed)
    else:
        drop(turn, issuer, release)
        refuse(turn, reason, issuer, body.counter)


def accept(turn: Turn, order_half: Half, release_half: Half, listed: Half | None) -> None:
    """Use the counter up, keep the order, say so. The records are written before it acts."""
    order, release = order_half.body, release_half.body
    assert isinstance(order, Order) and isinstance(release, Release)
    held = turn.state.issuers[order.issuer]
    accepted = Accepted(
        order, order_half.frame, release_half.frame, listed.frame if listed else None,
        release.digest, cose.digest(order_half.frame), _start(turn, order, release),
        turn.state.boot, on_counter=not turn.state.clock_ok,
        signals=tuple(Progress() for _ in order.programme),
    )  # fmt: skip
    turn.update_issuer(order.issuer, window=held.window.mark(order.counter))
    turn.put_order(accepted)
    turn.changed_issuers.add(order.issuer)
    turn.changed_orders.add(accepted.key)
    tell(turn, *accepted.key, State.ACCEPTED)


def _start(turn: Turn, order: Order, release: Release) -> float:
    """An immediate order never waits longer than its lead, whatever the clock says."""
    if order.start is not None:
        return float(order.issued + order.start)
    lead = release.start or 0
    at_once = turn.now + lead
    return min(float(release.released + lead), at_once) if turn.state.clock_ok else at_once


def _kid(envelope: Envelope) -> int:
    return int.from_bytes(envelope.kid, "big")


def _report_old_roster(turn: Turn, held: IssuerState, needed: int) -> None:
    """The next health report shows the office which roster is held; one a minute is enough."""
    if held.roster is None or needed > held.roster.number:
        last = turn.state.health_at - turn.provision.health_s
        soon = max(turn.now + 1, last + REPORT_EVERY_S)
        turn.update(health_at=min(turn.state.health_at, soon))
