"""The ledgers of 防护单元, 口部 and 设备: each row names its shelter."""

from django.db.models import QuerySet

from hudun.assets.shelters import actions
from hudun.assets.shelters.models import Equipment, Opening, ProtectiveUnit
from hudun.core.ledger.ledger import Column, Ledger

STREET = Column("organ", "街镇社区", "organ__path")
WHERE = ["shelter__name", "shelter__number", "number"]


class UnitLedger(Ledger[ProtectiveUnit]):
    model = ProtectiveUnit
    slug, noun, icon = "shelter-units", "防护单元", "stack-2"
    nav_order = 13
    columns = ["shelter", "number", "war_use", "nuclear", "conventional", "chemical", "built_m2",
               "shelter_m2", "capacity", STREET]  # fmt: skip
    filters = ["organ", "war_use", "nuclear"]
    search = WHERE
    sections = {
        "防护单元": ["shelter", "number", "war_use", "remark"],
        "防护等级": ["nuclear", "conventional", "chemical"],
        "面积与容量": ["built_m2", "shelter_m2", "capacity"],
    }
    title = key = "number"
    within = "shelter"
    bulk = ["war_use", "nuclear", "conventional", "chemical"]
    create, edit = actions.add_unit, actions.edit_part
    verbs = [actions.remove_part]

    def loaded(self, rows: "QuerySet[ProtectiveUnit]") -> "QuerySet[ProtectiveUnit]":
        return rows.filter(removed_at=None).select_related("shelter", "organ__parent")


class OpeningLedger(Ledger[Opening]):
    model = Opening
    slug, noun, icon = "shelter-openings", "口部", "door"
    nav_order = 14
    columns = ["shelter", "number", "kind", "clear_width_m", "clear_height_m", "address", STREET]
    filters = ["organ", "kind"]
    search = [*WHERE, "address"]
    sections = {
        "口部": ["shelter", "number", "kind", "clear_width_m", "clear_height_m", "remark"],
        "位置": ["address", "source_datum", "source_lon", "source_lat"],
    }
    aside = ["lon", "lat"]
    title = key = "number"
    within, place = "shelter", True
    bulk = ["kind", "clear_width_m", "clear_height_m"]
    create, edit = actions.add_opening, actions.edit_part
    verbs = [actions.remove_part]

    def loaded(self, rows: "QuerySet[Opening]") -> "QuerySet[Opening]":
        return rows.filter(removed_at=None).select_related("shelter", "organ__parent")

    def note_of(self, record: Opening) -> str:
        return f"净宽 {self.say(record, 'clear_width_m') or '未知'}"


class EquipmentLedger(Ledger[Equipment]):
    model = Equipment
    slug, noun, icon = "shelter-equipment", "工程设备", "tool"
    nav_order = 15
    columns = ["shelter", "number", "name", "system", "model_name", "quantity", "installed_year",
               "condition", STREET]  # fmt: skip
    filters = ["organ", "system", "condition"]
    search = [*WHERE, "name", "model_name"]
    sections = {
        "设备": ["shelter", "number", "system", "name", "model_name", "quantity",
                 "installed_year", "position", "condition", "remark"],
    }  # fmt: skip
    key = "number"
    within = "shelter"
    bulk = ["system", "condition", "model_name"]
    create, edit = actions.add_equipment, actions.edit_part
    verbs = [actions.remove_part]

    def loaded(self, rows: "QuerySet[Equipment]") -> "QuerySet[Equipment]":
        return rows.filter(removed_at=None).select_related("shelter", "organ__parent")
