"""Numbers for reports: each opens to its records, none counts the neighbour's."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import UpkeepTask
from hudun.affairs.inspections.testing import make_package
from hudun.core.clock import frozen
from hudun.core.fact import ask
from hudun.core.plate import Plate
from hudun.core.testing import Cast

from .test_performance import record

pytestmark = pytest.mark.django_db

YEAR: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def test_visits_and_what_they_cover(cast: Cast, shelter: Plate, plate: Plate) -> None:
    here, there = cast.stage.tianxin, cast.stage.yuanhui
    with frozen(datetime(2026, 3, 3, 3, tzinfo=UTC)):
        package = make_package(shelter, "shelter-patrol")
        visit = actions.receive_visit(cast.actor("zhao"), shelter, package)
    assert ask("visits.made", here, **YEAR).shown == "1 次"
    assert ask("visits.plates", here, **YEAR).shown == "100 %（1/1）"
    assert ask("visits.plates", here, **YEAR, kind="sirens").number == 0
    assert ask("visits.made", there, **YEAR).number == 0
    assert ask("visits.plates", there, **YEAR).shown == "—"
    actions.void_visit(cast.actor("li").because("走错"), visit)
    assert ask("visits.made", here, **YEAR).number == 0


def test_upkeep_and_tests(cast: Cast, shelter: Plate) -> None:
    here, day = cast.stage.tianxin, date(2026, 1, 20)
    with frozen(datetime(2026, 1, 1, 3, tzinfo=UTC)):
        actions.make_upkeep_plan(cast.actor("zhang"), here, 2026)
    owed = UpkeepTask.objects.owed_by(day)
    with frozen(datetime(2026, 1, 20, 3, tzinfo=UTC)):
        for task in owed[:2]:
            actions.complete_task(cast.actor("zhang"), task)
        done = ask("upkeep.done", here)
    assert (done.number, done.denominator) == (2, owed.count())
    assert done.outside is not None
    assert done.outside.count() == owed.count() - 2
    assert ask("performance.valid", here).number == 0
    record(cast, shelter)
    assert ask("performance.valid", here).shown == "100 %（1/1）"
    assert ask("ratings.outcome", here, **YEAR).number == 0
    assert ask("campaigns.visited", here, **YEAR).shown == "—"
