"""What comes in from the terminals, and what it changes."""

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
    kind_of,
    siren_kid,
)
from hudun.wire.office import Publish, SaveAttempt, Verdict
from hudun.wire.terminal import DriverSeen, LinkUp, Tick
from hudun.wire.tests.cast import NOON, Dispatch, People, Siren, key_for


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
    run(office, NOON + 26)
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
