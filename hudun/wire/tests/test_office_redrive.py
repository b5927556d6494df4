"""What goes out again, to whom, and when it ends."""

from __future__ import annotations

import pytest

from hudun.wire import cose
from hudun.wire import office as desk
from hudun.wire.frames import (
    Kind,
    Target,
    kind_of,
)
from hudun.wire.office import Publish, SaveAttempt, Verdict, Why
from hudun.wire.terminal import LinkUp
from hudun.wire.tests.cast import CAROL, DAVE, NOON, Dispatch, People, Siren
from hudun.wire.topics import ALL, Topic

HOUR = 3600


def attempts(office: Dispatch, what: str = "order") -> list[float]:
    """Seconds after the first one, those to single sirens."""
    rows = [row for row in office.rows if isinstance(row, SaveAttempt) and row.what == what]
    return [round(row.at - rows[0].at, 3) for row in rows if row.siren is not None]


def run(office: Dispatch, until: float, step: float = 0.25) -> None:
    while office.now < until:
        office.give(desk.Tick(), at=office.now + step)


def cut_office(people: People, sirens: int = 1) -> Dispatch:
    office = Dispatch(people, *(Siren(people, number) for number in range(1, sirens + 1)))
    office.cut = True
    return office


def kinds(published: list[Publish]) -> list[Kind]:
    return [kind_of(cose.take_apart(each.frame).payload) for each in published]


@pytest.mark.parametrize(
    ("target", "topics"),
    [
        (Target(), [ALL]),
        (Target(group=3), [Topic(group=3)]),
        (Target(sirens=(1, 2)), [Topic(siren=1), Topic(siren=2)]),
    ],
)
def test_an_order_goes_out_once_to_its_whole_target(target: Target, topics: list[Topic]) -> None:
    office = cut_office(People(), sirens=2)
    office.order(office.people.order(target=target), at=NOON + 20)
    assert [each.topic for each in office.published] == [t for t in topics for _ in range(2)]
    assert kinds(office.published)[:2] == [Kind.ORDER, Kind.RELEASE]


def test_a_list_travels_before_its_order() -> None:
    people = People()
    office = cut_office(people)
    order, listed = people.order(target=Target(list_number=4)), people.list(4, 1)
    office.give(desk.ListSigned(listed), at=NOON)
    office.give(desk.OrderSigned(order, (1,)))
    office.give(desk.Released(people.release(order, listed)), at=NOON + 20)
    assert kinds(office.published) == [Kind.LIST, Kind.ORDER, Kind.RELEASE]


def test_a_siren_that_does_not_answer_is_asked_again() -> None:
    office = cut_office(People())
    office.order(office.people.order(life=900, programme=((3, 0), (3, 200))), at=NOON + 20)
    run(office, NOON + 20 + 200)
    assert attempts(office)[:6] == pytest.approx([2, 5, 10, 30, 60, 120], abs=0.6)


def test_ten_thousand_are_not_asked_before_they_can_have_answered() -> None:
    people = People()
    state = desk.OfficeState(people.number)
    key = desk.DeskKey(10, people.key(10))
    desk.step(state, desk.OrderSigned(people.order(), tuple(range(1, 10_001))), NOON, key)
    desk.step(state, desk.Released(people.release(people.order())), NOON + 20, key)
    _, early = desk.step(state, desk.Tick(), NOON + 26, key)
    _, later = desk.step(state, desk.Tick(), NOON + 28, key)
    assert early == [] and 0 < len(later) < 10_000


def test_who_has_accepted_is_left_alone() -> None:
    people = People()
    office = Dispatch(people, Siren(people))
    office.order(people.order(), at=NOON + 21)
    office.collect()
    run(office, NOON + 120)
    assert attempts(office) == []


def test_a_planned_order_is_repeated_hourly_then_densely() -> None:
    people = People()
    office = cut_office(people)
    order = people.planned(kid=CAROL)
    office.order(order, at=NOON + 20, kid=DAVE)
    run(office, NOON + 20 + 50 * HOUR, step=5)
    start = 2 * 24 * HOUR - 2 * HOUR - 1800 - 20
    times = attempts(office)
    hourly = [at for at in times if 400 < at < start - 700]
    dense = [at for at in times if start - 600 <= at < start]
    assert len(hourly) == 45 and len(dense) >= 18 and max(times) <= start + 180


def test_a_greeting_brings_what_was_missed() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    office.cut = True
    office.order(people.planned(), at=NOON + 20, kid=DAVE)
    run(office, NOON + 4000, step=5)
    office.cut, siren.sent = False, []
    siren.give(LinkUp("mqtt"), at=office.now)
    office.collect()
    assert siren.told == ["ACCEPTED"] and siren.state.offset is not None


def test_a_release_that_names_another_order_is_not_sent() -> None:
    people = People()
    office = cut_office(people)
    office.give(desk.OrderSigned(people.order(), (1,)), at=NOON)
    office.give(desk.Released(people.release(people.order(life=601))))
    assert office.published == [] and office.rows[-1] == desk.Alert(None, "wrong_release", NOON)


# stop


def test_a_stop_is_repeated_until_it_is_confirmed_and_ends_the_order() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    office.cut = True
    office.order(people.order(), at=NOON + 21)
    office.give(desk.StopSigned(people.stop(1), (7,)), at=NOON + 25)
    run(office, NOON + 40)
    assert attempts(office)[1:] == [] and len(attempts(office, "stop")) >= 3
    office.cut = False
    run(office, NOON + 60)
    office.collect()
    assert siren.told[0] == "STOPPED"
    assert desk.SaveStopped(1, office.now, 1, 1) in office.rows
    assert office.verdicts()[1, 7, 0] == desk.Judgement(Verdict.INTERRUPTED, Why.STOPPED)


def test_a_stop_that_nobody_confirms_ends_with_its_life() -> None:
    people = People()
    office = cut_office(people)
    office.give(desk.StopSigned(people.stop(1, life=600), (1,)), at=NOON)
    run(office, NOON + 3000, step=5)
    assert [row for row in office.rows if isinstance(row, desk.SaveStopped)] != []
    assert office.rows[-1] == desk.SaveStopped(1, office.rows[-1].at, 0, 1)  # type: ignore[union-attr]


def test_a_lower_stop_after_a_higher_one_is_confirmed_already() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    office.give(desk.StopSigned(people.stop(5), (7,)), at=NOON)
    office.collect()
    office.give(desk.StopSigned(people.stop(4), (7,)))
    assert desk.SaveStopped(4, NOON, 1, 1) in office.rows
