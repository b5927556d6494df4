"""Units in the district: property companies, sited units and others."""

from typing import Any

from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.organ import Organ, OrganKind, Post, Role
from hudun.office.credit_code import is_credit_code
from hudun.office.models import Nature, Unit

KEEPERS = {Role.CHIEF, Role.CLERK, Role.SYSTEM_ADMIN}
EDITABLE = ("organ", "name", "nature", "credit_code", "address", "contact", "phone")


@action("units.found", label="登记单位", roles=KEEPERS)
def found_unit(
    act: Act,
    organ: Organ,
    *,
    name: str,
    nature: Nature,
    credit_code: str | None = None,
    address: str = "",
    contact: str = "",
    phone: str = "",
) -> Unit:
    """In the street or community in which it lies."""
    _check_name(name, organ)
    code = _free_code(credit_code)
    node = Organ.objects.plant(OrganKind.UNIT, name, parent=organ)
    act.changed(node)
    return Unit.objects.create(
        organ=organ,
        node=node,
        name=name,
        nature=nature,
        credit_code=code,
        address=address,
        contact=contact,
        phone=phone,
    )


@action("units.edit", label="修改单位", roles=KEEPERS)
def edit_unit(act: Act, unit: Unit, /, **changes: Any) -> Unit:
    """A new `organ` must be one that the person sees too."""
    if "credit_code" in changes:
        changes["credit_code"] = _free_code(changes["credit_code"], unit)
    changed = assign(unit, changes, EDITABLE)
    _check_name(unit.name, unit.organ, unit)
    unit.save(update_fields=changed)
    if {"name", "organ"} & set(changes):
        _follow(act, unit)
    return unit


@action("units.close", label="撤销单位", roles=KEEPERS, needs_reason=True)
def close_unit(act: Act, unit: Unit) -> Unit:
    people = Post.objects.under(unit.node).not_ended().count()
    if people:
        raise Problem("409.24", organ=unit, count=people)
    unit.closed_at = unit.node.closed_at = act.now
    unit.save(update_fields=["closed_at"])
    unit.node.save(update_fields=["closed_at"])
    act.changed(unit.node)
    return unit


def _follow(act: Act, unit: Unit) -> None:
    """The unit's own organ takes its name and its place."""
    user = act.actor.user
    if user is not None and not user.sees(unit.organ):
        raise Problem("404.1")
    node = unit.node
    node.name = unit.name
    node.place_below(unit.organ)
    node.save(update_fields=["name", "parent", "path", "depth"])
    act.changed(node)


def _check_name(name: str, organ: Organ, owner: Unit | None = None) -> None:
    """Within one office a name names one unit."""
    same = Unit.objects.active().under(organ.seat()).filter(name=name).first()
    if same and same != owner:
        raise Problem("409.28", name=name, organ=same.organ, fields={"name": "已有同名单位"})


def _free_code(given: str | None, owner: Unit | None = None) -> str | None:
    code = (given or "").strip().upper()
    if not code:
        return None
    if not is_credit_code(code):
        raise Problem("422.22", code=code, fields={"credit_code": "代码不正确"})
    taken = Unit.objects.filter(credit_code=code).first()
    if taken and taken != owner:
        raise Problem("409.26", code=code, organ=taken, fields={"credit_code": "已被登记"})
    return code
