"""Campaigns, and what is to be visited in them."""

from typing import Any

from django.db.models import QuerySet
from django_filters import ChoiceFilter

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import Campaign, CampaignTask
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import OrganKind, User

DONE = [("no", "未检查"), ("yes", "已检查")]


class CampaignLedger(Ledger[Campaign]):
    model = Campaign
    slug, noun, icon, section = "campaigns", "检查任务", "clipboard-list", "巡检"
    nav_order = 10
    columns = [
        "name",
        "kind",
        "organ",
        "opens_on",
        "closes_on",
        Column("progress", "已检查", number=True),
        "state",
    ]
    filters = ["state", "kind", "organ"]
    search = ["name", "note"]
    sections = {
        "检查任务": [
            "name", "kind", "organ", "template_slug", "opens_on", "closes_on", "share", "note",
        ]
    }  # fmt: skip
    labels = {"organ": "范围"}
    site_kinds = (OrganKind.DISTRICT, OrganKind.SUBDISTRICT)
    create, edit = actions.make_campaign, actions.edit_campaign
    detail_template = "inspections/campaign.html"

    def loaded(self, rows: "QuerySet[Campaign]") -> "QuerySet[Campaign]":
        return rows.select_related("organ__parent", "template", "drawn_by").with_counts()  # type: ignore[attr-defined, no-any-return]

    def may_edit(self, user: User, record: Campaign) -> bool:
        return record.state == "draft" and super().may_edit(user, record)


class CampaignTaskLedger(Ledger[CampaignTask]):
    model = CampaignTask
    slug, noun, icon, section = "campaign-tasks", "检查进度", "list-details", "巡检"
    nav_order = 11
    columns = [
        Column("number", "序号", "number", number=True),
        Column("plate", "检查对象", "plate__title", long=True),
        Column("organ", "所在街镇", "organ__path"),
        Column("campaign", "检查任务", "campaign__name"),
        Column("team", "检查组", "team__name"),
        Column("done", "已检查", "done"),
    ]
    filters = ["campaign", "organ"]
    search = ["plate__title", "plate__code", "team__name"]
    sections = {"检查对象": ["plate", "organ", "campaign", "team", "number"]}
    labels = {"organ": "所在街镇"}
    title = "plate"
    has_history = False

    def loaded(self, rows: "QuerySet[CampaignTask]") -> "QuerySet[CampaignTask]":
        return rows.select_related("plate", "organ__parent", "campaign", "team").with_progress()  # type: ignore[attr-defined, no-any-return]

    def more_filters(self, user: User) -> dict[str, Any]:  # noqa: ARG002
        return {
            "done": ChoiceFilter(label="已检查", choices=DONE, method=_done, empty_label="全部")
        }


def _done(rows: Any, _name: str, value: str) -> Any:
    return rows.visited() if value == "yes" else rows.not_visited()
