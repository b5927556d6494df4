"""The rules that an order has to meet: alone, and together with its release."""

from __future__ import annotations

from hudun.wire.frames import (
    DESK_PERSON,
    RIGHT_FOR_MODE,
    Mode,
    Order,
    Reason,
    Release,
    RosterKey,
)
from hudun.wire.signals import duration
from hudun.wire.terminal.types import Half, IssuerState, Turn

FURTHEST_AHEAD = 1 << 20  # a counter further ahead would burn the numbers below it
DAY = 86400


def order_fault(turn: Turn, held: IssuerState, order: Order) -> Reason | None:
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


def pair_fault(turn: Turn, held: IssuerState, pair: tuple[Half, Half]) -> Reason | None:
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
    return order_fault(turn, held, order) or time_fault(turn, order, release)


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
