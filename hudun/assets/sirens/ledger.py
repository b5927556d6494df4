"""The ledgers of sirens and of their groups."""

from typing import Any

from django.db.models import Count, QuerySet
from django_filters import ChoiceFilter

from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import OrganKind, User

from . import actions
from .models import ON_REGISTER, Siren, SirenGroup, SirenQuerySet

ON, OFF = "on", "off"
OFFICE_ONLY = frozenset({"site_keeper", "site_phone", "upkeep_keeper", "upkeep_phone"})


class SirenLedger(Ledger[Siren]):
    model = Siren
    slug, noun, icon, tab = "sirens", "警报器", "speakerphone", True
    nav_order = 10
    columns = [
        "number",
        "name",
        "kind",
        "model_name",
        Column("street", "街镇", "organ__path"),
        Column("community", "社区"),
        "site_name",
        "control",
        "central_control",
        "state",
    ]
    filters = ["state", "kind", "organ", "groups", "control", "central_control"]
    search = ["name", "number", "site_name", "upkeep_name", "model_name", "address"]
    sections = {
        "基本情况": [
            "number", "name", "kind", "model_name", "power_w", "spl30_db", "radius_m",
            "installed_on", "condition",
        ],
        "位置": [
            "organ", "address", "position", "height_m", "source_datum", "source_lon", "source_lat",
        ],
        "控制": ["control", "central_control", "groups"],
        "设点单位": ["site_name", "site_address", "site_keeper", "site_phone"],
        "维护管理": ["upkeep_name", "upkeep_keeper", "upkeep_phone"],
    }  # fmt: skip
    aside = [
        "state", "district", "street", "community", "lon", "lat", "terminal_key",
        "removal_document",
    ]  # fmt: skip
    labels = {"organ": "所在街镇", "district": "区县", "street": "街镇", "community": "社区"}
    key, place = "number", True
    bulk = [
        "kind", "model_name", "control", "central_control", "groups",
        "upkeep_name", "upkeep_keeper", "upkeep_phone",
    ]  # fmt: skip
    create, edit = actions.register_siren, actions.edit_siren
    verbs = [actions.bind_terminal_key]

    def loaded(self, rows: "QuerySet[Siren]") -> "QuerySet[Siren]":
        return rows.select_related("organ__parent", "office").prefetch_related("groups")

    def hidden(self, user: User, record: Siren) -> frozenset[str]:
        """Keepers' names and phones are for people of the office."""
        return frozenset() if user.sees(record.office) else OFFICE_ONLY

    def more_filters(self, user: User) -> dict[str, Any]:  # noqa: ARG002
        choices = [(ON, "在册"), (OFF, "不在册")]
        return {
            "register": ChoiceFilter(
                label="在册", method=_registered, choices=choices, empty_label="全部"
            )
        }

    def note_of(self, record: Siren) -> str:
        return f"{record.get_kind_display()} · {record.site_name or record.street}"


def _registered(rows: SirenQuerySet, _name: str, choice: str) -> SirenQuerySet:
    return rows.standing() if choice == ON else rows.exclude(state__in=ON_REGISTER)


class SirenGroupLedger(Ledger[SirenGroup]):
    model = SirenGroup
    slug, noun, icon = "siren-groups", "警报器分组", "stack-2"
    nav_order = 11
    columns = ["number", "name", "organ", Column("size", "台数", number=True)]
    search = ["name", "number"]
    sections = {"分组": ["organ", "number", "name"]}
    site_kinds = (OrganKind.DISTRICT,)
    key = "number"
    create, edit = actions.make_group, actions.edit_group

    def loaded(self, rows: "QuerySet[SirenGroup]") -> "QuerySet[SirenGroup]":
        return rows.select_related("organ__parent").annotate(size=Count("sirens"))
