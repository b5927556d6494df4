"""The ledger of siren sites."""

from typing import Any

from django.db.models import QuerySet

from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.ledger.words import Plain
from hudun.core.money import yuan
from hudun.core.organ import User

from . import actions
from .models import Site

OFFICE_ONLY = frozenset({"site_keeper", "site_phone", "upkeep_keeper", "upkeep_phone"})
COST = "cost_fen"


class SiteLedger(Ledger[Site]):
    model = Site
    slug, noun, icon, section = "siren-sites", "警报器选址", "map-pin", "警报"
    nav_order = 60
    columns = [
        "number",
        "name",
        Column("organ", "街镇社区", "organ__path"),
        Column("kind", "类型", "kind"),
        "site_name",
        Column("added_people", "新增人口", "added_people", number=True),
        Column("added_km2", "新增 km²", "added_km2", number=True),
        Column(COST, "估算费用", COST, number=True),
        "due_on",
        "state",
    ]
    filters = ["state", "kind", "stand", "organ"]
    search = ["name", "number", "site_name", "address", "approval_document"]
    sections = {
        "选址": ["number", "name", "stand", "position", "height_m", "grounds", COST],
        "位置": ["organ", "address", "source_datum", "source_lon", "source_lat"],
        "警报器": [
            "kind", "model_name", "power_w", "spl30_db", "radius_m", "control", "central_control",
        ],
        "设点单位": ["site_name", "site_address", "site_keeper", "site_phone"],
        "维护管理": ["upkeep_name", "upkeep_keeper", "upkeep_phone"],
        "测算": ["added_people", "added_km2", "basis"],
    }  # fmt: skip
    aside = [
        "state", "due_on", "approval_document", "installed_on", "installer", "commissioned_on",
        "commissioning", "siren", "lon", "lat",
    ]  # fmt: skip
    labels = {"organ": "所在街镇社区"}
    key, place = "number", True
    bulk = ["kind", "model_name", "control", "central_control", "upkeep_name"]
    create, edit = actions.propose_site, actions.edit_site
    detail_template = "coverage/site.html"

    def loaded(self, rows: "QuerySet[Site]") -> "QuerySet[Site]":
        return rows.select_related("organ__parent", "office", "siren")

    def hidden(self, user: User, record: Site) -> frozenset[str]:
        """Keepers' names and phones are for people of the office."""
        return frozenset() if user.sees(record.office) else OFFICE_ONLY

    def say(self, record: Any, name: str) -> str:
        return record.cost_words if name == COST else super().say(record, name)

    def plain(self, record: Any, name: str, user: User) -> Plain:
        if name == COST:
            return None if record.cost_fen is None else float(yuan(record.cost_fen))
        return super().plain(record, name, user)

    def note_of(self, record: Site) -> str:
        return f"{record.get_kind_display()} · {record.get_stand_display()}"
