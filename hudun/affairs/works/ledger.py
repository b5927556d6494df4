"""The ledger of new works."""

from django.db.models import QuerySet

from hudun.core.ledger.ledger import Column, Ledger

from . import actions
from .models import Work


class WorkLedger(Ledger[Work]):
    model = Work
    slug, noun, icon = "works", "新建工程", "clipboard-list"
    nav_order = 31
    columns = [
        "number",
        "name",
        "developer",
        Column("organ", "街镇社区", "organ__path"),
        "built_m2",
        "accepted_on",
        "filing_due",
        "shelter_number",
        "file_number",
        "state",
    ]
    filters = ["state", "kind", "organ"]
    search = ["name", "number", "developer", "address", "shelter_number", "file_number"]
    sections = {
        "基本情况": ["number", "name", "kind", "war_use", "peace_use"],
        "防护等级": ["nuclear", "conventional", "chemical"],
        "面积": ["required_m2", "built_m2", "shelter_m2", "capacity", "fee_document"],
        "位置": ["organ", "address", "source_datum", "source_lon", "source_lat"],
        "参建单位": ["developer", "developer_phone", "designer", "builder", "supervisor"],
        "移交单位": ["owner_name", "user_name", "maintainer_name"],
    }
    aside = [
        "state", "accepted_on", "quality_body", "quality_report", "acceptance_note", "filing_due",
        "filed_on", "shelter", "hung_on", "file_number", "checklist",
    ]  # fmt: skip
    labels = {"organ": "所在街镇社区"}
    key, place = "number", True
    bulk = ["developer", "designer", "builder", "supervisor", "maintainer_name"]
    create, edit = actions.open_work, actions.edit_work
    detail_template = "works/detail.html"

    def loaded(self, rows: "QuerySet[Work]") -> "QuerySet[Work]":
        return rows.select_related("organ__parent", "office", "shelter")

    def note_of(self, record: Work) -> str:
        return f"{record.get_kind_display()} · {record.developer or '建设单位未填'}"
