"""A test by an accredited unit: recorded once, its defects hazards at once."""

from datetime import date, timedelta
from typing import Any

import pytest

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.actions.performance import Defect
from hudun.affairs.inspections.models import Hazard, PerformanceTest
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.plate import Plate
from hudun.core.testing import Cast

from .conftest import Login

pytestmark = pytest.mark.django_db

LEAK = Defect("渗漏水", "一般", "3 号口顶板渗水")


def given(**said: Any) -> dict[str, Any]:
    today = clock.today()
    known = {
        "unit": "某检测公司", "accreditation": "湘检 001", "report_no": "JC-2026-1",
        "tested_on": today - timedelta(days=10), "valid_until": today + timedelta(days=355),
        "result": "fair",
    }  # fmt: skip
    return {**known, **said}


def record(cast: Cast, plate: Plate, who: str = "zhang", **said: Any) -> PerformanceTest:
    return actions.record_test(cast.actor(who), plate.organ, plate, **given(**said))


def test_defects_become_hazards(cast: Cast, shelter: Plate) -> None:
    test = record(cast, shelter, defects=[LEAK, Defect("门体损坏", "重大", "防护门变形")])
    hazards = list(Hazard.objects.open().of_plate(shelter).order_by("kind"))
    assert [hazard.grade for hazard in hazards] == ["一般", "重大"]
    assert {defect.hazard for defect in test.defects.all()} == set(hazards)
    assert JournalLine.objects.filter(verb="inspections.raise_hazard").count() == 2
    assert list(PerformanceTest.objects.valid_on(clock.today())) == [test]
    actions.void_test(cast.actor("li").because("报告撤回"), test)
    assert not PerformanceTest.objects.valid_on(clock.today()).exists()


@pytest.mark.parametrize(
    ("change", "number", "field"),
    [
        ({"tested_on": date(2100, 1, 1), "valid_until": date(2101, 1, 1)}, "422.117", "tested_on"),
        ({"valid_until": date(2020, 1, 1)}, "422.117", "valid_until"),
        ({"credit_code": "123"}, "422.117", "credit_code"),
        ({"accreditation": " "}, "422.117", "accreditation"),
        ({"defects": [Defect("渗漏水", "严重", "x")]}, "422.117", "defects[0]"),
    ],
)
def test_slips_leave_nothing(
    cast: Cast, shelter: Plate, change: dict[str, Any], number: str, field: str
) -> None:
    with pytest.raises(Problem) as problem:
        record(cast, shelter, **change)
    assert (problem.value.number, list(problem.value.fields)) == (number, [field])
    assert not PerformanceTest.objects.exists()
    assert not Hazard.objects.exists()


def test_a_report_once_and_by_whom(cast: Cast, shelter: Plate) -> None:
    record(cast, shelter)
    with pytest.raises(Problem, match=r"409\.105"):
        record(cast, shelter)
    with pytest.raises(Problem, match=r"403\.1 "):
        record(cast, shelter, who="zhao", report_no="2")
    with pytest.raises(Problem, match=r"404\.1"):
        record(cast, shelter, who="qian", report_no="2")


def test_the_form_keeps_what_was_typed(cast: Cast, shelter: Plate, login: Login) -> None:
    url, client = "/inspections/performance/record/", login("zhang")
    data = {**given(), "plate": shelter.code, "defects": "渗漏水｜很重｜顶板"}
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "第 1 行应写成" in refused.content.decode()
    assert "湘检 001" in refused.content.decode()
    assert client.post(url, {**data, "plate": "0" * 12, "defects": ""}).status_code == 404
    done = client.post(url, {**data, "defects": "渗漏水 | 一般 | 顶板渗水\n"})
    assert done.status_code == 302
    page = client.get(done["Location"]).content.decode()
    assert "顶板渗水" in page
    assert "基本合格" in page
    assert client.post(url, {**data, "defects": ""}).status_code == 409
    assert login("wang").get(url).status_code == 403
    assert login("qian").get(done["Location"]).status_code == 404
    assert shelter.title not in login("qian").get("/inspections/performance/").content.decode()
