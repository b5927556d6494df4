"""What was reported, for those who look into it."""

from django.db.models import QuerySet

from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import Role

from .models import Tipoff


class TipoffLedger(Ledger[Tipoff]):
    model = Tipoff
    slug, noun, icon = "tipoffs", "群众反映", "message-report"
    nav_order = 36
    readers = (Role.CLERK, Role.CHIEF, Role.DIRECTOR, Role.INSPECTOR, Role.AUDITOR)
    columns = [
        "received_at",
        Column("plate", "标识牌"),
        Column("text", "反映的问题", long=True),
        "state",
    ]
    filters = ["state", "organ"]
    search = ["text", "plate__title", "plate__code"]
    title = "plate"
    sections = {"反映": ["plate", "organ", "received_at", "text"]}
    aside = ["state", "answered_at", "answer", "hazard_grade"]
    detail_template = "tipoffs/detail.html"

    def loaded(self, rows: "QuerySet[Tipoff]") -> "QuerySet[Tipoff]":
        return rows.select_related("plate", "organ__parent")
