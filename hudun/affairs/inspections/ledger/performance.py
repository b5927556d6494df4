"""Performance tests by accredited units."""

from typing import Any

from django.db.models import QuerySet
from django_filters import ChoiceFilter

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import PerformanceTest
from hudun.core import clock
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import User

VALID = [("yes", "有效期内"), ("no", "已过期")]


class PerformanceLedger(Ledger[PerformanceTest]):
    model = PerformanceTest
    slug, noun, icon, section = "performance-tests", "性能检测", "activity", "巡检"
    nav_order = 50
    columns = [
        Column("plate", "工程", "plate__title", long=True),
        "report_no",
        "unit",
        "tested_on",
        "valid_until",
        "result",
        Column("standing_words", "效力"),
    ]
    filters = ["result", "organ", "tested_on", "valid_until"]
    search = ["plate__title", "plate__code", "report_no", "unit"]
    sections = {
        "检测": ["plate", "organ", "report_no", "tested_on", "valid_until", "result", "summary"],
        "单位": ["unit", "credit_code", "accreditation"],
    }
    aside = ["recorded_at", "recorded_by", "void_reason"]
    labels = {"organ": "所在街镇"}
    title = "plate"
    verbs = [actions.void_test]
    list_template = "inspections/performance_list.html"
    detail_template = "inspections/performance.html"

    def loaded(self, rows: "QuerySet[PerformanceTest]") -> "QuerySet[PerformanceTest]":
        return rows.select_related("plate", "organ__parent", "recorded_by")

    def more_filters(self, user: User) -> dict[str, Any]:  # noqa: ARG002
        valid = ChoiceFilter(label="有效期", choices=VALID, method=_valid, empty_label="全部")
        return {"valid": valid}


def _valid(rows: Any, _name: str, value: str) -> Any:
    today = clock.today()
    return rows.valid_on(today) if value == "yes" else rows.ending_by(today)
