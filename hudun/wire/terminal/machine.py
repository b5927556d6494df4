"""One step of the terminal machine: what arrived, then what has become due."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire import cose
from hudun.wire.cose import BadFrame, Envelope
from hudun.wire.frames import (
    SHORT_FRAME,
    SHORT_KINDS,
    Acknowledgement,
    Kind,
    Reason,
    Right,
    kind_of,
)
from hudun.wire.terminal import clock, disk, evidence, health, receipts
from hudun.wire.terminal.admission import list_arrived, order_arrived, release_arrived
from hudun.wire.terminal.provision import Provision
from hudun.wire.terminal.schedule import next_wake
from hudun.wire.terminal.stop import stop_arrived
from hudun.wire.terminal.trust import fault, roster_arrived
from hudun.wire.terminal.types import (
    Booted,
    ButtonPressed,
    DriverSeen,
    Effect,
    Event,
    FrameArrived,
    LinkUp,
    Measured,
    Save,
    TerminalState,
    Tick,
    Turn,
)

KEEP_AFTER_EXPIRY_S = 86400
MOST_ORDERS = 128


def step(
    state: TerminalState,
    event: Event,
    now: float,
    key: Ed25519PrivateKey,
    provision: Provision,
) -> tuple[TerminalState, list[Effect]]:
    """The next state and what to do. Commit every Save, in one transaction, before any Send."""
    turn = Turn(state, now, key, provision)
    _take(turn, event)
    if now >= next_wake(turn.state, now, provision):
        _settle(turn)
    return turn.state, _effects(turn)


def _take(turn: Turn, event: Event) -> None:
    match event:
        case FrameArrived():
            _frame_arrived(turn, event)
        case DriverSeen():
            evidence.driver_seen(turn, event)
        case LinkUp():
            receipts.resend_all(turn)
            turn.update(health_at=turn.now, question_at=turn.now, asked=None)
        case Measured():
            health.measured(turn, event)
        case ButtonPressed():
            turn.update(pressed_at=turn.now)
        case Booted():
            clock.booted(turn, event)
        case Tick():
            pass


def _frame_arrived(turn: Turn, event: FrameArrived) -> None:
    if event.retained:
        receipts.refuse(turn, Reason.RETAINED)
        return
    try:
        envelope = cose.take_apart(event.frame)
        _by_kind(turn, event.frame, envelope)
    except BadFrame:
        receipts.refuse(turn, Reason.BAD_FRAME)


def _by_kind(turn: Turn, frame: bytes, envelope: Envelope) -> None:
    kind = kind_of(envelope.payload)
    if kind in SHORT_KINDS and len(frame) > SHORT_FRAME:
        raise BadFrame("longer than a bearer of short messages carries")
    match kind:
        case Kind.ORDER:
            order_arrived(turn, frame, envelope)
        case Kind.RELEASE:
            release_arrived(turn, frame, envelope)
        case Kind.LIST:
            list_arrived(turn, frame, envelope)
        case Kind.STOP:
            stop_arrived(turn, envelope)
        case Kind.ACKNOWLEDGEMENT:
            _acknowledged(turn, envelope)
        case Kind.TIME:
            clock.time_answered(turn, envelope)
        case Kind.ROSTER:
            roster_arrived(turn, frame, envelope)
        case _:
            raise BadFrame("not for a terminal")


def _acknowledged(turn: Turn, envelope: Envelope) -> None:
    word = Acknowledgement.decode(envelope.payload)
    held = turn.state.issuers.get(word.issuer)
    if held is None or word.siren != turn.provision.siren:
        return
    if not held.outbox.acked < word.upto < held.outbox.next_number:
        return
    if fault(turn, held, envelope, Right.TIME) is None:
        receipts.acknowledged(turn, word.issuer, word.upto)


def _settle(turn: Turn) -> None:
    """Everything that the time has made due."""
    evidence.close_due(turn)
    evidence.unsolicited_due(turn)
    receipts.refusals_due(turn)
    receipts.resend_due(turn)
    if turn.now >= turn.state.question_at:
        clock.ask(turn)
    if turn.now >= turn.state.health_at:
        health.report(turn)
        _forget(turn)
    clock.time_passed(turn)


def _forget(turn: Turn) -> None:
    """Orders long over leave; their counters stay used."""
    over = [a for a in turn.state.orders.values() if a.over]
    kept_until = turn.now - KEEP_AFTER_EXPIRY_S
    old = [a for a in over if turn.state.clock_ok and a.order.expires_at < kept_until]
    surplus = over[: max(0, len(over) - MOST_ORDERS)]
    gone = {accepted.key for accepted in (*old, *surplus)}
    if gone:
        orders = {key: held for key, held in turn.state.orders.items() if key not in gone}
        turn.update(orders=orders)
        turn.saves.update({disk.order_key(*key): None for key in gone})
        turn.changed_orders -= gone


def _effects(turn: Turn) -> list[Effect]:
    state, saves = turn.state, turn.saves
    for issuer in turn.changed_rosters:
        saves[disk.roster_key(issuer)] = state.issuers[issuer].roster_frame
    for issuer in turn.changed_issuers:
        saves[disk.issuer_key(issuer)] = disk.issuer_record(state.issuers[issuer])
    for key in turn.changed_orders:
        saves[disk.order_key(*key)] = disk.order_record(state.orders[key])
    effects: list[Effect] = [Save(name, value) for name, value in saves.items()]
    return effects + turn.sends
