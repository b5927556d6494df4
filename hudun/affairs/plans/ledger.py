"""The ledgers of plans and of their versions."""

from typing import Any

from django.db.models import QuerySet

from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import OrganKind

from . import actions
from .flow import READERS
from .models import Plan, Version


class PlanLedger(Ledger[Plan]):
    model = Plan
    slug, noun, icon = "plans", "预案", "clipboard-list"
    section = "预案"
    nav_order = 10
    readers = READERS
    site_kinds = (OrganKind.DISTRICT,)
    title = "title"
    columns = [
        "title", "kind", "secrecy", "organ", "approved_on", "due_on",
        Column("clock_words", "五年时钟", "due_on"), "state",
    ]  # fmt: skip
    filters = ["state", "kind", "organ"]
    search = ["title", "basis"]
    sections = {"预案": ["organ", "title", "kind", "secrecy", "basis", "remark"]}
    aside = ["approved_on", "due_on", "clock_words"]
    labels = {"clock_words": "五年时钟"}
    create, edit = actions.open_plan, actions.edit_plan
    detail_template = "plans/plan.html"

    def loaded(self, rows: "QuerySet[Plan]") -> "QuerySet[Plan]":
        return rows.select_related("organ__parent")


class VersionLedger(Ledger[Version]):
    model = Version
    slug, noun, icon = "plan-versions", "方案版本", "versions"
    section = "预案"
    nav_order = 20
    readers = READERS
    title = "label"
    columns = [
        Column("plan", "预案", "plan__title"),
        Column("label", "版本", "number"),
        Column("people_words", "人数", number=True),
        Column("left_words", "无位", number=True),
        Column("note", "修改说明", "note", long=True),
        "drafted_at", "approved_on", "document", "filed_on", "state",
    ]  # fmt: skip
    filters = ["state", "plan", "drafted_at"]
    search = ["note", "document"]
    ordering = ["-drafted_at"]
    aside = [
        "plan", "note", "based_on", "drafted_by", "drafted_at", "reviewers", "approved_on",
        "document", "filed_on", "filed_to",
    ]  # fmt: skip
    verbs = [actions.recompute]
    detail_template = "plans/version.html"

    def offered(self, record: Version) -> Any:
        idle = record.run is None or not record.run.is_open
        return self.verbs if record.state == "draft" and idle and record.based_on is None else ()

    def loaded(self, rows: "QuerySet[Version]") -> "QuerySet[Version]":
        return rows.select_related("organ__parent", "plan", "run", "drafted_by", "based_on__plan")
