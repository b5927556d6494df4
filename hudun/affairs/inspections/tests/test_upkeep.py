"""The plan of upkeep of an office: made, made again, worked off."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import UpkeepPlan, UpkeepTask
from hudun.affairs.inspections.upkeep import weeks_of
from hudun.assets.shelters.actions import register_shelter
from hudun.core.clock import frozen
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.plate import Plate
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def new_year() -> Iterator[None]:
    with frozen(datetime(2026, 1, 1, 1, tzinfo=UTC)):
        yield


@pytest.fixture
def shelter(cast: Cast) -> Plate:
    return shelter_plate(cast, 1)


def shelter_plate(cast: Cast, number: int, **fields: Any) -> Plate:
    shelter = register_shelter(
        cast.actor("li"), cast.stage.pozijie, number=f"RF-{number}", name=f"{number} 号工程",
        kind="basement", maintainer_name="甲物业", **fields,
    )  # fmt: skip
    return Plate.objects.of(shelter).get()


def plan(cast: Cast, year: int = 2026) -> UpkeepPlan:
    return actions.make_upkeep_plan(cast.actor("zhang"), cast.stage.tianxin, year)


def test_a_plan_of_the_year(cast: Cast, shelter: Plate) -> None:
    made = plan(cast)
    tasks = UpkeepTask.objects.of_plate(shelter)
    assert tasks.filter(item="5.1.1-4").count() == 12, "the doors are moved every month"
    assert tasks.filter(item="7.2.2", week__lte=date(2026, 4, 6)).exists(), "before the floods"
    assert set(tasks.values_list("keeper", flat=True)) == {"甲物业"}
    assert all(week in weeks_of(2026) for week in tasks.values_list("week", flat=True))
    assert (made.sample, made.organ) == (True, cast.stage.tianxin)
    note = JournalLine.objects.get(verb="inspections.make_upkeep_plan").content["note"]
    assert (note["plates"], note["added"]) == (1, tasks.count())


def snapshot() -> set[Any]:
    return set(UpkeepTask.objects.values_list("pk", "week", "state", "keeper"))


def test_made_again_it_stays_the_same(cast: Cast, shelter: Plate) -> None:
    first = plan(cast)
    before = snapshot()
    assert plan(cast) == first
    assert snapshot() == before
    shelter_plate(cast, 2)
    plan(cast)
    assert before < snapshot(), "what was planned does not move"


def test_a_plan_that_begins_in_the_year_begins_nothing_late(cast: Cast, shelter: Plate) -> None:
    with frozen(datetime(2026, 8, 5, 1, tzinfo=UTC)):
        plan(cast)
        assert not UpkeepTask.objects.overdue(date(2026, 8, 5)).exists()
        monthly = UpkeepTask.objects.filter(item="5.1.1-4").order_by("week")
        assert monthly.count() == 5


def test_what_is_no_longer_there_is_dropped_and_comes_back(cast: Cast, shelter: Plate) -> None:
    plan(cast)
    Plate.objects.filter(pk=shelter.pk).update(withdrawn_at=datetime(2026, 1, 2, tzinfo=UTC))
    plan(cast)
    assert not UpkeepTask.objects.open().exists()
    Plate.objects.filter(pk=shelter.pk).update(withdrawn_at=None)
    plan(cast)
    assert UpkeepTask.objects.open().count() == UpkeepTask.objects.count()


def test_due_overdue_done(cast: Cast, shelter: Plate) -> None:
    plan(cast)
    task = UpkeepTask.objects.filter(item="5.1.1-4").order_by("week").first()
    assert task is not None
    day = task.week
    assert task in UpkeepTask.objects.due_in(day)
    later = date.fromordinal(day.toordinal() + 7)
    assert task in UpkeepTask.objects.overdue(later)
    with frozen(datetime(2026, 2, 20, tzinfo=UTC)):
        task.refresh_from_db()
        assert task.lateness == "超过周期"
        with pytest.raises(Problem, match=r"422\.116"):
            actions.complete_task(cast.actor("zhao"), task, done_on=date(2026, 3, 1))
        done = actions.complete_task(cast.actor("zhao"), task, remark="已启闭")
        assert (done.state, done.done_by, done.lateness) == ("done", cast.zhao, "")
        with pytest.raises(Problem, match=r"409\.1 "):
            actions.complete_task(cast.actor("zhao"), task)
        with pytest.raises(Problem, match=r"404\.1"):
            actions.reopen_task(cast.actor("qian").because("看错"), task)
        again = actions.reopen_task(cast.actor("zhang").because("没有做"), task)
        assert (again.state, again.done_on) == ("planned", None)


def test_every_two_years_after_it_was_done(cast: Cast, shelter: Plate) -> None:
    """过滤吸收器 (6.2.4): done in 2026, it is not due in 2027."""
    plan(cast)
    UpkeepTask.objects.filter(item="6.2.4").delete()
    other = UpkeepTask.objects.first()
    assert other is not None
    UpkeepTask.objects.filter(pk=other.pk).update(
        item="6.2.4", state="done", done_on=date(2026, 5, 5)
    )
    with frozen(datetime(2026, 12, 20, tzinfo=UTC)):
        plan(cast, 2027)
    assert not UpkeepTask.objects.filter(item="6.2.4", plan__year=2027).exists()


@pytest.mark.parametrize(
    ("who", "year", "number"), [("wang", 2026, "403.1"), ("qian", 2026, "404.1"),
                                ("zhang", 2031, "422.115")],
)  # fmt: skip
def test_who_and_when_not(cast: Cast, who: str, year: int, number: str) -> None:
    with pytest.raises(Problem) as problem:
        actions.make_upkeep_plan(cast.actor(who), cast.stage.tianxin, year)
    assert problem.value.number == number
