"""Whether an order acts: two verified halves, from two people, in time, once."""

from __future__ import annotations

from collections.abc import Iterator

from hudun.wire import cose
from hudun.wire.cose import Envelope
from hudun.wire.frames import (
    DESK_PERSON,
    RIGHT_FOR_MODE,
    Mode,
    Order,
    Reason,
    Release,
    RosterKey,
    SirenList,
    State,
)
from hudun.wire.signals import duration
from hudun.wire.terminal.receipts import refuse, tell
from hudun.wire.terminal.trust import fault, key_of
from hudun.wire.terminal.types import Accepted, Half, IssuerState, Progress, Turn

HALVES_PER_KEY = 8  # a stolen key can push out its own halves only
FURTHEST_AHEAD = 1 << 20  # a counter further ahead would burn the numbers below it
DAY = 86400


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
    if not (listed or addressed) or _known(turn, order.issuer, frame):
        return
    reason = fault(turn, held, envelope, RIGHT_FOR_MODE[order.mode])
    if reason is None and addressed:
        reason = _order_fault(turn, held, order)
    if reason is None:
        _hold(turn, order.issuer, Half(_kid(envelope), frame, order))
        _pair_all(turn, order.issuer)
    elif addressed:
        refuse(turn, reason, order.issuer, order.counter)
    _report_old_roster(turn, held, order.roster)


def release_arrived(turn: Turn, frame: bytes, envelope: Envelope) -> None:
    """A release says nothing about whom it addresses: alone, it makes no receipt."""
    release = Release.decode(envelope.payload)
    held = turn.state.issuers.get(release.issuer)
    if held is None or _known(turn, release.issuer, frame) or _acted_on(turn, release.digest):
        return
    key = key_of(held, envelope)
    if key is not None and envelope.signed_by(key.public):
        _hold(turn, release.issuer, Half(key.kid, frame, release))
        _pair_all(turn, release.issuer)
        return
    reason = Reason.UNKNOWN_KEY if key is None else Reason.BAD_SIGNATURE
    for _, order, _ in _matches(turn, release.issuer, release.digest):
        refuse(turn, reason, release.issuer, order.counter)


def list_arrived(turn: Turn, frame: bytes, envelope: Envelope) -> None:
    listed = SirenList.decode(envelope.payload)
    held = turn.state.issuers.get(listed.issuer)
    if held is None or turn.provision.siren not in listed.sirens:
        return
    if _known(turn, listed.issuer, frame):
        return
    key = key_of(held, envelope)
    if key is not None and envelope.signed_by(key.public):
        _hold(turn, listed.issuer, Half(key.kid, frame, listed))
        _refuse_listed(turn, held, listed, key.kid)
        _pair_all(turn, listed.issuer)


# ---- the order by itself


def _order_fault(turn: Turn, held: IssuerState, order: Order) -> Reason | None:
    if order.counter <= held.stopped_upto:
        return Reason.STOPPED
    if (order.issuer, order.counter) in turn.state.orders:
        return Reason.CONFLICT
    if held.window.used(order.counter):
        return Reason.REPLAY
    if order.counter > held.window.highest + 2 * FURTHEST_AHEAD:
        return Reason.TOO_FAR_AHEAD
    if turn.state.clock_ok and turn.now > order.expires_at:
        return Reason.EXPIRED
    return _programme_fault(turn, order)


def _programme_fault(turn: Turn, order: Order) -> Reason | None:
    free_from = 0
    for signal, at in order.programme:
        pattern = turn.provision.patterns.get(signal)
        if pattern is None:
            return Reason.UNKNOWN_SIGNAL
        if at < free_from:
            return Reason.CONFLICT
        free_from = at + pattern.seconds
    return None


# ---- order and release together


def _pair_fault(turn: Turn, held: IssuerState, pair: tuple[Half, Half]) -> Reason | None:
    order_half, release_half = pair
    order, release = order_half.body, release_half.body
    assert isinstance(order, Order) and isinstance(release, Release) and held.roster
    first, second = held.roster.key(order_half.kid), held.roster.key(release_half.kid)
    if first is None or second is None:
        return Reason.UNKNOWN_KEY
    if RIGHT_FOR_MODE[order.mode] not in second.rights:
        return Reason.NO_RIGHT
    if turn.state.clock_ok and turn.now > second.until:
        return Reason.KEY_EXPIRED
    if order.mode is not Mode.SILENT and not two_people(first, second):
        return Reason.SAME_PERSON
    if release.counter != order.counter:
        return Reason.CONFLICT
    return _order_fault(turn, held, order) or time_fault(turn, order, release)


def two_people(first: RosterKey, second: RosterKey) -> bool:
    """The desk is nobody, and one person with two keys is one person."""
    persons = {first.person, second.person}
    return len(persons) == 2 and DESK_PERSON not in persons and first.public != second.public


def time_fault(turn: Turn, order: Order, release: Release) -> Reason | None:
    if (order.start is None) == (release.start is None):
        return Reason.LATE_RELEASE
    if order.start is None:
        return _immediate_fault(turn, order, release)
    return _planned_fault(turn, order, release)


def _immediate_fault(turn: Turn, order: Order, release: Release) -> Reason | None:
    rules, lead = turn.provision, release.start or 0
    if not 0 <= release.released - order.issued <= rules.arm_window_s or lead > rules.arm_window_s:
        return Reason.LATE_RELEASE
    if turn.state.clock_ok and turn.now > release.released + lead + rules.late_s:
        return Reason.START_PASSED
    if order.mode is Mode.TRIAL and not _button_pressed(turn):
        return Reason.TRIAL_RULE
    return None


def _planned_fault(turn: Turn, order: Order, release: Release) -> Reason | None:
    starts_at, rules = order.issued + (order.start or 0), turn.provision
    if not turn.state.clock_ok:
        return Reason.NO_CLOCK
    if not order.issued <= release.released <= starts_at:
        return Reason.LATE_RELEASE
    trial = order.mode is Mode.TRIAL
    if turn.now > starts_at + (0 if trial else rules.late_s):
        return Reason.START_PASSED
    if trial and not (_announced(turn, order, release) or _button_pressed(turn)):
        return Reason.TRIAL_RULE
    return None


def _announced(turn: Turn, order: Order, release: Release) -> bool:
    """Issued and released a day ahead, and by day from the first sound to the last."""
    rules, starts_at = turn.provision, order.issued + (order.start or 0)
    if max(order.issued, release.released) > starts_at - rules.trial_notice_s:
        return False
    first = starts_at + order.programme[0][1] + rules.utc_offset_s
    last = starts_at + duration(order.programme, rules.patterns) + rules.utc_offset_s
    same_day = first // DAY == last // DAY
    return same_day and first % DAY >= rules.trial_from_s and last % DAY <= rules.trial_until_s


def _button_pressed(turn: Turn) -> bool:
    at = turn.state.pressed_at
    return at is not None and 0 <= turn.now - at <= turn.provision.test_button_s


# ---- halves


def _hold(turn: Turn, issuer: int, half: Half) -> None:
    """Keep a half; of one key's, the oldest make room."""
    halves = (*turn.state.issuers[issuer].halves, half)
    own = [each for each in halves if each.kid == half.kid]
    if len(own) > HALVES_PER_KEY:
        halves = tuple(each for each in halves if each is not own[0])
    turn.update_issuer(issuer, halves=halves)


def _drop(turn: Turn, issuer: int, *dropped: Half | None) -> None:
    halves = tuple(h for h in turn.state.issuers[issuer].halves if h not in dropped)
    turn.update_issuer(issuer, halves=halves)


def _known(turn: Turn, issuer: int, frame: bytes) -> bool:
    """A copy of a frame that is held already, as a half or in an order that acts."""
    if any(half.frame == frame for half in turn.state.issuers[issuer].halves):
        return True
    return any(
        frame in (each.order_frame, each.release_frame, each.list_frame)
        for each in turn.state.orders.values()
    )


def _acted_on(turn: Turn, digest: bytes) -> bool:
    return any(each.digest == digest for each in turn.state.orders.values())


def _orders(turn: Turn, issuer: int) -> Iterator[tuple[Half, Order]]:
    for half in turn.state.issuers[issuer].halves:
        if isinstance(half.body, Order):
            yield half, half.body


def _matches(
    turn: Turn, issuer: int, digest: bytes
) -> Iterator[tuple[Half, Order, Half | None]]:
    """Orders held, each with the list it names, that a release with this digest means."""
    for half, order in _orders(turn, issuer):
        for listed in _lists_for(turn, half, order):
            frames = (half.frame, listed.frame) if listed else (half.frame,)
            if cose.digest(*frames) == digest:
                yield half, order, listed


def _lists_for(turn: Turn, half: Half, order: Order) -> list[Half | None]:
    """The lists an order may mean: of its number, by its signer."""
    number = order.target.list_number
    if number is None:
        return [None]
    return [
        each
        for each in turn.state.issuers[order.issuer].halves
        if isinstance(each.body, SirenList) and each.body.number == number and each.kid == half.kid
    ]


def _refuse_listed(turn: Turn, held: IssuerState, listed: SirenList, kid: int) -> None:
    """Orders that turn out to address this terminal are judged now that its list is known."""
    for half, order in list(_orders(turn, listed.issuer)):
        if half.kid != kid or order.target.list_number != listed.number:
            continue
        if reason := _order_fault(turn, held, order):
            _drop(turn, listed.issuer, half)
            refuse(turn, reason, order.issuer, order.counter)


def _pair_all(turn: Turn, issuer: int) -> None:
    for release in list(turn.state.issuers[issuer].halves):
        if isinstance(release.body, Release):
            for order, _, listed in list(_matches(turn, issuer, release.body.digest)):
                _settle(turn, issuer, order, release, listed)


def _settle(turn: Turn, issuer: int, order: Half, release: Half, listed: Half | None) -> None:
    held = turn.state.issuers[issuer]
    body = order.body
    assert isinstance(body, Order)
    reason = _pair_fault(turn, held, (order, release))
    if reason is None:
        accept(turn, order, release, listed)
        _drop(turn, issuer, order, release, listed)
    else:
        _drop(turn, issuer, release)
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
        turn.update(health_at=min(turn.state.health_at, turn.now + 1))


