"""防护单元, 口部 and 设备: added, changed, taken out. Where the shelter is out of one's sight, so
are they."""

from typing import Any, TypeVar

from hudun.assets.shelters.flow import STAFF
from hudun.assets.shelters.models import Equipment, Opening, Part, ProtectiveUnit, Shelter
from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.error.validation import refused_as
from hudun.core.organ import Organ

P = TypeVar("P", bound=Part)
RELATIONS = ("organ", "shelter")
OF_OTHER_ACTIONS = {"id", "organ", "shelter", "removed_at", "lon", "lat"}


@action("shelters.add_unit", label="登记防护单元", roles=STAFF)
def add_unit(_act: Act, organ: Organ, /, *, shelter: Shelter, **fields: Any) -> ProtectiveUnit:
    return _add(ProtectiveUnit, organ, shelter, fields)


@action("shelters.add_opening", label="登记口部", roles=STAFF)
def add_opening(_act: Act, organ: Organ, /, *, shelter: Shelter, **fields: Any) -> Opening:
    return _add(Opening, organ, shelter, fields)


@action("shelters.add_equipment", label="登记设备", roles=STAFF)
def add_equipment(_act: Act, organ: Organ, /, *, shelter: Shelter, **fields: Any) -> Equipment:
    return _add(Equipment, organ, shelter, fields)


@action("shelters.edit_part", label="修改组成部分", roles=STAFF)
def edit_part(_act: Act, part: Part, /, **changes: Any) -> Part:
    if part.removed_at is not None:
        raise Problem("409.37", name=str(part))
    if changes.get("shelter", part.shelter) != part.shelter:
        raise Problem("422.35", reason="不能换到别的工程，请在那里新登记。")
    changes.pop("shelter", None)
    _store(_assigned(part, changes))
    return part


@action("shelters.remove_part", label="拆除或作废", roles=STAFF, needs_reason=True)
def remove_part(act: Act, part: Part) -> Part:
    """Its number may be given again."""
    if part.removed_at is not None:
        raise Problem("409.37", name=str(part))
    part.removed_at = act.now
    part.save(update_fields=["removed_at"])
    return part


def _add(kind: type[P], organ: Organ, shelter: Shelter, fields: dict[str, Any]) -> P:
    """`organ` is the shelter's: by it the right to write was checked."""
    if shelter.organ_id != organ.pk:
        raise Problem("404.1")
    return _store(_assigned(kind(organ=organ, shelter=shelter), fields))


def _assigned(part: P, fields: dict[str, Any]) -> P:
    assign(part, fields, {field.name for field in part._meta.concrete_fields} - OF_OTHER_ACTIONS)
    return part


def _store(part: P) -> P:
    part.locate()
    same = type(part)._default_manager.filter(
        shelter=part.shelter, number=part.number, removed_at=None
    )
    if found := same.exclude(pk=part.pk).first():
        fields = {"number": "已经用过"}
        raise Problem("409.34", taken=part.number, name=str(found), fields=fields)
    with refused_as("422.35"):
        part.clean_fields(exclude=RELATIONS)
        part.clean()
    part.save(force_insert=part._state.adding)
    return part
