"""Dispatch with real terminal machines and a broker in memory: what ends up in the tables."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import (
    Alert,
    Attempt,
    Health,
    Order,
    Plan,
    Receipt,
    SirenStatus,
    StopOrder,
    Verdict,
)
from hudun.affairs.soundings.testing import (
    Box,
    Net,
    Office,
    Time,
    key_for,
    make_siren,
    register_roster,
)
from hudun.core import clock
from hudun.core.journal.models import JournalLine
from hudun.core.live.models import Change
from hudun.wire.cose import sign1, take_apart
from hudun.wire.frames import Evidence, Kind, Mode, State, kind_of, siren_kid
from hudun.wire.frames import Health as HealthFrame
from hudun.wire.office import Verdict as Word

pytestmark = pytest.mark.django_db


@pytest.fixture
def net(office: Office) -> Net:
    for number in (1, 2, 3):
        make_siren(office, number)
    net = Net(office, [Box(office, number) for number in (1, 2, 3)])
    net.begin()
    return net


def words(order: Order) -> dict[int, list[str]]:
    """Siren → its verdicts by signal."""
    told: dict[int, list[str]] = {}
    for row in Verdict.objects.of_order(order):
        told.setdefault(row.siren, []).append(Word(row.verdict).name)
    return told


def ended(net: Net, time: Time, order: Order) -> Order:
    """Skip to just before the start, live through the order and its deadline."""
    order.refresh_from_db()
    assert order.starts_at is not None
    assert order.ends_at is not None
    time.set(max(clock.now(), order.starts_at - timedelta(seconds=90)))
    net.run(time, order.ends_at + timedelta(seconds=70))
    order.refresh_from_db()
    return order


def kinds(net: Net, siren: int) -> list[Kind]:
    """What was published to one siren's own topic."""
    return [
        kind_of(take_apart(frame).payload)
        for topic, frame in net.link.published
        if topic.endswith(f"/t/{siren}/down")
    ]


def test_a_trial_sounds_everywhere_at_the_right_second(
    net: Net, office: Office, time: Time
) -> None:
    order = office.sounding()
    net.run_for(time, 5)
    assert {box.siren for box in net.boxes.values() if box.state.orders} == {1, 2, 3}
    order = ended(net, time, order)
    assert words(order) == {n: ["FINISHED"] * 3 for n in (1, 2, 3)}
    assert all(row.accurate and row.start_error_ms == 0 for row in order.verdicts.all())
    assert (order.state, Plan.objects.get().state) == ("closed", "closed")
    assert Receipt.objects.about(order).count() == 3 * 7
    verbs = JournalLine.objects.filter(verb__in=["soundings.begin_order", "soundings.close_order"])
    assert [line.content["who"] for line in verbs] == ["系统", "系统"]


def test_an_immediate_order_sounds_after_its_lead(net: Net, office: Office, time: Time) -> None:
    order = office.immediate(Mode.LIVE)
    net.run_for(time, 11, 1)
    assert all(box.sounds for box in net.boxes.values())
    assert words(ended(net, time, order)) == {n: ["FINISHED"] for n in (1, 2, 3)}


def test_an_order_not_released_is_never_published(net: Net, office: Office, time: Time) -> None:
    order = actions.draft_immediate(
        office.cast.actor("wang"), office.issuer.organ, mode=Mode.LIVE, signal="空袭",
        target_kind="all", purpose="检验",
    )  # fmt: skip
    office.signed(order)
    net.run_for(time, 200, 20)
    order.refresh_from_db()
    assert (order.state, Attempt.objects.count()) == ("expired", 0)
    assert not any(box.state.orders for box in net.boxes.values())


def test_each_failure_has_its_verdict_and_its_reason(net: Net, office: Office, time: Time) -> None:
    net.boxes[1].works = False
    net.boxes[2].kind = Evidence.NONE
    net.boxes[3].offline = True
    order = ended(net, time, office.immediate(Mode.LIVE))
    told = {row.siren: (Word(row.verdict).name, row.reason) for row in order.verdicts.all()}
    assert told == {
        1: ("SILENT", "检测装置未检出声音"),
        2: ("UNPROVED", "终端无检测装置"),
        3: ("UNREACHABLE", "无任何回音"),
    }
    assert order.state == "closed"


def test_a_late_receipt_amends_the_verdict_until_the_sounding_is_filed(
    net: Net, office: Office, time: Time
) -> None:
    order = office.sounding()
    net.run_for(time, 5)
    net.boxes[2].offline = True
    assert ended(net, time, order).verdicts.filter(siren=2, position=0).get().verdict == (
        Word.UNREACHABLE.value
    )
    net.boxes[2].offline = False
    net.boxes[2].start()
    net.run_for(time, 120)
    amended = order.verdicts.get(siren=2, position=0)
    assert (Word(amended.verdict), amended.late) == (Word.FINISHED, True)
    order.refresh_from_db()
    assert order.state == "closed"


def test_once_filed_a_late_receipt_is_stored_and_changes_nothing(
    net: Net, office: Office, time: Time
) -> None:
    order = office.sounding()
    net.run_for(time, 5)
    net.boxes[2].offline = True
    ended(net, time, order)
    actions.archive_plan(office.cast.actor("li"), Plan.objects.get())
    net.kill()
    net.boxes[2].offline = False
    net.boxes[2].start()
    net.run_for(time, 120)
    assert Word(order.verdicts.get(siren=2, position=0).verdict) is Word.UNREACHABLE
    assert Receipt.objects.about(order).filter(siren=2).count() == 7


def test_receipts_are_acknowledged_after_the_commit_and_not_sent_again(
    net: Net, office: Office, time: Time
) -> None:
    net.run_for(time, 3, 1)
    office.immediate(Mode.LIVE)
    net.turn()
    assert Receipt.objects.filter(state=State.ACCEPTED.value).count() == 3
    assert Kind.ACKNOWLEDGEMENT not in kinds(net, 1)
    net.run_for(time, 3, 1)
    assert Kind.ACKNOWLEDGEMENT in kinds(net, 1)
    assert not any(
        held.outbox.waiting for box in net.boxes.values() for held in box.state.issuers.values()
    )


def test_a_list_goes_to_each_siren_before_its_order(net: Net, office: Office, time: Time) -> None:
    for number in range(4, 14):
        make_siren(office, number)
        net.boxes[number] = Box(office, number)
    net.run_for(time, 80, 4)
    order = office.immediate(Mode.LIVE, sirens=list(range(2, 12)))
    net.turn()
    assert kinds(net, 5)[-3:] == [Kind.LIST, Kind.ORDER, Kind.RELEASE]
    took = {n for n, box in net.boxes.items() if (430103, order.counter) in box.state.orders}
    assert took == set(range(2, 12))


# ---- killed, cut, restarted


@pytest.mark.parametrize("at", [1, 8, 12, 100, 189, 240])
def test_killed_at_any_moment_nothing_is_lost_or_doubled(
    net: Net, office: Office, time: Time, at: int
) -> None:
    order = office.immediate(Mode.LIVE)
    net.run_for(time, at, 2)
    net.kill()
    order = ended(net, time, order)
    assert words(order) == {n: ["FINISHED"] for n in (1, 2, 3)}
    assert Receipt.objects.about(order).count() == 3 * 3
    assert order.state == "closed"
    closed = JournalLine.objects.filter(verb="soundings.close_order", object_id=str(order.pk))
    assert closed.count() == 1


def test_released_while_dispatch_was_down_it_goes_out_at_the_restart(
    net: Net, office: Office, time: Time
) -> None:
    order = office.immediate(Mode.LIVE)
    time.move(7)
    net.kill()
    assert words(ended(net, time, order)) == {n: ["FINISHED"] for n in (1, 2, 3)}


def test_what_the_broker_did_not_take_is_sent_when_it_is_back(
    net: Net, office: Office, time: Time
) -> None:
    net.link.cut()
    order = office.immediate(Mode.LIVE)
    net.run_for(time, 6, 1)
    assert not any(box.state.orders for box in net.boxes.values())
    net.link.mend()
    net.run_for(time, 1, 1)
    assert all(box.state.orders for box in net.boxes.values())
    assert words(ended(net, time, order)) == {n: ["FINISHED"] for n in (1, 2, 3)}


def test_a_roster_reaches_terminals_that_hold_an_older_one(
    net: Net, office: Office, time: Time
) -> None:
    register_roster(office)
    net.run_for(time, 70, 5)
    held = {box.state.issuers[430103].roster.number for box in net.boxes.values()}  # type: ignore[union-attr]
    assert held == {2}
    assert set(SirenStatus.objects.values_list("roster", flat=True)) == {2}


# ---- stop


def test_a_stop_silences_and_the_time_it_took_is_kept(net: Net, office: Office, time: Time) -> None:
    order = office.immediate(Mode.LIVE)
    net.run_for(time, 30, 2)
    stop = office.stop()
    net.run_for(time, 1, 1)
    assert not any(box.sounds for box in net.boxes.values())
    net.run_for(time, 10, 2)
    stop.refresh_from_db()
    assert stop.published_at is not None
    assert stop.complete
    assert stop.seconds is not None
    assert stop.seconds <= 1
    order.refresh_from_db()
    assert {row.reason for row in order.verdicts.all()} == {"已停止"}
    assert (order.state, order.closed_at is not None) == ("stopped", True)


def test_a_stop_before_the_start_is_remembered(net: Net, office: Office, time: Time) -> None:
    order = office.sounding()
    net.run_for(time, 5)
    office.stop()
    net.run_for(time, 5)
    order = ended(net, time, order)
    assert not Receipt.objects.filter(state=State.SOUNDING.value).exists()
    assert {row.reason for row in order.verdicts.all()} == {"已停止"}
    assert (order.state, Plan.objects.get().state) == ("stopped", "stopped")


def test_a_stop_for_one_leaves_the_others_sounding(net: Net, office: Office, time: Time) -> None:
    order = office.immediate(Mode.LIVE)
    net.run_for(time, 30, 2)
    office.stop(sirens=[2])
    order = ended(net, time, order)
    assert words(order) == {1: ["FINISHED"], 2: ["INTERRUPTED"], 3: ["FINISHED"]}
    assert order.state == "closed"


def test_a_stop_reaches_a_siren_that_was_away(net: Net, office: Office, time: Time) -> None:
    order = office.sounding()
    net.run_for(time, 5)
    net.boxes[3].offline = True
    stop = office.stop()
    net.run_for(time, 300, 30)
    stop.refresh_from_db()
    assert (stop.silent, len(stop.numbers)) == (2, 3)
    net.boxes[3].offline = False
    net.boxes[3].start()
    net.run_for(time, 90, 5)
    stop.refresh_from_db()
    assert stop.complete
    assert {row.reason for row in ended(net, time, order).verdicts.all()} == {"已停止"}


def test_a_stop_pressed_while_dispatch_was_down_goes_out_first(
    net: Net, office: Office, time: Time
) -> None:
    office.immediate(Mode.LIVE)
    net.run_for(time, 30, 2)
    office.stop()
    before = len(net.link.published)
    net.kill()
    sent = [kind_of(take_apart(frame).payload) for _, frame in net.link.published[before:]]
    assert sent[0] is Kind.STOP
    net.run_for(time, 2, 1)
    assert not any(box.sounds for box in net.boxes.values())


def test_a_stop_signed_while_the_broker_was_down_is_marked_when_it_has_gone(
    net: Net, office: Office, time: Time
) -> None:
    net.link.cut()
    stop = office.stop()
    net.run_for(time, 3, 1)
    assert StopOrder.objects.get().published_at is None
    net.link.mend()
    net.run_for(time, 1, 1)
    stop.refresh_from_db()
    assert stop.published_at is not None
    assert stop.silent == 3


# ---- silent tests


def test_a_silent_test_proves_the_amplifier_without_a_sound(
    net: Net, office: Office, time: Time
) -> None:
    net.run_for(time, 65, 5)
    net.boxes[2].works = False
    order = actions.silent_test(office.cast.actor("wang"), office.issuer.organ)
    heard: set[int] = set()
    for _ in range(40):
        net.run_for(time, 5, 5)
        heard |= {box.siren for box in net.boxes.values() if box.sounds}
    order = ended(net, time, order)
    assert heard == set()
    assert words(order) == {1: ["FINISHED"], 2: ["SILENT"], 3: ["FINISHED"]}


# ---- telemetry and alerts


def test_a_siren_that_sounds_by_itself_is_an_alert_at_once(
    net: Net, office: Office, time: Time
) -> None:
    net.run_for(time, 30, 5)
    newest = Change.objects.newest()
    net.boxes[2].sounds_by_itself = True
    net.run_for(time, 3, 1)
    alert = Alert.objects.open().get()
    assert (alert.kind, alert.number, alert.siren.site_phone) == (
        "unsolicited", 2, "0731-85000000",
    )  # fmt: skip
    assert "alerts" in Change.objects.after(newest).values_list("topic", flat=True)
    assert SirenStatus.objects.get(siren=2).unsolicited
    net.boxes[2].sounds_by_itself = False
    net.run_for(time, 10, 1)
    alert.refresh_from_db()
    assert alert.ended_at is not None
    assert not SirenStatus.objects.get(siren=2).unsolicited
    told = actions.acknowledge_alert(office.cast.actor("wang"), alert)
    assert (told.state, told.acknowledged_by) == ("acknowledged", office.cast.wang)


def test_a_siren_not_heard_for_three_minutes_is_lost_and_found(
    net: Net, office: Office, time: Time
) -> None:
    net.run_for(time, 60, 10)
    net.boxes[3].offline = True
    net.run_for(time, 170, 10)
    assert not Alert.objects.exists()
    net.run_for(time, 80, 10)
    alert = Alert.objects.get()
    assert (alert.kind, alert.number) == ("lost", 3)
    assert SirenStatus.objects.get(siren=3).lost
    net.boxes[3].offline = False
    net.run_for(time, 70, 5)
    alert.refresh_from_db()
    assert alert.ended_at is not None
    assert not SirenStatus.objects.get(siren=3).lost


def test_nobody_is_lost_because_our_own_line_was_down(net: Net, office: Office, time: Time) -> None:
    net.run_for(time, 60, 10)
    net.link.cut()
    net.run_for(time, 600, 60)
    net.link.mend()
    net.run_for(time, 120, 10)
    assert not Alert.objects.exists()


def test_a_fault_is_told_once_and_ends(net: Net, office: Office, time: Time) -> None:
    from hudun.wire.terminal import Measured

    net.run_for(time, 10, 5)
    net.boxes[1].give(Measured(True, 12, False, False, 20))
    net.run_for(time, 130, 10)
    alert = Alert.objects.get()
    assert (alert.kind, alert.text) == ("fault", "功放自检失败、电池 12 %")
    net.kill()
    net.run_for(time, 70, 10)
    assert Alert.objects.count() == 1
    net.boxes[1].give(Measured(True, 90, True, False, 20))
    net.run_for(time, 70, 10)
    alert.refresh_from_db()
    assert alert.ended_at is not None


def test_health_is_kept_and_the_latest_shown(net: Net, office: Office, time: Time) -> None:
    net.run_for(time, 185, 5)
    assert Health.objects.filter(siren=1).count() >= 3
    status = SirenStatus.objects.get(siren=1)
    assert (status.mains, status.battery_percent, status.celsius) == (True, 100, 21)
    assert status.last_word_at is not None
    assert clock.now() - status.last_word_at <= timedelta(seconds=60)


# ---- who may speak


def test_only_the_terminal_itself_is_heard(net: Net, office: Office, time: Time) -> None:
    net.run_for(time, 10, 5)
    before = Receipt.objects.count(), Health.objects.count()
    forged = sign1(b"\x00", siren_kid(2), key_for("siren 1"))
    for topic in ("hudun/430103/t/2/up", "hudun/430103/t/99/up", "hudun/411102/t/1/up", "x"):
        net.dispatcher.hear(topic, forged, False)
    net.run_for(time, 1, 1)
    assert (Receipt.objects.count(), Health.objects.count()) == before


def test_a_lying_terminal_harms_nobody_s_rows(net: Net, office: Office, time: Time) -> None:
    """A stolen terminal key may say anything: absurd numbers, a NUL; the others are stored."""
    net.run_for(time, 10, 5)
    absurd = HealthFrame(
        2, 1 << 52, (1 << 53) - 1, None, True, 1 << 50, False, None, -(1 << 70), True,
        ((430103, 1 << 40),), "a\x00b",
    )  # fmt: skip
    net.dispatcher.hear(
        "hudun/430103/t/2/up", sign1(absurd.encode(), siren_kid(2), key_for("siren 2")), False
    )
    net.boxes[1].start()
    net.run_for(time, 2, 1)
    stored = Health.objects.get(siren=2, boot=1 << 52)
    assert (stored.firmware, stored.celsius) == ("ab", -32767)
    assert SirenStatus.objects.get(siren=1).boot == 2


def test_a_retained_message_is_not_heard(net: Net, office: Office, time: Time) -> None:
    net.run_for(time, 10, 5)
    before = Health.objects.count()
    fresh = HealthFrame(1, 9, 9, None, None, None, None, None, None, None, (), "x")
    frame = sign1(fresh.encode(), siren_kid(1), key_for("siren 1"))
    net.dispatcher.hear("hudun/430103/t/1/up", frame, True)
    net.run_for(time, 1, 1)
    assert Health.objects.count() == before


def test_a_new_siren_is_heard_without_a_restart(net: Net, office: Office, time: Time) -> None:
    make_siren(office, 4)
    net.boxes[4] = Box(office, 4)
    net.run_for(time, 70, 5)
    assert SirenStatus.objects.filter(siren=4).exists()


def test_a_receipt_s_digest_stays_verifiable(net: Net, office: Office, time: Time) -> None:
    office.immediate(Mode.LIVE)
    net.run_for(time, 3, 1)
    row = Receipt.objects.filter(siren=1).first()
    assert row is not None
    envelope = take_apart(bytes(row.frame))
    assert envelope.signed_by(key_for("siren 1").public_key().public_bytes_raw())
    assert not replace(envelope, payload=b"x").signed_by(
        key_for("siren 1").public_key().public_bytes_raw()
    )
