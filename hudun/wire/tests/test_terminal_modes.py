"""Trials, silent tests, lost clocks, and several orders at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hudun.wire import cose
from hudun.wire.frames import Mode, Order, Reason, Right
from hudun.wire.terminal import ButtonPressed
from hudun.wire.tests.cast import (
    ALICE,
    CAROL,
    DAVE,
    DAY,
    DESK,
    NOON,
    People,
    Siren,
    play,
)


def reasons(siren: Siren) -> list[Reason]:
    return [Reason(r.evidence) for r in siren.receipts if r.state.name == "REFUSED"]


def pair(order: bytes, people: People, **changes: object) -> tuple[bytes, bytes]:
    return order, people.release(order, **changes)  # type: ignore[arg-type]


def live(people: People, **changes: object) -> tuple[bytes, bytes]:
    return pair(people.order(**changes), people)  # type: ignore[arg-type]


def trial(people: People, **changes: object) -> tuple[bytes, bytes]:
    return pair(people.planned(**changes), people, kid=DAVE)  # type: ignore[arg-type]


def trial_now(people: People) -> tuple[bytes, bytes]:
    return pair(people.order(kid=CAROL, mode=Mode.TRIAL), people, kid=DAVE)


# trial


def test_a_trial_told_a_day_ahead_sounds_by_day() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*trial(people), at=NOON + 25)
    start = NOON + 2 * DAY - 2 * 3600 - 1800
    assert siren.told == ["ACCEPTED"] and siren.on(start) and not siren.on(start - 0.1)


def test_a_trial_that_comes_late_still_sounds_if_it_was_signed_a_day_ahead() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*trial(people), at=NOON + DAY + 12 * 3600)
    assert siren.told == ["ACCEPTED"]


def test_a_trial_never_starts_in_the_middle() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*trial(people), at=NOON + 2 * DAY - 2 * 3600 - 1799)
    assert reasons(siren) == [Reason.START_PASSED]


@pytest.mark.parametrize(("pressed", "sounds"), [(NOON - 500, True), (NOON - 700, False)])
def test_the_test_button_opens_ten_minutes(pressed: int, sounds: bool) -> None:
    people = People()
    siren = Siren(people)
    siren.give(ButtonPressed(), at=pressed)
    siren.hear(*trial_now(people), at=NOON + 25)
    assert siren.on(NOON + 30) is sounds


# silent


def test_a_silent_order_by_the_desk_alone_makes_no_sound() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*pair(people.order(kid=DESK, mode=Mode.SILENT), people, kid=DESK), at=NOON + 25)
    assert siren.told == ["ACCEPTED"]
    assert not any(siren.on(NOON + second) for second in range(25, 300))


def test_live_and_trial_rights_on_one_key_make_a_roster_invalid() -> None:
    people = People()
    siren = Siren(people)
    people.rights[ALICE] = Right.LIVE | Right.TRIAL
    siren.hear(people.roster(number=2))
    held = siren.state.issuers[people.number].roster
    assert held is not None and held.number == 1


# the clock


def test_without_a_clock_a_planned_order_is_refused_and_an_immediate_one_sounds() -> None:
    people = People()
    siren = Siren(people, now=100.0, clock_ok=False)
    siren.hear(*trial(people, counter=2), at=150.0)
    siren.hear(*live(people), at=200.0)
    assert reasons(siren) == [Reason.NO_CLOCK]
    assert not siren.on(209) and siren.on(210) and siren.on(215.9)


def test_a_clock_behind_the_last_time_stored_is_lost() -> None:
    people = People()
    siren = Siren(people)
    siren.reboot(now=NOON - 3600)
    siren.hear(*trial(people), at=NOON - 3500)
    assert reasons(siren) == [Reason.NO_CLOCK]


def test_an_accepted_plan_waits_for_the_clock_to_come_back() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*trial(people), at=NOON + 25)
    start = NOON + 2 * DAY - 2 * 3600 - 1800
    siren.reboot(now=NOON + 60, clock_ok=False)
    assert reasons(siren) == [Reason.NO_CLOCK] and not siren.on(start)
    siren.reboot(now=NOON + 90)
    assert siren.told == ["ACCEPTED", "REFUSED", "ACCEPTED"] and siren.on(start)


def test_a_slow_clock_does_not_put_off_an_immediate_order() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*live(people), at=NOON - 3000)
    assert siren.on(NOON - 3000 + 10)


# several


def test_live_goes_before_trial() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*trial(people, programme=((3, 0),)), at=NOON + 25)
    start = NOON + 2 * DAY - 2 * 3600 - 1800
    siren.hear(*live(people, counter=2, issued=start - 60, programme=((2, 0),)), at=start - 35)
    assert not siren.on(start) and siren.on(start + 6)  # the pauses of 空袭, not 解除


def test_a_signal_that_begins_after_its_order_expired_does_not_sound() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*live(people, life=100, programme=((2, 0), (2, 200))), at=NOON + 25)
    assert siren.on(NOON + 30) and siren.on(NOON + 198) and not siren.on(NOON + 230)


def test_the_records_on_the_disk_are_the_state() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*live(people), *trial(people, counter=2), people.stop(2), at=NOON + 25)
    play(siren, NOON + 60)
    assert siren.disk_agrees()


def test_an_order_is_what_its_octets_say() -> None:
    order = Order.decode(cose.take_apart(People().order()).payload)
    assert replace(order, start=5).starts_at == NOON + 5 and order.starts_at is None
