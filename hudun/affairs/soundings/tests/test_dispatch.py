"""Dispatch with real terminal machines and a broker in memory: orders out, verdicts in."""

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import (
    Attempt,
    Plan,
    Receipt,
)
from hudun.affairs.soundings.testing import (
    Box,
    Net,
    Office,
    Time,
    make_siren,
)
from hudun.core.journal.models import JournalLine
from hudun.wire.frames import Evidence, Kind, Mode, State
from hudun.wire.office import Verdict as Word

from .outcomes import ended, kinds, words

pytestmark = pytest.mark.django_db


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
    net.run_for(time, 5, 1)
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
