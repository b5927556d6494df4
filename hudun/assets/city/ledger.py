"""The ledger of layers. A layer is made by uploading a file, see `views.py`."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from hudun.core.action import Action
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import Role

from . import actions
from .flow import STAFF
from .models import Layer

READERS = (*STAFF, Role.DIRECTOR, Role.DUTY_OFFICER, Role.INSPECTOR, Role.AUDITOR)


class LayerLedger(Ledger[Layer]):
    model = Layer
    slug, noun, icon = "city", "城市图层", "map"
    nav_order = 40
    readers = READERS
    columns = [
        "name",
        "kind",
        Column("count_said", "数量", "rows"),
        "source",
        "surveyed_on",
        "organ",
        "simulated",
        "state",
    ]
    filters = ["state", "kind", "simulated"]
    search = ["name", "source", "file_name", "digest"]
    sections = {
        "图层": ["kind", "name", "source", "licence", "surveyed_on", "datum", "simulated", "organ"],
        "文件": ["file_name", "size", "digest", "uploaded_at", "uploaded_by", "kept_at"],
    }
    verbs = [actions.check_again]
    list_template = "city/list.html"
    detail_template = "city/detail.html"

    def loaded(self, rows: "QuerySet[Layer]") -> "QuerySet[Layer]":
        return rows.select_related("organ__parent", "uploaded_by", "reading")

    def offered(self, record: Layer) -> "Sequence[Action[Any, ..., Any]]":
        return self.verbs if record.state == "checking" and record.stuck else ()
