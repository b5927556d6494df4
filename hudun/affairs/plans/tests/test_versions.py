"""A version from draft to the level above, with its five-year clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hudun.affairs.plans import actions
from hudun.affairs.plans.models import CommunityRow, PairRow, Plan, ShelterRow, Version
from hudun.affairs.plans.reading import balance_of
from hudun.core import clock
from hudun.core.deadline.models import Deadline
from hudun.core.error import Problem
from hudun.core.fact import ask
from hudun.core.journal.models import JournalLine
from hudun.core.planner.testing import run_now
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def year_2026() -> object:
    with clock.frozen(datetime(2026, 6, 1, 2, tzinfo=UTC)):
        yield


def approved(cast: Cast, version: Version, day: date = DAY) -> Version:
    actions.submit(cast.actor("zhang"), version)
    return actions.approve(
        cast.actor("zhou"), version, approved_on=day, document="天政〔2026〕3号", reviewers="公安"
    )


def test_a_draft_is_computed_by_the_planner(version: Version) -> None:
    assert (version.totals["people"], version.totals["covered"]) == (171, 130)
    assert CommunityRow.objects.of(version).count() == 2
    assert ShelterRow.objects.of(version).count() == 2
    assert sum(row.people for row in PairRow.objects.of(version)) == 130
    assert balance_of(version).word == "平"
    assert {one["kind"] for one in version.inputs} >= {"路网", "人口", "工程（代替台账）"}
    assert all(len(one["digest"]) == 64 for one in version.inputs)


def test_from_draft_to_the_level_above(cast: Cast, version: Version) -> None:
    done = approved(cast, version)
    assert (done.state, done.document) == ("approved", "天政〔2026〕3号")
    plan = Plan.objects.get()
    assert (plan.state, plan.due_on) == ("in_force", date(2031, 3, 1))
    due = {one.topic: clock.beijing(one.due_at).date() for one in Deadline.objects.open()}
    assert due == {"plans.prepare": date(2030, 3, 1), "plans.revise": date(2031, 3, 1)}
    filed = actions.file(cast.actor("zhang"), done, filed_on=DAY, filed_to="长沙市人防办")
    assert (filed.state, filed.filed_to) == ("filed", "长沙市人防办")
    verbs = set(JournalLine.objects.values_list("verb", flat=True))
    assert {"plans.submit", "plans.approve", "plans.file", "plans.record_book"} <= verbs


def test_a_newer_version_takes_the_place_of_the_old(cast: Cast, version: Version) -> None:
    old = approved(cast, version)
    newer = actions.draft_version(cast.actor("zhang"), version.plan, limit_m=500)
    assert newer.number == 2
    assert newer.run is not None
    run_now(newer.run)
    newer.refresh_from_db()
    assert not Deadline.objects.open().filter(topic="plans.prepare").exists(), "begun"
    approved(cast, newer, date(2026, 5, 1))
    old.refresh_from_db()
    assert old.state == "superseded"
    plan = Plan.objects.get()
    assert plan.due_on == date(2031, 5, 1)


def test_it_is_sent_back_with_a_reason(cast: Cast, version: Version) -> None:
    actions.submit(cast.actor("zhang"), version)
    with pytest.raises(Problem, match=r"422\.1 "):
        actions.send_back(cast.actor("li"), version)
    back = actions.send_back(cast.actor("li").because("西社区要复核"), version)
    assert back.state == "draft"
    line = JournalLine.objects.filter(verb="plans.send_back").get()
    assert line.content["reason"] == "西社区要复核"


def test_who_may_do_what(cast: Cast, version: Version) -> None:
    with pytest.raises(Problem, match=r"404\.1"):
        actions.submit(cast.actor("qian"), version)
    with pytest.raises(Problem, match=r"403\.1 "):
        actions.submit(cast.actor("shenji"), version)
    actions.submit(cast.actor("zhang"), version)
    with pytest.raises(Problem, match=r"403\.1 "):
        actions.approve(cast.actor("zhang"), version, approved_on=DAY, document="x")
    with pytest.raises(Problem, match=r"422\.304"):
        actions.approve(cast.actor("li"), version, approved_on=date(2027, 1, 1), document="x")


def test_who_drafted_does_not_approve(cast: Cast, plan: Plan) -> None:
    drafted = actions.draft_version(cast.actor("li"), plan, limit_m=700)
    assert drafted.run is not None
    run_now(drafted.run)
    drafted.refresh_from_db()
    actions.submit(cast.actor("zhang"), drafted)
    with pytest.raises(Problem, match=r"403\.300"):
        actions.approve(cast.actor("li"), drafted, approved_on=DAY, document="x")


def test_what_is_not_computed_or_not_level_is_not_submitted(cast: Cast, version: Version) -> None:
    CommunityRow.objects.of(version).filter(position=0).update(people=1)
    with pytest.raises(Problem, match=r"409\.301") as refused:
        actions.submit(cast.actor("zhang"), version)
    assert "总人数 = 各社区人数之和" in str(refused.value)
    waiting = actions.draft_version(cast.actor("zhang"), version.plan)
    with pytest.raises(Problem, match=r"409\.300"):
        actions.submit(cast.actor("zhang"), waiting)


def test_state_secrets_stay_out(cast: Cast) -> None:
    with pytest.raises(Problem, match=r"422\.300") as refused:
        actions.open_plan(cast.actor("zhang"), cast.stage.tianxin, title="预案", secrecy="机密")
    assert "国家秘密" in str(refused.value)
    assert not Plan.objects.exists()


def test_what_is_missing_is_named(cast: Cast) -> None:
    made = actions.open_plan(cast.actor("zhang"), cast.stage.tianxin, title="空的")
    with pytest.raises(Problem, match=r"422\.301") as refused:
        actions.draft_version(cast.actor("zhang"), made)
    assert "路网、人口" in str(refused.value)
    assert not Version.objects.exists()


@pytest.mark.parametrize("said", [{"limit_m": -3}, {"warning_s": "x"}, {"size": 0}])
def test_a_number_nobody_meant_is_refused(cast: Cast, plan: Plan, said: dict[str, Any]) -> None:
    with pytest.raises(Problem, match=r"422\.303"):
        actions.draft_version(cast.actor("zhang"), plan, **said)


def test_a_failed_run_is_told_and_may_be_asked_again(cast: Cast, plan: Plan) -> None:
    from hudun.affairs.plans.inputs import keep_input

    kept = keep_input("people.csv", [b"id,lon,lat\na,113,28\n"])
    file = actions.add_input(cast.actor("zhang"), plan, kind="people", kept=kept)
    drafted = actions.draft_version(cast.actor("zhang"), plan, limit_m=700)
    assert drafted.run is not None
    run = run_now(drafted.run)
    assert (run.state, run.problem["number"]) == ("failed", "400.312")
    actions.withdraw_input(cast.actor("zhang"), file)
    again = actions.recompute(cast.actor("zhang"), drafted)
    assert again.run is not None
    assert run_now(again.run).state == "done"
    again.refresh_from_db()
    assert again.made


def test_a_file_no_reader_takes_is_refused(plan: Plan) -> None:
    from hudun.affairs.plans.inputs import keep_input

    for name, chunks in (("a.exe", [b"x"]), ("a.csv", [])):
        with pytest.raises(Problem, match=r"422\.308"):
            keep_input(name, chunks)


def test_what_reports_ask(cast: Cast, version: Version) -> None:
    tianxin, whole = cast.stage.tianxin, {"first": DAY, "last": date(2026, 6, 1)}
    assert ask("plans.sheltered", tianxin).shown == "—", "nothing stands yet"
    approved(cast, version)
    assert ask("plans.sheltered", tianxin).shown == "76 %（130/171）"
    assert ask("plans.in_force", tianxin).number == 1
    assert ask("plans.overdue", tianxin).number == 0
    assert ask("plans.overdue", tianxin, day=date(2031, 3, 2)).number == 1
    actions.record_drill(
        cast.actor("zhang"), version, community=0, took_part=9,
        sounded_at=datetime(2026, 5, 31, 17, tzinfo=UTC),
        last_in_at=datetime(2026, 5, 31, 17, 20, tzinfo=UTC),
    )  # fmt: skip
    assert ask("plans.drills", tianxin, **whole).number == 1, "1 June in Beijing"
    assert ask("plans.drills", tianxin, first=DAY, last=date(2026, 5, 31)).number == 0
    assert ask("plans.in_force", cast.stage.yuanhui).number == 0
