"""The terminal's own clock, its offset to office time, and what a lost clock means."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from hudun.wire import cose
from hudun.wire.cose import Envelope
from hudun.wire.frames import (
    Offset,
    Question,
    Reason,
    Right,
    State,
    TimeAnswer,
    siren_kid,
)
from hudun.wire.terminal.disk import CLOCK, clock_record
from hudun.wire.terminal.receipts import tell
from hudun.wire.terminal.trust import fault
from hudun.wire.terminal.types import Asked, Booted, Send, Turn

BACKWARDS_S = 5.0  # a clock this far behind the last time stored has not kept time
DRIFT = 1e-4  # how fast an old measurement of the offset goes stale
STORE_EVERY_S = 3600.0
ASK_AGAIN_S = 10.0  # an answer may be lost; the wait doubles up to the usual interval
GOOD_MS = 500  # an offset less certain than this proves no start within a second


def booted(turn: Turn, event: Booted) -> None:
    clock_ok = event.clock_ok and turn.now > turn.state.latest - BACKWARDS_S
    turn.update(
        boot=event.boot, booted_at=turn.now, clock_ok=clock_ok, offset=None, asked=None,
        questions=0, seen=None, unsolicited=None, pressed_at=None, refusals={},
        health_at=turn.now, question_at=turn.now,
    )  # fmt: skip
    for key, accepted in turn.state.orders.items():
        planned = accepted.order.start is not None
        if planned and not accepted.over and accepted.suspended is clock_ok:
            turn.put_order(replace(accepted, suspended=not clock_ok))
            turn.changed_orders.add(key)
            _tell_suspension(turn, key, clock_ok)


def ask(turn: Turn) -> None:
    """Greet the home office and ask for its time."""
    number = turn.state.questions + 1
    to, siren = turn.provision.home, turn.provision.siren
    before, usual = turn.state.asked, turn.provision.question_s
    again = min(usual, 2 * before.again if before else ASK_AGAIN_S)
    asked = Asked(_nonce(turn, number), to, turn.now, again)
    turn.update(asked=asked, questions=number, question_at=turn.now + again)
    question = Question(siren, asked.nonce)
    turn.sends.append(Send(cose.sign1(question.encode(), siren_kid(siren), turn.key), to))


def time_answered(turn: Turn, envelope: Envelope) -> None:
    """Measure the offset; the clock itself is never moved by what an office says."""
    answer, asked = TimeAnswer.decode(envelope.payload), turn.state.asked
    if asked is None or asked.nonce != answer.nonce or asked.to != answer.issuer:
        return
    if fault(turn, turn.state.issuers[answer.issuer], envelope, Right.TIME):
        return
    half_way = (turn.now - asked.at) / 2
    offset = Offset(
        round(answer.now_ms - (asked.at + half_way) * 1000), max(1, round(half_way * 1000))
    )
    usual = turn.provision.question_s
    wait = usual if offset.uncertainty_ms <= GOOD_MS else min(usual, asked.again)
    turn.update(asked=None, question_at=asked.at + wait)
    known, age = turn.state.offset, turn.now - turn.state.offset_at
    if known is None or offset.uncertainty_ms <= known.uncertainty_ms + age * DRIFT * 1000:
        turn.update(offset=offset, offset_at=turn.now)


def time_passed(turn: Turn) -> None:
    """The clock was never before ``latest``: a later start with an earlier time has lost it."""
    if turn.state.clock_ok and turn.now >= turn.state.latest + STORE_EVERY_S:
        turn.update(latest=turn.now)
        turn.saves[CLOCK] = clock_record(turn.now)


def _tell_suspension(turn: Turn, key: tuple[int, int], clock_ok: bool) -> None:
    if clock_ok:
        tell(turn, *key, State.ACCEPTED)
    else:
        tell(turn, *key, State.REFUSED, evidence=Reason.NO_CLOCK, amount=1)


def _nonce(turn: Turn, number: int) -> bytes:
    """Fresh for each question, and nobody without the terminal's key can foretell it."""
    secret = turn.key.private_bytes_raw()
    told = f"{turn.state.boot}/{number}/{turn.now!r}".encode()
    return hashlib.sha256(b"question" + secret + told).digest()[:8]
