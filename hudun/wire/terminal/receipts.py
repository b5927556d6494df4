"""Receipts: numbered without gaps, kept until acknowledged, re-sent with a growing pause."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from hudun.wire import cose
from hudun.wire.frames import Evidence, Reason, Receipt, State, siren_kid
from hudun.wire.terminal.disk import receipt_key
from hudun.wire.terminal.types import Outbox, Refusals, Send, Turn

PAUSES_S = (8.0, 10.0, 20.0, 40.0, 60.0)
AT_ONCE = 32  # receipts in flight
REFUSAL_EVERY_S = 60.0
MOST_WAITING_REFUSALS = 256  # beyond, they are only counted: a flood must not fill the disk


def tell(
    turn: Turn,
    issuer: int,
    counter: int,
    state: State,
    *,
    signal: int | None = None,
    at: float | None = None,
    evidence: int = Evidence.NONE,
    amount: int = 0,
) -> None:
    """Make a receipt about something at the terminal's time ``at`` (None: now), and send it."""
    box = turn.state.issuers[issuer].outbox
    number, siren = box.next_number, turn.provision.siren
    receipt = Receipt(
        siren, number, issuer, counter, signal, state,
        office_ms(turn, turn.now if at is None else at), evidence, amount, turn.state.offset,
    )  # fmt: skip
    frame = cose.sign1(receipt.encode(), siren_kid(siren), turn.key)
    box = replace(box, next_number=number + 1, waiting={**box.waiting, number: frame})
    turn.saves[receipt_key(issuer, number)] = frame
    turn.changed_issuers.add(issuer)
    turn.update_issuer(issuer, outbox=_send_new(turn, issuer, box))


def office_ms(turn: Turn, at: float) -> int:
    """Office time where the offset is known, else the terminal's own clock."""
    offset = turn.state.offset
    return max(0, round(at * 1000) + (offset.ms if offset else 0))


def acknowledged(turn: Turn, issuer: int, upto: int) -> None:
    """The office has committed every receipt up to ``upto``."""
    box = turn.state.issuers[issuer].outbox
    for number in range(box.acked + 1, upto + 1):
        turn.saves[receipt_key(issuer, number)] = None
    waiting = {number: frame for number, frame in box.waiting.items() if number > upto}
    sent = max(box.sent, upto)
    box = replace(box, acked=upto, waiting=waiting, attempts=0, resend_at=inf, sent=sent)
    turn.changed_issuers.add(issuer)
    turn.update_issuer(issuer, outbox=_send_new(turn, issuer, box))


def resend_all(turn: Turn) -> None:
    """After a (re)connect: begin again with the oldest."""
    for issuer, held in turn.state.issuers.items():
        box = replace(held.outbox, sent=held.outbox.acked, attempts=0, resend_at=inf)
        turn.update_issuer(issuer, outbox=_send_new(turn, issuer, box))


def resend_due(turn: Turn) -> None:
    for issuer, held in turn.state.issuers.items():
        box = held.outbox
        if turn.now >= box.resend_at:
            again = replace(box, sent=box.acked, attempts=box.attempts + 1)
            turn.update_issuer(issuer, outbox=_send_new(turn, issuer, again))


def refuse(turn: Turn, reason: Reason, issuer: int | None = None, counter: int = 0) -> None:
    """At most one receipt a minute for each reason, with how often it occurred meanwhile."""
    if issuer is None:
        issuer = turn.provision.home
    known = turn.state.refusals.get(reason)
    told_at = known.told_at if known else -inf
    waiting = (known.waiting if known else 0) + 1
    _put(turn, reason, Refusals(told_at, waiting, issuer, counter))
    _tell_refusal(turn, reason)


def refusals_due(turn: Turn) -> None:
    for reason, refusals in turn.state.refusals.items():
        if refusals.waiting:
            _tell_refusal(turn, reason)


def _tell_refusal(turn: Turn, reason: Reason) -> None:
    refusals = turn.state.refusals[reason]
    full = len(turn.state.issuers[refusals.issuer].outbox.waiting) >= MOST_WAITING_REFUSALS
    if abs(turn.now - refusals.told_at) < REFUSAL_EVERY_S or full:
        return
    tell(
        turn, refusals.issuer, refusals.counter, State.REFUSED,
        evidence=reason, amount=refusals.waiting,
    )  # fmt: skip
    _put(turn, reason, Refusals(turn.now, 0, refusals.issuer, refusals.counter))


def _put(turn: Turn, reason: Reason, refusals: Refusals) -> None:
    turn.update(refusals={**turn.state.refusals, reason: refusals})


def _send_new(turn: Turn, issuer: int, box: Outbox) -> Outbox:
    """Send what is waiting, not yet sent and within the number allowed in flight."""
    last = min(box.next_number - 1, box.acked + AT_ONCE)
    for number in range(max(box.sent, box.acked) + 1, last + 1):
        turn.sends.append(Send(box.waiting[number], issuer))
    resend_at = inf
    if box.waiting:  # a newer receipt does not put off the older one's turn
        fresh = turn.now + _pause(turn, box.attempts)
        resend_at = fresh if box.resend_at <= turn.now else min(box.resend_at, fresh)
    return replace(box, sent=max(box.sent, last), resend_at=resend_at)


def _pause(turn: Turn, attempts: int) -> float:
    """Spread by the siren's number, so that ten thousand do not speak in the same second."""
    jitter = (turn.provision.siren * 2654435761 % 1000) / 1000
    return PAUSES_S[min(attempts, len(PAUSES_S) - 1)] * (1 + 0.5 * jitter)
