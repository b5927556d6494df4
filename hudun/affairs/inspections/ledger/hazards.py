"""Hazards, and the notices about them."""

from typing import Any

from django.db.models import F, QuerySet
from django_filters import ChoiceFilter

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import Hazard, Notice
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import User

STANDING = [("open", "未销号"), ("overdue", "逾期"), ("closed", "已销号")]


class HazardLedger(Ledger[Hazard]):
    model = Hazard
    slug, noun, icon, section, tab = "hazards", "隐患", "alert-triangle", "巡检", True
    nav_order = 30
    columns = [
        Column("plate", "检查对象", "plate__title", long=True),
        "kind",
        "grade",
        Column("organ", "所在街镇", "organ__path"),
        "state",
        "due_on",
        Column("holder", "现由", "holder", long=True),
        Column("until_words", "办理至", "until", long=True),
    ]
    filters = ["state", "grade", "level", "organ", "found_on"]
    search = ["plate__title", "plate__code", "kind", "detail", "unit"]
    sections = {
        "隐患": ["plate", "organ", "kind", "grade", "detail", "found_at"],
        "整改": ["unit", "due_on", "holder", "until_words", "level", "mended_on", "ending"],
    }
    aside = ["calendar", "provisional", "rule_version"]
    labels = {"organ": "所在街镇", "until_words": "办理至"}
    ordering = [F("until").asc(nulls_last=True), "-found_at"]  # type: ignore[list-item]
    title = "plate"
    place = True
    detail_template = "inspections/hazard.html"

    def loaded(self, rows: "QuerySet[Hazard]") -> "QuerySet[Hazard]":
        return rows.select_related("organ__parent", "plate", "notice__paper", "holder_organ")

    def more_filters(self, user: User) -> dict[str, Any]:  # noqa: ARG002
        return {
            "standing": ChoiceFilter(
                label="办结", choices=STANDING, method=_standing, empty_label="全部"
            )
        }

    def note_of(self, record: Hazard) -> str:
        return f"{record.kind}（{record.grade}）· {record.holder or record.shown.label}"


class NoticeLedger(Ledger[Notice]):
    model = Notice
    slug, noun, icon, section = "hazard-notices", "整改通知", "file-text", "巡检"
    nav_order = 31
    columns = [
        Column("number", "文号", "issued_at"),
        Column("plate", "检查对象", "plate__title", long=True),
        "addressee",
        "issued_at",
        Column("count", "隐患", number=True),
        "delivered_on",
        Column("link_words", "回复链接"),
    ]
    filters = ["organ", "issued_at", "delivery"]
    search = ["plate__title", "addressee", "paper__number"]
    sections = {
        "通知": ["number", "plate", "organ", "addressee", "issued_at", "link_words"],
        "送达": ["delivery", "delivered_on", "received_by"],
    }
    labels = {"organ": "所在街镇", "number": "文号", "link_words": "回复链接", "count": "隐患"}
    title = "number"
    verbs = [actions.record_delivery, actions.withdraw_link, actions.renew_link]
    detail_template = "inspections/notice.html"

    def loaded(self, rows: "QuerySet[Notice]") -> "QuerySet[Notice]":
        related = rows.select_related("organ__parent", "plate", "paper")
        return related.prefetch_related("hazards")


def _standing(rows: Any, _name: str, value: str) -> Any:
    match value:
        case "open":
            return rows.open()
        case "overdue":
            return rows.overdue()
        case _:
            return rows.settled()
