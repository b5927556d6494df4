"""From the records of a year to an outcome, and what is told of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import Hazard, Rating, UpkeepTask
from hudun.affairs.inspections.testing import make_package
from hudun.core.clock import frozen
from hudun.core.error import Problem
from hudun.core.outbox.models import Event
from hudun.core.plate import Plate
from hudun.core.testing import Cast

from .conftest import Login

pytestmark = pytest.mark.django_db

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
IN_MAY = datetime(2026, 5, 6, 2, tzinfo=UTC)
AFTER = datetime(2027, 1, 11, 2, tzinfo=UTC)


@pytest.fixture
def kept(cast: Cast, shelter: Plate) -> Iterator[Plate]:
    """Planned in January, all done but one, visited in May without a fault."""
    with frozen(datetime(2026, 1, 1, 2, tzinfo=UTC)):
        actions.make_upkeep_plan(cast.actor("zhang"), cast.stage.tianxin, 2026)
    for task in UpkeepTask.objects.all():
        UpkeepTask.objects.filter(pk=task.pk).update(state="done", done_on=task.week)
    late = UpkeepTask.objects.filter(last_day__lte=YEAR[1]).first()
    assert late is not None
    UpkeepTask.objects.filter(pk=late.pk).update(done_on=date(2026, 12, 31))
    with frozen(IN_MAY):
        package = make_package(shelter, "shelter-patrol")
        actions.receive_visit(cast.actor("zhao"), shelter, package)
    with frozen(AFTER):
        yield shelter


def rate(cast: Cast) -> Rating:
    actions.rate_period(cast.actor("zhang"), cast.stage.tianxin, *YEAR)
    return Rating.objects.standing().get()


def test_points_from_records_and_money_from_points(cast: Cast, kept: Plate) -> None:
    rating = rate(cast)
    assert rating.records["scores"] == [1000]
    assert rating.records["tasks_done"] == rating.records["tasks_owed"] - 1
    assert (rating.proposed, rating.outcome, rating.state) == ("qualified", "", "draft")
    assert rating.reasons == ["没有有效的性能检测"]
    assert (rating.unit, rating.area_m2, rating.subsidy_fen) == ("甲物业", 3000.0, 280_000)
    assert rating.sample


def test_a_decision_is_told_once(cast: Cast, kept: Plate) -> None:
    rating = rate(cast)
    with pytest.raises(Problem, match=r"403\.1 "):
        actions.decide_rating(cast.actor("zhang"), rating)
    actions.decide_rating(cast.actor("li"), rating)
    with pytest.raises(Problem, match=r"409\.1 "):
        actions.decide_rating(cast.actor("li"), rating)
    told = Event.objects.get(name="inspections.outcome_decided").payload
    assert (told["unit"], told["amount_fen"], told["sample"]) == ("甲物业", 280_000, True)
    actions.rate_period(cast.actor("zhang"), cast.stage.tianxin, *YEAR)
    assert Rating.objects.count() == 1, "what is decided stays"
    rating.refresh_from_db()
    actions.void_rating(cast.actor("li").because("算错"), rating)
    assert Event.objects.get(name="inspections.outcome_voided").payload["reason"] == "算错"


def test_a_hazard_that_was_late_costs(cast: Cast, kept: Plate) -> None:
    with frozen(IN_MAY):
        package = make_package(kept, "shelter-patrol", fail=["no_leak"])
        actions.receive_visit(cast.actor("zhao"), kept, package)
    hazard = Hazard.objects.get()
    rating = rate(cast)
    assert (rating.records["found"], rating.records["late"]) == ({"一般": 1}, {"一般": 1})
    first = rating.tenths
    Hazard.objects.filter(pk=hazard.pk).update(
        state="closed", mended_on=hazard.due_on, closed_at=IN_MAY
    )
    assert rate(cast).tenths > first


def test_another_outcome_needs_a_reason(cast: Cast, kept: Plate) -> None:
    rating = rate(cast)
    with pytest.raises(Problem, match=r"422\.1 "):
        actions.decide_rating(cast.actor("li"), rating, outcome="mend")
    decided = actions.decide_rating(cast.actor("li"), rating, outcome="mend", reason="现场脏乱")
    assert (decided.outcome, decided.subsidy_fen) == ("mend", 0)
    assert Event.objects.get(name="inspections.outcome_decided").payload["amount_fen"] == 0


def test_what_nobody_visited_is_not_rated(cast: Cast, shelter: Plate) -> None:
    with frozen(AFTER):
        actions.rate_period(cast.actor("zhang"), cast.stage.tianxin, *YEAR)
    assert not Rating.objects.exists()
    with frozen(IN_MAY), pytest.raises(Problem, match=r"422\.118"):
        actions.rate_period(cast.actor("zhang"), cast.stage.tianxin, *YEAR)
    with pytest.raises(Problem, match=r"422\.118"):
        actions.rate_period(cast.actor("zhang"), cast.stage.tianxin, YEAR[1], YEAR[0])


def test_pages(cast: Cast, kept: Plate, login: Login) -> None:
    base, clerk = "/inspections/ratings/", login("zhang")
    days = {"first": "2026-01-01", "last": "2026-12-31"}
    assert clerk.post(f"{base}compute/", {"first": "x"}).status_code == 400
    assert login("qian").post(f"{base}compute/", days).status_code == 302
    assert not Rating.objects.exists(), "the other district rated its own: nothing"
    assert clerk.post(f"{base}compute/", days).status_code == 302
    rating = Rating.objects.get()
    page = clerk.get(f"{base}{rating.pk}/").content.decode()
    for words in ("样例规则", "补助合格（拟）", "2,800.00 元", "没有有效的性能检测"):
        assert words in page
    assert "样例规则" in clerk.get(base).content.decode()
    assert login("qian").get(f"{base}{rating.pk}/").status_code == 404
    assert clerk.post(f"{base}decide/", days).status_code == 403
    assert login("li").post(f"{base}decide/", days).status_code == 302
    rating.refresh_from_db()
    assert rating.state == "decided"


def test_the_page_of_upkeep(cast: Cast, shelter: Plate, login: Login) -> None:
    with frozen(datetime(2026, 1, 6, 2, tzinfo=UTC)):
        clerk = login("zhang")
        assert "还没有本年的维护计划" in clerk.get("/inspections/upkeep/").content.decode()
        assert clerk.post("/inspections/upkeep/make/", {"year": "2026"}).status_code == 302
        page = clerk.get("/inspections/upkeep/").content.decode()
        assert "样例周期" in page
        task = UpkeepTask.objects.due_in(date(2026, 1, 6)).first()
        assert task is not None
        assert task.text in page
        done = {"tasks": [str(task.pk), "nonsense"], "remark": "好"}
        assert login("wang").post("/inspections/upkeep/complete/", done).status_code == 403
        assert login("qian").post("/inspections/upkeep/complete/", done).status_code == 302
        task.refresh_from_db()
        assert task.state == "planned", "another district's tick reaches nothing"
        assert clerk.post("/inspections/upkeep/complete/", done).status_code == 302
        task.refresh_from_db()
        assert (task.state, task.remark) == ("done", "好")
        tasks = clerk.get("/inspections/upkeep/tasks/?when=late").content.decode()
        assert "没有符合条件" in tasks
        assert task.text not in login("qian").get("/inspections/upkeep/tasks/").content.decode()
