"""What comes in from the terminals: receipts, questions, health."""

from __future__ import annotations

from hudun.wire import cose
from hudun.wire.cose import BadFrame, Envelope
from hudun.wire.frames import (
    Health,
    Kind,
    Question,
    Reason,
    Receipt,
    State,
    TimeAnswer,
    kid_octets,
    kind_of,
    siren_kid,
)
from hudun.wire.office.redrive import ACK_AFTER_S, end_stop, greet
from hudun.wire.office.rulings import rule, rule_open
from hudun.wire.office.types import (
    Alert,
    DeskKey,
    Effect,
    FrameArrived,
    OfficeState,
    OrderWatch,
    Publish,
    Received,
    SaveHealth,
    SaveReceipt,
    SirenWatch,
)
from hudun.wire.topics import Topic

ROSTER_PAUSE_S = 60.0
_ALERTS = {State.UNSOLICITED: "unsolicited", State.QUIET: "quiet"}
_ENDINGS = (State.FINISHED, State.INTERRUPTED, State.SILENT, State.UNPROVED)


def frame_arrived(
    state: OfficeState, event: FrameArrived, now: float, desk: DeskKey
) -> list[Effect]:
    try:
        envelope = cose.take_apart(event.frame)
        return _by_kind(state, event, envelope, now, desk)
    except BadFrame:
        state.strangers += 1
        return []


def note(state: OfficeState, receipt: Receipt) -> list[OrderWatch]:
    """Take a receipt into what is known; the orders whose verdicts it may change."""
    if receipt.state is State.STOPPED:
        return _note_stopped(state, receipt)
    watch = state.orders.get(receipt.counter)
    siren = watch.sirens.get(receipt.siren) if watch else None
    if watch is None or siren is None:
        return []
    _note_word(siren, receipt)
    return [watch]


def _by_kind(
    state: OfficeState, event: FrameArrived, envelope: Envelope, now: float, desk: DeskKey
) -> list[Effect]:
    siren = event.siren_of_topic
    public = state.keys.get(siren)
    if public is None or envelope.kid != siren_kid(siren):
        raise BadFrame("not the word of the terminal under whose topic it came")
    kind = kind_of(envelope.payload)
    if kind is Kind.RECEIPT:
        return _receipt_arrived(state, siren, event.frame, envelope, now)
    if not envelope.signed_by(public):
        raise BadFrame("not signed by this terminal")
    if kind is Kind.QUESTION:
        return _asked(state, siren, Question.decode(envelope.payload), now, desk)
    if kind is Kind.HEALTH:
        return _health(state, siren, Health.decode(envelope.payload), now)
    raise BadFrame("not for an office")


def _receipt_arrived(
    state: OfficeState, siren: int, frame: bytes, envelope: Envelope, now: float
) -> list[Effect]:
    """Store, then acknowledge a little later: by then the store is committed."""
    receipt = Receipt.decode(envelope.payload)
    if receipt.siren != siren or receipt.issuer != state.office or receipt.number == 0:
        raise BadFrame("a receipt for somebody else")
    if not envelope.signed_by(state.keys[siren]):
        raise BadFrame("not signed by this terminal")
    received = state.received.setdefault(siren, Received())
    state.acks.setdefault(siren, now + ACK_AFTER_S)
    gap = bool(received.ahead)
    if not received.add(receipt.number):
        return []
    state.heard[siren] = now
    row = SaveReceipt(
        siren, receipt.number, receipt.issuer, receipt.counter, receipt.signal, receipt.state,
        receipt.at_ms, receipt.evidence, receipt.amount, receipt.offset, now, frame,
    )  # fmt: skip
    effects = [row, *_consequences(state, receipt, now)]
    if gap and not received.ahead:  # what could not be judged before the gap was filled
        for watch in state.orders.values():
            if siren in watch.sirens:
                effects += rule_open(state, watch, siren, now)
    return effects


def _consequences(state: OfficeState, receipt: Receipt, now: float) -> list[Effect]:
    effects: list[Effect] = []
    if receipt.state is State.REFUSED and receipt.evidence == Reason.UNKNOWN_KEY:
        effects += _offer_roster(state, receipt.siren, 0, now)
    if kind := _ALERTS.get(receipt.state):
        effects.append(Alert(receipt.siren, kind, receipt.at_ms / 1000))
    for watch in note(state, receipt):
        positions = range(len(watch.order.programme))
        if receipt.signal is not None:
            positions = positions[receipt.signal : receipt.signal + 1]
        effects += rule(state, watch, receipt.siren, positions, now)
    for stop in state.stops.values():
        effects += end_stop(state, stop, now)
    return effects


def _asked(
    state: OfficeState, siren: int, question: Question, now: float, desk: DeskKey
) -> list[Effect]:
    answer = TimeAnswer(state.office, question.nonce, round(now * 1000))
    frame = cose.sign1(answer.encode(), kid_octets(desk.kid), desk.key)
    return [*greet(state, siren, now), Publish(Topic(siren=siren), frame)]


def _health(state: OfficeState, siren: int, health: Health, now: float) -> list[Effect]:
    """A copy of an old report is no sign of life."""
    stamp = (health.boot, health.at_ms)
    if health.siren != siren or stamp <= state.health.get(siren, (-1, 0)):
        raise BadFrame("an old report")
    state.health[siren] = stamp
    state.heard[siren] = now
    held = dict(health.rosters).get(state.office, 0)
    effects: list[Effect] = [SaveHealth(siren, health, now), *greet(state, siren, now)]
    return effects + _offer_roster(state, siren, held, now)


def _offer_roster(state: OfficeState, siren: int, held: int, now: float) -> list[Effect]:
    if state.roster is None or held >= state.roster.number:
        return []
    if now - state.roster_sent.get(siren, -ROSTER_PAUSE_S) < ROSTER_PAUSE_S:
        return []
    state.roster_sent[siren] = now
    return [Publish(Topic(siren=siren), state.roster_frame)]


def _note_word(siren: SirenWatch, receipt: Receipt) -> None:
    """Keep what the terminal says, in whatever sequence its words arrive."""
    if receipt.state is State.ACCEPTED:
        siren.accepted = max(siren.accepted, receipt.number)
    elif receipt.state is State.REFUSED:
        if siren.refused is None or siren.refused.number < receipt.number:
            siren.refused = receipt
    elif receipt.signal is not None and receipt.signal < len(siren.signals):
        said = siren.signals[receipt.signal]
        if receipt.state is State.SOUNDING:
            said.sounding = _first(said.sounding, receipt)
        elif receipt.state in _ENDINGS:
            said.ended = _first(said.ended, receipt)


def _first(held: Receipt | None, new: Receipt) -> Receipt:
    return held if held and held.number < new.number else new


def _note_stopped(state: OfficeState, receipt: Receipt) -> list[OrderWatch]:
    """A terminal's word that nothing up to a counter acts any more."""
    known = state.stopped.get(receipt.siren, 0)
    state.stopped[receipt.siren] = max(known, receipt.counter)
    for upto, stop in state.stops.items():
        if upto <= receipt.counter:
            stop.waiting.pop(receipt.siren, None)
    ended = []
    for counter, watch in state.orders.items():
        if counter <= receipt.counter and receipt.siren in watch.sirens:
            watch.sirens[receipt.siren].stopped = True
            ended.append(watch)
    return ended
