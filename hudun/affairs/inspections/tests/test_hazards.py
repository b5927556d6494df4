"""A failed item makes a hazard; it has a holder and a date at every moment until it is closed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.actions import receive_visit
from hudun.affairs.inspections.models import Hazard, HazardLimit
from hudun.affairs.inspections.testing import make_package
from hudun.core import clock
from hudun.core.calendar import add_working_days
from hudun.core.clock import BEIJING
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import verify
from hudun.core.outbox.models import Event
from hudun.core.plate import Plate
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db

SIREN = "siren-patrol"
NINE = datetime(2025, 9, 1, 9, tzinfo=BEIJING)
FAILED = ["mount_firm"]


def visit(cast: Cast, plate: Plate, at: datetime = NINE, **said: Any) -> None:
    with clock.frozen(at):
        receive_visit(cast.actor("zhao"), plate, make_package(plate, SIREN, **said))


def only() -> Hazard:
    return Hazard.objects.get()


def noticed(cast: Cast, at: datetime = NINE) -> Hazard:
    with clock.frozen(at):
        return actions.notify(cast.actor("li"), only())


def test_a_failed_item_makes_a_hazard_that_the_office_has(cast: Cast, plate: Plate) -> None:
    visit(cast, plate, fail=FAILED)
    hazard = only()
    assert (hazard.state, hazard.plate, hazard.organ) == ("found", plate, plate.organ)
    assert hazard.holder_organ == cast.stage.tianxin
    assert hazard.until == date(2025, 9, 3)
    due = add_working_days(date(2025, 9, 1), {"一般": 15, "较大": 10, "重大": 3}[hazard.grade])
    assert (hazard.due_on, hazard.calendar) == (due.date, due.version)
    assert hazard.sightings.get().mended is False
    assert Event.objects.filter(name="inspections.hazard_raised").count() == 1
    line = JournalLine.objects.get(verb="inspections.raise_hazard")
    assert line.object_id == str(hazard.pk)
    assert verify(cast.stage.tianxin) == []


def test_what_is_seen_again_is_noted_not_doubled(cast: Cast, plate: Plate) -> None:
    visit(cast, plate, fail=FAILED)
    visit(cast, plate, NINE + timedelta(days=1), fail=FAILED)
    assert only().sightings.count() == 2


def test_a_visit_that_finds_it_mended_closes_it(cast: Cast, plate: Plate) -> None:
    visit(cast, plate, fail=FAILED)
    visit(cast, plate, NINE + timedelta(days=3))
    hazard = only()
    assert (hazard.state, hazard.mended_on) == ("closed", date(2025, 9, 4))
    assert (hazard.holder, hazard.until, hazard.next_on) == ("", None, None)
    assert list(Hazard.objects.in_time()) == [hazard]
    visit(cast, plate, NINE + timedelta(days=9), fail=FAILED)
    assert Hazard.objects.open().count() == 1, "found anew, it is a new one"


def test_no_deficiencies_closes_all_with_the_comment(cast: Cast, plate: Plate) -> None:
    visit(cast, plate, fail=FAILED)
    with clock.frozen(NINE):
        actions.raise_hazard(cast.actor("zhao"), plate.organ, plate, kind="杂物", grade="一般")
    visit(cast, plate, NINE + timedelta(days=2), no_deficiencies=True, comment="都好了")
    assert set(Hazard.objects.values_list("state", "ending")) == {("closed", "都好了")}


def test_a_phone_that_delivers_late_overturns_nothing(cast: Cast, plate: Plate) -> None:
    """Seen broken on Monday and mended on Wednesday; Tuesday's phone arrives on Friday."""
    package = {}
    with clock.frozen(NINE + timedelta(days=1)):
        package = make_package(plate, SIREN, fail=FAILED)
    visit(cast, plate, fail=FAILED)
    visit(cast, plate, NINE + timedelta(days=2))
    with clock.frozen(NINE + timedelta(days=4)):
        receive_visit(cast.actor("zhao"), plate, package)
    assert only().state == "closed"


def test_an_old_visit_without_fault_closes_nothing_younger(cast: Cast, plate: Plate) -> None:
    with clock.frozen(NINE - timedelta(days=1)):
        package = make_package(plate, SIREN, no_deficiencies=True)
    visit(cast, plate, fail=FAILED)
    with clock.frozen(NINE + timedelta(days=1)):
        receive_visit(cast.actor("zhao"), plate, package)
    assert only().state == "found"


def test_the_unit_has_it_once_the_notice_is_out(cast: Cast, plate: Plate) -> None:
    visit(cast, plate, fail=FAILED)
    hazard = noticed(cast, NINE + timedelta(days=1))
    assert hazard.state == "noticed"
    assert (hazard.holder, hazard.until) == (hazard.unit, hazard.due_on)
    assert hazard.due_on > add_working_days(date(2025, 9, 1), 1).date
    whys = HazardLimit.objects.values_list("why", flat=True)
    assert list(whys) == ["发现", "通知"], "counted anew, the first date kept"


def test_a_failed_recheck_gives_it_back(cast: Cast, plate: Plate) -> None:
    visit(cast, plate, fail=FAILED)
    hazard = noticed(cast)
    with clock.frozen(NINE + timedelta(days=1)):
        actions.answer(cast.actor("zhao"), plate.organ, hazard, text="已紧固")
    hazard.refresh_from_db()
    assert (hazard.state, hazard.holder_organ) == ("replied", cast.stage.tianxin)
    due = hazard.due_on
    visit(cast, plate, NINE + timedelta(days=2), fail=FAILED)
    hazard.refresh_from_db()
    assert (hazard.state, hazard.due_on) == ("noticed", due)
    assert hazard.until is not None and hazard.until >= due
    visit(cast, plate, NINE + timedelta(days=3))
    assert only().state == "closed"


def test_extension_keeps_the_old_date_and_takes_working_days_only(cast: Cast, plate: Plate) -> None:
    visit(cast, plate, fail=FAILED)
    hazard = noticed(cast)
    li = cast.actor("li").because("配件未到")
    with clock.frozen(NINE):
        with pytest.raises(Problem, match=r"422\.121"):
            actions.extend(li, hazard, due_on=date(2025, 10, 1))
        with pytest.raises(Problem, match=r"422\.120"):
            actions.extend(li, hazard, due_on=hazard.due_on)
        with pytest.raises(Problem, match=r"422\.1"):
            actions.extend(cast.actor("li"), hazard, due_on=date(2025, 10, 9))
        with pytest.raises(Problem, match=r"403\.1"):
            actions.extend(cast.actor("zhao").because("x"), hazard, due_on=date(2025, 10, 9))
        old = hazard.due_on
        extended = actions.extend(li, hazard, due_on=date(2025, 10, 9))
    assert (extended.due_on, extended.until) == (date(2025, 10, 9), date(2025, 10, 9))
    kept = hazard.limits.values_list("due_on", "why", "reason")
    assert list(kept)[-2:] == [(old, "通知", ""), (date(2025, 10, 9), "延期", "配件未到")]
    assert extended.calendar.startswith("chinesecalendar")


def test_enforcement_and_void_want_a_reason_and_a_head(cast: Cast, plate: Plate) -> None:
    visit(cast, plate, fail=FAILED)
    hazard = noticed(cast)
    with pytest.raises(Problem, match=r"403\.1"):
        actions.hand_over(cast.actor("zhang").because("拒不整改"), hazard)
    handed = actions.hand_over(cast.actor("li").because("拒不整改"), hazard)
    assert (handed.state, handed.is_open) == ("enforcement", True)
    event = Event.objects.get(name="inspections.enforcement_asked")
    assert event.payload["reason"] == "拒不整改"
    with pytest.raises(Problem, match=r"422\.1"):
        actions.void_hazard(cast.actor("li"), handed)
    voided = actions.void_hazard(cast.actor("li").because("误登"), handed)
    assert (voided.state, voided.until) == ("void", None)


def test_another_district_finds_nothing(cast: Cast, plate: Plate) -> None:
    visit(cast, plate, fail=FAILED)
    assert not Hazard.objects.visible_to(cast.qian).exists()
    with pytest.raises(Problem, match=r"404\.1"):
        actions.close_hazard(cast.actor("qian").because("x"), only())
    assert Hazard.objects.visible_to(cast.zhao).count() == 1
