"""Visits: what was found, by whom, and whether all photos are here."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django_filters import ChoiceFilter

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import PhotoPromise, Visit
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import User

FOUND = [("clear", "全部合格"), ("failed", "有不合格项"), ("vetoed", "一票否决")]
PHOTOS = [("missing", "照片未到齐"), ("complete", "照片齐全")]


class VisitLedger(Ledger[Visit]):
    model = Visit
    slug, noun, icon, section = "visits", "检查记录", "clipboard-check", "巡检"
    nav_order = 20
    columns = [
        Column("plate", "检查对象", "plate__title", long=True),
        Column("organ", "所在街镇", "organ__path"),
        Column("template", "检查表", "template__title"),
        "made_at",
        "inspector",
        Column("score_words", "得分率", "tenths", number=True),
        Column("failures", "不合格项", "failures", number=True),
        Column("photos_words", "照片"),
        Column("standing_words", "效力"),
    ]
    filters = ["organ", "campaign", "made_at"]
    search = ["plate__title", "plate__code", "inspector__full_name", "comment"]
    sections = {
        "检查": [
            "plate", "organ", "campaign", "template", "inspector", "made_at", "comment",
        ],
        "报送": [
            "started", "finished", "received_at", "delivered_by", "device", "lon", "lat",
            "accuracy_m", "void_reason",
        ],
    }  # fmt: skip
    labels = {"organ": "所在街镇"}
    title = "plate"
    verbs = [actions.void_visit]
    detail_template = "inspections/visit.html"

    def loaded(self, rows: "QuerySet[Visit]") -> "QuerySet[Visit]":
        related = ("plate", "organ__parent", "template", "campaign", "inspector", "delivered_by")
        return rows.select_related(*related).prefetch_related("promised")

    def more_filters(self, user: User) -> dict[str, Any]:  # noqa: ARG002
        return {
            "found": ChoiceFilter(label="结果", choices=FOUND, method=_found, empty_label="全部"),
            "photos": ChoiceFilter(
                label="照片", choices=PHOTOS, method=_photos, empty_label="全部",
                widget=forms.Select,
            ),
        }  # fmt: skip


def _found(rows: "QuerySet[Visit]", _name: str, value: str) -> "QuerySet[Visit]":
    match value:
        case "clear":
            return rows.filter(failures=0)
        case "failed":
            return rows.filter(failures__gt=0)
        case _:
            return rows.filter(vetoed=True)


def _photos(rows: "QuerySet[Visit]", _name: str, value: str) -> "QuerySet[Visit]":
    missing = Exists(PhotoPromise.objects.missing().filter(visit=OuterRef("pk")))
    return rows.filter(missing) if value == "missing" else rows.exclude(missing)
