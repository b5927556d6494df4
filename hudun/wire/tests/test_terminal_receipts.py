"""What a siren says about itself: numbered, proved, kept until the office has it."""

from __future__ import annotations

import pytest

from hudun.wire import cose
from hudun.wire.frames import (
    Evidence,
    Health,
    Kind,
    Mode,
    Question,
    Reason,
    State,
    kind_of,
)
from hudun.wire.terminal import DriverSeen, LinkUp, Measured, Tick
from hudun.wire.tests.cast import ALICE, DESK, NOON, People, Siren, play


def sounding(people: People, siren: Siren, *, until: float, **how: object) -> None:
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    play(siren, until, **how)  # type: ignore[arg-type]


def body(frame: bytes) -> bytes:
    return cose.take_apart(frame).payload


def sent(siren: Siren, kind: Kind) -> list[bytes]:
    return [body(frame) for frame in siren.sent if kind_of(body(frame)) is kind]


# evidence


def test_a_signal_that_sounds_is_finished_with_its_seconds_of_sound() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 220)
    assert siren.told == ["ACCEPTED", "SOUNDING", "FINISHED"]
    _, began, ended = siren.receipts
    assert (began.at_ms, ended.at_ms) == ((NOON + 30) * 1000, (NOON + 204) * 1000)
    assert (ended.evidence, ended.amount) == (Evidence.CURRENT, 90_000)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"works": False}, ["ACCEPTED", "SILENT"]),
        ({"kind": Evidence.NONE}, ["ACCEPTED", "UNPROVED"]),
    ],
)
def test_without_sound_or_without_evidence_nothing_is_finished(
    how: dict[str, object], told: list[str]
) -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 220, **how)
    assert siren.told == told


def test_less_than_nine_tenths_of_the_sound_is_interrupted() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 180)
    play(siren, NOON + 220, works=False)
    assert siren.told == ["ACCEPTED", "SOUNDING", "INTERRUPTED"]
    assert siren.receipts[-1].amount == pytest.approx(78_000, abs=1000)


def test_evidence_has_to_be_renewed() -> None:
    people = People()
    siren = Siren(people)
    order = people.order(programme=((3, 0),))
    siren.hear(order, people.release(order), at=NOON + 25)
    siren.give(DriverSeen(True, Evidence.RELAY), at=NOON + 30)
    siren.give(DriverSeen(True, Evidence.RELAY), at=NOON + 209)
    siren.give(Tick(), at=NOON + 212)
    assert siren.told[-1] == "INTERRUPTED" and siren.receipts[-1].amount == 0


def test_a_reboot_in_the_middle_goes_on_at_the_right_second() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 100)
    siren.reboot(now=NOON + 130)
    assert siren.on(NOON + 131) and not siren.on(NOON + 132) and siren.on(NOON + 138)
    play(siren, NOON + 220)
    assert siren.told == ["ACCEPTED", "SOUNDING", "INTERRUPTED"]
    assert 60_000 < siren.receipts[-1].amount < 80_000


def test_a_reboot_in_a_pause_costs_nothing() -> None:
    people = People()
    siren = Siren(people)
    order = people.order(programme=((1, 0),))
    siren.hear(order, people.release(order), at=NOON + 25)
    play(siren, NOON + 70)
    siren.reboot(now=NOON + 80)
    play(siren, NOON + 220)
    assert siren.told[-1] == "FINISHED"


def test_a_signal_slept_through_is_silent() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    siren.reboot(now=NOON + 300)
    assert siren.told == ["ACCEPTED", "SILENT"]


@pytest.mark.parametrize(("passed", "told"), [(True, "FINISHED"), (False, "SILENT")])
def test_a_silent_signal_is_finished_by_the_self_test(passed: bool, told: str) -> None:
    people = People()
    siren = Siren(people)
    order = people.order(kid=ALICE, mode=Mode.SILENT)
    siren.hear(order, people.release(order, kid=DESK), at=NOON + 25)
    siren.give(DriverSeen(passed, Evidence.SELF_TEST), at=NOON + 31)
    siren.give(Tick(), at=NOON + 220)
    assert siren.told == ["ACCEPTED", told]
    assert (siren.receipts[-1].evidence, siren.receipts[-1].amount) == (Evidence.SELF_TEST, 0)


# numbering, keeping, re-sending


def test_receipts_are_numbered_without_gaps_over_reboots() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 60)
    siren.reboot()
    play(siren, NOON + 220)
    assert [receipt.number for receipt in siren.receipts] == [1, 2, 3]


def test_a_receipt_is_sent_again_until_it_is_acknowledged() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 26)
    times, siren.sent = [], []
    for second in range(26, 205):
        siren.give(Tick(), at=NOON + second)
        if sent(siren, Kind.RECEIPT):
            times.append(second - 25)
        siren.sent = []
    assert len(times) == 5 and times[0] <= 12 and times[-1] - times[-2] >= 60
    siren.hear(people.ack(7, siren.receipts[-1].number))
    assert siren.receipts == [] and not any(key.startswith("receipt/") for key in siren.disk)


@pytest.mark.parametrize("upto", [0, 2, 10**6])
def test_an_acknowledgement_of_what_was_never_said_is_ignored(upto: int) -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    siren.hear(people.ack(7, upto))
    assert siren.told == ["ACCEPTED"]


def test_an_acknowledgement_needs_the_time_right_and_the_right_siren() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    siren.hear(people.ack(7, 1, kid=ALICE), people.ack(8, 1))
    assert siren.told == ["ACCEPTED"]


def test_after_a_reconnect_everything_waiting_is_sent() -> None:
    people = People()
    siren = Siren(people)
    sounding(people, siren, until=NOON + 220)
    siren.sent = []
    siren.give(LinkUp("mqtt"))
    assert len(sent(siren, Kind.RECEIPT)) == 3
    assert len(sent(siren, Kind.QUESTION)) == 1 and sent(siren, Kind.HEALTH)


# refusals


def test_refusals_are_told_once_a_minute_with_their_count() -> None:
    people = People()
    siren = Siren(people)
    for second in range(25, 200):
        siren.give(Tick(), at=NOON + second)
        siren.hear(people.order(key_of=777))
    told = [(r.evidence, r.amount) for r in siren.receipts if r.state is State.REFUSED]
    assert told == [(Reason.BAD_SIGNATURE, count) for count in (1, 59, 60)]


def test_a_flood_does_not_fill_the_disk() -> None:
    people = People()
    siren = Siren(people)
    for minute in range(400):
        siren.hear(b"?", at=NOON + 61 * minute)
    assert len(siren.receipts) == 256
    order = people.order(issued=NOON + 25_000)
    siren.hear(order, people.release(order), at=NOON + 25_025)
    assert siren.told[-1] == "ACCEPTED"


# time and health


def test_receipts_are_in_office_time_with_their_uncertainty() -> None:
    people = People()
    siren = Siren(people)
    siren.sent = []
    siren.give(LinkUp("mqtt"), at=NOON + 5)
    nonce = Question.decode(sent(siren, Kind.QUESTION)[-1]).nonce
    siren.hear(people.time(nonce, (NOON + 15) * 1000 + 200), at=NOON + 5.4)
    siren.give(DriverSeen(True, Evidence.CURRENT), at=NOON + 60)
    siren.give(Tick(), at=NOON + 62)
    receipt = siren.receipts[0]
    assert receipt.offset is not None
    assert (receipt.offset.ms, receipt.offset.uncertainty_ms) == (10_000, 200)
    assert receipt.at_ms == (NOON + 70) * 1000


def test_only_the_answer_to_the_open_question_counts() -> None:
    people = People()
    siren = Siren(people)
    siren.give(LinkUp("mqtt"), at=NOON + 5)
    nonce = Question.decode(sent(siren, Kind.QUESTION)[-1]).nonce
    siren.hear(people.time(bytes(8), NOON * 1000), people.time(nonce, NOON * 1000, kid=ALICE))
    before = siren.state
    assert before.offset is None
    siren.hear(people.time(nonce, NOON * 1000), people.time(nonce, NOON * 2000))
    assert siren.state.offset is not None and abs(siren.state.offset.ms) <= 5000


def test_the_offices_time_never_moves_the_start() -> None:
    people = People()
    siren = Siren(people)
    order = people.planned()
    siren.hear(order, people.release(order, kid=14), at=NOON + 25)
    siren.give(LinkUp("mqtt"))
    nonce = Question.decode(sent(siren, Kind.QUESTION)[-1]).nonce
    start = NOON + 2 * 86400 - 2 * 3600 - 1800
    siren.hear(people.time(nonce, start * 1000))
    assert not siren.on(NOON + 30) and siren.on(start)


def test_a_change_at_the_siren_is_told_at_once() -> None:
    siren = Siren(People())
    siren.sent = []
    siren.give(Measured(mains=False, battery_percent=80, door_open=True), at=NOON + 9)
    report = Health.decode(sent(siren, Kind.HEALTH)[0])
    assert (report.mains, report.battery_percent, report.door_open) == (False, 80, True)
    assert report.rosters[0] == (430103, 1)
