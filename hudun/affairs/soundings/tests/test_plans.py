"""Planning: draft, edit, approve, notice, void, archive."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Plan, StopOrder
from hudun.affairs.soundings.testing import NOON, Office, Time, make_siren
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.deadline.models import Deadline
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.wire.frames import Mode

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sirens(office: Office) -> None:
    for number in (1, 2, 3):
        make_siren(office, number)


def refused(number: str) -> Any:
    return pytest.raises(Problem, match=rf"^{number} ")


def test_a_plan_is_made_from_the_province_s_timetable(office: Office) -> None:
    plan = office.plan()
    assert clock.beijing(plan.start).isoformat() == "2026-11-01T09:30:00+08:00"
    assert [tuple(step) for step in plan.programme] == [("预先", 0), ("空袭", 480), ("解除", 960)]
    assert (plan.state, plan.organ, plan.seconds) == ("draft", office.issuer.organ, 1140)
    assert plan.timetable["version"].startswith("timetables/43/")
    line = JournalLine.objects.of(plan).get()
    assert (line.verb, line.person) == ("soundings.draft_plan", office.cast.zhang)


def test_the_notice_is_due_five_whole_days_before_and_its_text_is_drafted(office: Office) -> None:
    plan = office.plan()
    assert plan.notice_due == date(2026, 10, 26)
    for words in ("2026年11月1日", "09:30至09:33", "09:38至09:41", "09:46至09:49", "第三十五条"):
        assert words in plan.notice_text
    due = Deadline.objects.of(plan).open().get()
    assert clock.beijing(due.due_at).isoformat() == "2026-10-27T00:00:00+08:00"


def test_a_silent_plan_needs_no_notice(office: Office) -> None:
    plan = office.plan(mode=Mode.SILENT, day=date(2026, 10, 21))
    assert (plan.notice_due, plan.notice_text) == (None, "")
    assert not Deadline.objects.of(plan).exists()


@pytest.mark.parametrize("who", ["wang", "shenji", "xiguan"])
def test_only_planners_may_draft(office: Office, who: str) -> None:
    with refused("403.1"):
        actions.draft_plan(
            office.cast.actor(who), office.issuer.organ, name="x", day=date(2026, 11, 1),
            timetable_key="hunan-1101", target_kind="all",
        )  # fmt: skip


def test_another_district_sees_nothing(office: Office) -> None:
    plan = office.plan()
    with refused("404.1"):
        actions.approve_plan(office.cast.actor("qian"), plan)
    assert not Plan.objects.visible_to(office.cast.qian).exists()
    assert Plan.objects.visible_to(office.cast.wang).exists()


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"day": date(2026, 10, 20)}, "422.49"),
        ({"day": date(2026, 10, 21)}, "422.48"),
        ({"timetable_key": "henan-0918"}, "404.40"),
        ({"mode": Mode.LIVE, "drill": True}, "422.54"),
        ({"target_kind": "sirens", "target": {"sirens": [99]}}, "422.44"),
        ({"target_kind": "area", "target": {"area": {"type": "Polygon"}}}, "422.45"),
        ({"target_kind": "group", "target": {"group": 7}}, "422.44"),
    ],
)
def test_what_cannot_be_planned_is_refused(
    office: Office, changes: dict[str, object], number: str
) -> None:
    with refused(number):
        office.plan(**changes)
    assert not Plan.objects.exists()


def test_trial_hours_are_a_rule_live_ones_are_not(office: Office, time: Time) -> None:
    """At 09:30 on the day before, a trial is too late; a silent test is not."""
    time.set(NOON + timedelta(days=11))
    with refused("422.48"):
        office.plan()
    assert office.plan(mode=Mode.SILENT).state == "draft"


def test_a_draft_may_be_changed_and_then_not(office: Office) -> None:
    plan = office.plan()
    changed = actions.edit_plan(
        office.cast.actor("zhang"), plan, name="改名", day=date(2026, 11, 2),
        timetable_key="hunan-1101", target_kind="all", drill=True,
    )  # fmt: skip
    assert (changed.name, changed.notice_due) == ("改名", date(2026, 10, 27))
    assert "疏散掩蔽演练" in changed.notice_text
    actions.approve_plan(office.cast.actor("zhou"), changed)
    with refused("409.1"):
        actions.edit_plan(
            office.cast.actor("zhang"), changed, name="再改", day=date(2026, 11, 2),
            timetable_key="hunan-1101", target_kind="all",
        )  # fmt: skip


def test_approval_is_for_heads_and_before_the_start(office: Office, time: Time) -> None:
    plan = office.plan()
    with refused("403.1"):
        actions.approve_plan(office.cast.actor("zhang"), plan)
    time.set(plan.start)
    with refused("422.49"):
        actions.approve_plan(office.cast.actor("li"), plan)
    assert Plan.objects.get().state == "draft"


def test_the_notice_follows_the_release_and_is_late_only_with_a_reason(
    office: Office, time: Time
) -> None:
    plan = actions.approve_plan(office.cast.actor("zhou"), office.plan())
    with refused("409.1"):
        actions.publish_notice(office.cast.actor("zhou"), plan)
    (order,) = actions.draft_orders(office.cast.actor("wang"), plan)
    office.released(office.signed(order))
    time.set(datetime(2026, 10, 27, 1, tzinfo=UTC))
    with refused("409.44"):
        actions.publish_notice(office.cast.actor("zhou"), plan)
    noticed = actions.publish_notice(office.cast.actor("zhou"), plan, reason="改期通知")
    assert (noticed.state, noticed.noticed_at) == ("noticed", clock.now())
    assert not Deadline.objects.of(plan).open().exists()
    assert JournalLine.objects.of(plan).first().content["note"]["late"] is True  # type: ignore[union-attr]


def test_a_draft_is_voided_with_a_reason(office: Office) -> None:
    plan = office.plan()
    with refused("422.1"):
        actions.void_plan(office.cast.actor("li"), plan)
    voided = actions.void_plan(office.cast.actor("li"), plan, reason="撤销")
    assert (voided.state, voided.void_reason) == ("void", "撤销")


def test_a_released_plan_is_taken_back_by_a_stop(office: Office) -> None:
    order = office.sounding()
    plan = Plan.objects.get()
    actions.void_plan(office.cast.actor("li"), plan, reason="暴雨改期")
    order.refresh_from_db()
    plan.refresh_from_db()
    assert (plan.state, order.state) == ("void", "stopped")
    assert StopOrder.objects.get().frames.get().upto > order.counter


def test_taking_a_plan_back_never_ends_somebody_else_s_order(office: Office) -> None:
    office.sounding()
    plan = Plan.objects.get()
    other = office.immediate(Mode.SILENT, "解除")
    with refused("409.45"):
        actions.void_plan(office.cast.actor("li"), plan, reason="暴雨改期")
    other.refresh_from_db()
    plan.refresh_from_db()
    assert (plan.state, other.state) == ("released", "released")


def test_archiving_waits_for_the_end(office: Office) -> None:
    office.sounding()
    plan = Plan.objects.get()
    with refused("409.1"):
        actions.archive_plan(office.cast.actor("li"), plan)
    system = Actor.system(office.issuer.organ)
    actions.begin_plan(system, plan)
    actions.close_plan(system, plan)
    assert actions.archive_plan(office.cast.actor("li"), plan).state == "archived"
