"""Stop, and sound that nobody ordered."""

from __future__ import annotations

import pytest

from hudun.wire.frames import (
    Evidence,
    Reason,
    Target,
)
from hudun.wire.terminal import DriverSeen, Tick, next_wake
from hudun.wire.tests.cast import ALICE, NOON, People, Siren, play


def sounding(people: People, siren: Siren, *, until: float, **how: object) -> None:
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    play(siren, until, **how)  # type: ignore[arg-type]


# stop


def test_stop_ends_the_sound_and_every_order_up_to_its_counter() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 60)
    later, other = people.order(3, issued=NOON + 40), people.order(5, issued=NOON + 40)
    siren.hear(later, people.release(later))
    siren.hear(people.stop(4), at=NOON + 60)
    assert siren.told == ["ACCEPTED", "SOUNDING", "ACCEPTED", "INTERRUPTED", "STOPPED"]
    assert not any(siren.on(NOON + second) for second in range(60, 300))
    siren.hear(other, people.release(other))
    assert siren.on(NOON + 70)


def test_stop_is_remembered_before_the_start_has_come_and_over_a_reboot() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(people.stop(1), at=NOON + 10)
    siren.reboot()
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    assert siren.told == ["STOPPED", "REFUSED"]
    assert siren.receipts[-1].evidence == Reason.STOPPED and not siren.on(NOON + 30)


def test_stop_forgets_the_half_that_waits() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(order, people.stop(1), people.release(order), at=NOON + 25)
    assert siren.told == ["STOPPED"] and not siren.on(NOON + 30)


def test_an_expired_stop_counts() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 60)
    siren.hear(people.stop(1, issued=NOON - 9999, life=1))
    assert not siren.on(NOON + 66)


@pytest.mark.parametrize(
    ("target", "ends"),
    [(Target(group=3), True), (Target(group=4), False), (Target(sirens=(8,)), False)],
)
def test_stop_for_some(target: Target, ends: bool) -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 60)
    siren.hear(people.stop(1, target=target))
    assert siren.on(NOON + 66) is not ends


def test_stop_without_the_right_is_refused() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 60)
    siren.hear(people.stop(1, kid=ALICE))
    assert siren.on(NOON + 66) and siren.receipts[-1].evidence == Reason.NO_RIGHT


def test_a_stop_of_everything_forever_reaches_a_million_counters_only() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(people.stop((1 << 53) - 1))
    order = people.order((1 << 20) + 1)
    siren.hear(order, people.release(order), at=NOON + 25)
    assert siren.on(NOON + 30)


def test_a_stop_said_twice_is_answered_once() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(people.stop(3), people.stop(3), people.stop(2))
    assert siren.told == ["STOPPED"]


# by itself


def test_sound_with_nothing_due_is_reported_after_a_moment() -> None:
    siren = Siren(People())
    siren.give(DriverSeen(True, Evidence.MICROPHONE), at=NOON + 60)
    siren.give(Tick(), at=NOON + 61)
    assert siren.told == []
    assert next_wake(siren.state, NOON + 61, siren.provision) == NOON + 61.5
    siren.give(Tick(), at=NOON + 61.6)
    siren.give(DriverSeen(False, Evidence.MICROPHONE), at=NOON + 90)
    assert siren.told == ["UNSOLICITED", "QUIET"]
    assert siren.receipts[0].at_ms == (NOON + 60) * 1000


def test_sound_after_a_stop_is_unsolicited() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 60)
    siren.hear(people.stop(1))
    siren.give(DriverSeen(True, Evidence.CURRENT), at=NOON + 61)
    siren.give(DriverSeen(True, Evidence.CURRENT), at=NOON + 63)
    assert siren.told[-1] == "UNSOLICITED"
