"""The register of shelters."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django_filters import ChoiceFilter

from hudun.assets.shelters import actions
from hudun.assets.shelters.models import Shelter
from hudun.assets.shelters.models.shelter import UNKNOWN
from hudun.core.action import Action
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.organ import User

COUNTED = ("built_year", "built_m2", "usable_m2", "shelter_m2", "capacity", "lon", "lat")
"""Empty means that nobody has told yet."""
GAPS = {
    "capacity": ("可掩蔽人数未知", "capacity"),
    "place": ("位置未知", "lon"),
    "year": ("建成年份未知", "built_year"),
    "area": ("建筑面积未知", "built_m2"),
    "maintainer": ("维护单位未知", "maintainer_name"),
}


class ShelterLedger(Ledger[Shelter]):
    model = Shelter
    slug, noun, icon, tab = "shelters", "人防工程", "building", True
    nav_order = 12
    columns = [
        "number",
        "name",
        "state",
        "category",
        "kind",
        Column("street", "街镇", "organ__path"),
        Column("community", "社区"),
        Column("grade", "防护等级"),
        "peace_use",
        "built_m2",
        "capacity",
        "maintainer_name",
    ]
    filters = ["state", "category", "kind", "organ", "war_use", "peace_use", "condition", "public"]
    search = ["name", "number", "address", "owner_name", "user_name", "maintainer_name"]
    sections = {
        "基本情况": [
            "number", "name", "category", "kind", "built_year", "war_use", "peace_use",
            "condition", "file_number", "remark",
        ],
        "防护等级": ["nuclear", "conventional", "chemical"],
        "面积与容量": ["built_m2", "usable_m2", "shelter_m2", "capacity"],
        "位置": ["organ", "address", "source_datum", "source_lon", "source_lat"],
        "权属单位": ["owner_name", "owner_person", "owner_phone", "owner_email"],
        "使用单位": ["user_name", "user_person", "user_phone", "user_email"],
        "维护单位": [
            "maintainer_name", "maintainer_person", "maintainer_phone", "maintainer_email",
        ],
        "公开与保密": ["secrecy"],
    }  # fmt: skip
    aside = ["state", "public", "lon", "lat", "scrap_document"]
    labels = {"organ": "所在街镇社区"}
    key, place = "number", True
    bulk = [
        "peace_use", "war_use", "condition", "secrecy", "owner_name", "user_name",
        "maintainer_name", "maintainer_person", "maintainer_phone", "maintainer_email",
    ]  # fmt: skip
    create, edit = actions.register_shelter, actions.edit_shelter
    verbs = [actions.publish, actions.withdraw_publication]
    detail_template = "shelters/detail.html"

    def loaded(self, rows: "QuerySet[Shelter]") -> "QuerySet[Shelter]":
        return rows.select_related("organ__parent", "office")

    def offered(self, record: Shelter) -> "Sequence[Action[Any, ..., Any]]":
        return [actions.withdraw_publication if record.public else actions.publish]

    def say(self, record: Shelter, name: str) -> str:
        said = super().say(record, name)
        return UNKNOWN if not said and name in COUNTED else said

    def clean(self, values: dict[str, Any]) -> None:
        """As the action will; so that a preview says it before."""
        trial = Shelter(built_year=values.get("built_year"), category=values.get("category", ""))
        if values.get("category"):
            trial.classify()

    def more_filters(self, user: User) -> dict[str, Any]:  # noqa: ARG002
        choices = [(key, label) for key, (label, _field) in GAPS.items()]
        return {
            "unknown": ChoiceFilter(
                label="缺项", method=_without, choices=choices, empty_label="全部"
            )
        }

    def note_of(self, record: Shelter) -> str:
        capacity = self.say(record, "capacity")
        unit = "" if capacity == UNKNOWN else " 人"
        return f"{record.get_kind_display()} · 可掩蔽人数 {capacity}{unit}"


def _without(rows: "QuerySet[Shelter]", _name: str, gap: str) -> "QuerySet[Shelter]":
    field = GAPS[gap][1]
    return rows.filter(**{field: "" if gap == "maintainer" else None})
