"""What goes out again, to whom, and when it ends."""

from __future__ import annotations

import pytest

from hudun.wire import cose
from hudun.wire import office as desk
from hudun.wire.frames import (
    Evidence,
    Health,
    Kind,
    Question,
    Reason,
    State,
    Target,
    kind_of,
    siren_kid,
)
from hudun.wire.office import Publish, SaveAttempt, Verdict, Why
from hudun.wire.terminal import DriverSeen, LinkUp, Tick
from hudun.wire.tests.cast import CAROL, DAVE, NOON, Dispatch, People, Siren, key_for
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


# receipts in


def test_a_receipt_is_stored_once_and_acknowledged_after_the_store() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    office.collect()
    office.order(people.order(), at=NOON + 21)
    frames = list(siren.sent)
    for _ in range(3):
        siren.sent = list(frames)
        office.collect()
    assert sum(isinstance(row, desk.SaveReceipt) for row in office.rows) == 1
    assert Kind.ACKNOWLEDGEMENT not in kinds(office.published)
    run(office, NOON + 24)
    assert siren.receipts == []
    assert kinds(office.published).count(Kind.ACKNOWLEDGEMENT) == 1


def test_no_acknowledgement_over_a_gap() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    order = people.order()
    siren.hear(order, people.release(order), people.stop(1), at=NOON + 25)
    first, second = siren.sent[-2:]
    office.give(desk.FrameArrived(7, second), at=NOON + 25)
    run(office, NOON + 30)
    assert len(siren.receipts) == 2
    office.give(desk.FrameArrived(7, first))
    run(office, NOON + 35)
    assert siren.receipts == []


@pytest.mark.parametrize("topic", [8, 9])
def test_a_word_under_another_terminals_topic_is_no_word(topic: int) -> None:
    people = People()
    siren, other = Siren(people), Siren(people, 8)
    office = Dispatch(people, siren, other)
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    office.give(desk.FrameArrived(topic, siren.sent[-1]))
    assert office.state.strangers == 1 and office.rows == []


def test_a_receipt_about_another_siren_is_no_receipt() -> None:
    people = People()
    siren, victim = Siren(people), Siren(people, 8)
    office = Dispatch(people, siren, victim)
    order = people.order()
    victim.hear(order, people.release(order), at=NOON + 25)
    payload = cose.take_apart(victim.sent[-1]).payload
    office.give(desk.FrameArrived(7, cose.sign1(payload, siren_kid(7), siren.key)))
    office.give(desk.FrameArrived(8, cose.sign1(payload, siren_kid(8), siren.key)))
    assert office.state.strangers == 2 and office.rows == []


def test_a_copy_of_an_old_health_report_is_no_sign_of_life() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    report = Health(
        7, 1, NOON * 1000, None, True, 90, True, False, 20, False, ((people.number, 1),), ""
    )
    frame = cose.sign1(report.encode(), siren_kid(7), key_for("siren 7"))
    office.give(desk.FrameArrived(7, frame), at=NOON + 5)
    office.give(desk.FrameArrived(7, frame), at=NOON + 500)
    assert office.state.heard == {7: NOON + 5}


def test_an_old_roster_is_replaced_when_it_shows() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    people.withdraw(11)
    office.cut = True
    office.give(desk.RosterSigned(people.roster()), at=NOON)
    office.cut, siren.sent = False, []
    siren.give(LinkUp("mqtt"), at=NOON + 9)
    office.collect(at=NOON + 9)
    held = siren.state.issuers[people.number].roster
    assert held is not None and held.number == 2


def test_the_time_is_told_for_the_nonce_of_the_question() -> None:
    people = People()
    office = Dispatch(people, Siren(people))
    question = cose.sign1(Question(7, b"12345678").encode(), siren_kid(7), key_for("siren 7"))
    office.cut = True
    office.give(desk.FrameArrived(7, question), at=NOON + 5)
    assert office.published[-1].frame == people.time(b"12345678", (NOON + 5) * 1000)


def test_sounding_by_itself_raises_an_alert() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    siren.give(DriverSeen(True, Evidence.CURRENT), at=NOON + 60)
    siren.give(Tick(), at=NOON + 62)
    office.collect(at=NOON + 62)
    assert desk.Alert(7, "unsolicited", NOON + 60) in office.rows


def test_a_late_receipt_amends_the_verdict() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    office.order(people.order(), at=NOON + 21)
    office.cut = True
    run(office, NOON + 400, step=5)
    office.cut = False
    assert office.verdicts()[1, 7, 0].verdict is Verdict.UNREACHABLE
    siren.reboot(now=NOON + 500)
    office.collect(at=NOON + 500)
    last = [row for row in office.rows if isinstance(row, desk.SaveVerdict)][-1]
    assert (last.judgement.verdict, last.late) == (Verdict.SILENT, True)
    assert sum(isinstance(row, desk.SaveClosed) for row in office.rows) == 1


def test_a_refusal_reaches_the_verdict_with_its_reason() -> None:
    people = People()
    siren = Siren(people)
    office = Dispatch(people, siren)
    office.order(people.order(), at=NOON + 21, kid=11)
    office.collect()
    run(office, NOON + 400, step=5)
    judged = office.verdicts()[1, 7, 0]
    assert (judged.verdict, judged.refused) == (Verdict.REFUSED, Reason.SAME_PERSON)
    assert State.REFUSED in {r.state for r in office.rows if isinstance(r, desk.SaveReceipt)}


def test_what_is_filed_is_left_in_peace() -> None:
    people = People()
    office = cut_office(people)
    office.order(people.order(), at=NOON + 21)
    office.give(desk.Archived(1))
    run(office, NOON + 600, step=5)
    assert office.verdicts() == {} and attempts(office) == []
