"""Tasks of upkeep: due, late, done."""

from typing import Any

from django.db.models import QuerySet
from django_filters import ChoiceFilter

from hudun.affairs.inspections.models import UpkeepTask
from hudun.affairs.inspections.models.upkeep import UpkeepTaskQuerySet
from hudun.core import clock
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import User

WHEN = [("due", "本周"), ("late", "逾期"), ("coming", "今后四周"), ("done", "已完成")]


class UpkeepLedger(Ledger[UpkeepTask]):
    model = UpkeepTask
    slug, noun, icon, section = "upkeep-tasks", "维护任务", "tool", "巡检"
    nav_order = 41
    columns = [
        Column("plate", "工程", "plate__title", long=True),
        "system",
        Column("text", "内容", "text", long=True),
        "kind",
        "keeper",
        "week",
        Column("lateness", "期限"),
        "done_on",
        "state",
    ]
    filters = ["plan", "system", "kind", "keeper", "organ", "week"]
    search = ["plate__title", "plate__code", "text", "keeper"]
    sections = {
        "任务": ["plate", "organ", "system", "text", "kind", "clause", "note", "keeper"],
        "时间": ["plan", "week", "last_day", "done_on", "done_by", "remark"],
    }
    labels = {"organ": "所在街镇", "system": "系统", "week": "计划周"}
    title = "plate"

    def loaded(self, rows: "QuerySet[UpkeepTask]") -> "QuerySet[UpkeepTask]":
        return rows.select_related("plate", "organ__parent", "plan__organ", "done_by")

    def more_filters(self, user: User) -> dict[str, Any]:  # noqa: ARG002
        return {"when": ChoiceFilter(label="期限", choices=WHEN, method=_when, empty_label="全部")}


def _when(rows: UpkeepTaskQuerySet, _name: str, value: str) -> UpkeepTaskQuerySet:
    today = clock.today()
    match value:
        case "due":
            return rows.due_in(today)
        case "late":
            return rows.overdue(today)
        case "coming":
            return rows.coming(today)
        case _:
            return rows.done()
