"""What came of a sounding, read from the rows that dispatch and people left."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import SirenStatus
from hudun.affairs.soundings.rates import Outcome
from hudun.affairs.soundings.result import LISTS, listed, result_of
from hudun.affairs.soundings.testing import Box, Net, Office, Time, make_siren, system
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.fact import ask
from hudun.wire.frames import Evidence, Mode

from .sounded import CUT, LOST, SILENT, UNPROVED, Sounded, finished

pytestmark = pytest.mark.django_db


@pytest.fixture
def sounded(office: Office, time: Time) -> Sounded:
    return Sounded(office, time)


def test_every_siren_stands_where_its_worst_signal_puts_it(sounded: Sounded) -> None:
    plan = sounded.whole(6, {2: SILENT, 3: {1: LOST}, 4: UNPROVED, 5: {0: finished(3200)}})
    whole = result_of(plan).whole
    assert whole.sounded == {1, 5, 6}
    assert whole.accurate == {1, 6}
    assert whole.failed == {2, 3}
    assert whole.unproved == {4}
    assert whole.of(Outcome.UNREACHABLE) == {3}


def test_the_signals_are_counted_one_by_one(sounded: Sounded) -> None:
    result = result_of(sounded.whole(6, {3: {1: LOST}}))
    assert [signal.name for signal in result.signals] == ["预先", "空袭", "解除"]
    assert [len(one.sounded) for one in result.by_signal] == [6, 5, 6]
    assert len(result.whole.sounded) == 5


def test_started_by_hand_it_sounded_but_not_by_central_control(sounded: Sounded) -> None:
    sounded.plant(4, by_hand=[3, 4])
    order = sounded.order()
    sounded.begin(order)
    sounded.judge(order, {2: LOST})
    for number in (2, 3):
        actions.record_hand_start(
            sounded.office.cast.actor("li"), order, number=number, positions=[0, 1, 2],
            at=clock.now(), note="按时启动",
        )  # fmt: skip
    result = result_of(sounded.close(order))
    assert result.whole.sounded == {1, 2, 3}
    assert result.whole.central == {1}
    assert result.whole.by_hand == {2, 3}
    assert result.whole.of(Outcome.UNREPORTED) == {4}
    assert result.row[2].reason == "手动鸣放（终端：无任何回音）；按时启动"
    assert result.row[4].reason == "无终端，没有手动鸣放的登记"


def test_a_start_by_hand_of_one_signal_mends_that_one_only(sounded: Sounded) -> None:
    sounded.plant(1)
    order = sounded.order()
    sounded.begin(order)
    sounded.judge(order, {1: LOST})
    actions.record_hand_start(
        sounded.office.cast.actor("li"), order, number=1, positions=[0], at=clock.now(), note=""
    )
    result = result_of(sounded.close(order))
    assert [len(one.by_hand) for one in result.by_signal] == [1, 0, 0]
    assert result.whole.failed == {1}


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        (SILENT, "检测装置未检出声音"),
        ({1: LOST, 2: LOST}, "空袭、解除：无任何回音"),
        ({0: finished(3200)}, "预先：起始晚3.2秒"),
        ({0: finished(-1004)}, "预先：起始早1.00秒"),
        ({1: finished(20, -4200)}, "空袭：时长少4.2秒"),
        ({0: finished(1500, 2500), 2: CUT}, "预先：起始晚1.5秒，时长多2.5秒；解除：已停止"),
        ({}, ""),
    ],
)
def test_a_reason_says_what_was_wanting(sounded: Sounded, fate: object, words: str) -> None:
    plan = sounded.whole(1, {1: fate})  # type: ignore[dict-item]
    assert result_of(plan).row[1].reason == words


def test_while_it_goes_on_nothing_is_settled(sounded: Sounded) -> None:
    sounded.plant(3, by_hand=[3])
    order = sounded.order()
    sounded.begin(order)
    assert order.plan is not None
    result = result_of(order.plan)
    assert result.whole.pending == {1, 2, 3}
    assert not result.settled


def test_the_timeline_tells_who_did_what_when(sounded: Sounded) -> None:
    sounded.plant(3)
    order = sounded.order()
    sounded.begin(order)
    sounded.stop(order, 500)
    sounded.judge(order, {n: {1: CUT, 2: CUT} for n in (1, 2, 3)})
    result = result_of(sounded.close(order))
    kinds = [moment.kind for moment in result.timeline]
    assert kinds == [
        "drafted", "approved", "signed", "released", "noticed", "first-sound", "stopped", "silent",
        "closed",
    ]  # fmt: skip
    texts = {moment.kind: moment.text for moment in result.timeline}
    assert texts["signed"] == "签发试鸣命令第1号（王值班）"
    assert texts["released"] == "放行试鸣命令第1号（李科长）"
    assert texts["noticed"] == "发布公告，距鸣放日11整日"
    assert texts["silent"] == "3台全部停声，最后一台距按下0.8秒"
    assert result.stopped


def test_a_later_stop_is_no_part_of_it(sounded: Sounded) -> None:
    plan = sounded.whole(2, {})
    sounded.time.move(3600)
    sounded.office.stop()
    assert result_of(plan).stops == ()


def test_every_list_opens_and_the_parts_meet(sounded: Sounded) -> None:
    result = result_of(sounded.whole(6, {2: SILENT, 4: UNPROVED}))
    numbers = {name: [row.number for row in listed(result, name)] for name in LISTS}
    assert numbers["ordered"] == [1, 2, 3, 4, 5, 6]
    assert sorted(numbers["sounded"] + numbers["not-sounded"]) == numbers["ordered"]
    assert sorted(numbers["accurate"] + numbers["not-accurate"]) == numbers["ordered"]
    assert numbers["silent"] == numbers["failed"] == [2]
    assert [row.number for row in listed(result, "silent", 2)] == [2]
    for name, signal in (("nothing", None), ("sounded", 0), ("sounded", 4)):
        with pytest.raises(Problem, match="404"):
            listed(result, name, signal)


def test_simulated_terminals_are_counted(sounded: Sounded) -> None:
    plan = sounded.whole(3, {})
    office = sounded.office.issuer.number
    SirenStatus.objects.create(office=office, siren=2, firmware="hudun 0.1 simulated")
    SirenStatus.objects.create(office=office, siren=3, firmware="hudun 0.1")
    assert result_of(plan).simulated == 1


def test_as_many_queries_for_a_thousand_sirens_as_for_one(sounded: Sounded) -> None:
    plan = sounded.whole(1000, dict.fromkeys(range(1, 1001, 7), LOST))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(result_of(plan).rows) == 1000
    assert len(asked) <= 12


def test_an_order_without_a_plan_has_a_result_too(sounded: Sounded) -> None:
    sounded.plant(2)
    order = sounded.office.immediate(Mode.LIVE, "空袭")
    sounded.judge(order, {2: SILENT})
    sounded.time.move(300)
    actions.begin_order(system(sounded.office), order)
    actions.close_order(system(sounded.office), order)
    order.refresh_from_db()
    result = result_of(order)
    assert result.title == "检验"
    assert [signal.name for signal in result.signals] == ["空袭"]
    assert result.ends_at - result.starts_at == timedelta(seconds=180)
    assert result.whole.sounded == {1}
    assert result.path == f"/soundings/orders/{order.pk}/result/"


def test_real_terminals_and_dispatch_leave_what_it_reads(office: Office, time: Time) -> None:
    for number in (1, 2, 3):
        make_siren(office, number)
    boxes = [Box(office, number) for number in (1, 2, 3)]
    boxes[1].works, boxes[2].kind = False, Evidence.NONE
    net = Net(office, boxes)
    net.begin()
    order = office.sounding()
    net.run_for(time, 5)
    assert order.starts_at is not None and order.ends_at is not None
    time.set(order.starts_at - timedelta(seconds=70))
    net.run(time, order.ends_at + timedelta(seconds=70))
    order.refresh_from_db()
    assert order.plan is not None
    result = result_of(order.plan)
    assert result.settled
    assert result.whole.accurate == {1}
    assert result.whole.of(Outcome.SILENT) == {2}
    assert result.whole.unproved == {3}


def test_facts_are_asked_by_name(sounded: Sounded) -> None:
    stage = sounded.office.cast.stage
    assert ask("soundings.sounded", stage.tianxin).shown == "—"
    plan = sounded.whole(6, {2: SILENT, 4: UNPROVED, 5: {0: finished(3200)}})
    value = ask("soundings.sounded", stage.tianxin)
    assert (value.number, value.denominator, value.unit) == (4, 6, "%")
    assert value.url == f"/soundings/plans/{plan.pk}/result/?list=sounded"
    assert value.outside is not None
    assert sorted(value.outside.values_list("number", flat=True)) == [2, 4]
    assert ask("soundings.accurate", stage.changsha).number == 3
    assert ask("soundings.controlled", stage.tianxin, plan=plan).number == 4
    assert ask("soundings.sounded", stage.yuanhui).number is None
    street = ask("soundings.sounded", stage.pozijie)
    assert street.denominator == 2
    assert ask("sirens.working", stage.tianxin).shown == "100 %（6/6）"
