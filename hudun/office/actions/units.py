"""Units in the district: property companies, sited units and others."""

from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import Organ, OrganKind, Role
from hudun.office.credit_code import is_credit_code
from hudun.office.models import Nature, Unit

KEEPERS = {Role.CHIEF, Role.CLERK, Role.SYSTEM_ADMIN}


@action("units.found", label="登记单位", roles=KEEPERS)
def found_unit(
    act: Act,
    organ: Organ,
    *,
    name: str,
    nature: Nature,
    credit_code: str = "",
    address: str = "",
    contact: str = "",
    phone: str = "",
) -> Organ:
    """A unit below the street or community in which it lies."""
    code = _free_code(credit_code)
    unit = Organ(kind=OrganKind.UNIT, name=name, address=address, contact=contact, phone=phone)
    unit.place_below(organ)
    unit.save(force_insert=True)
    act.changed(Unit.objects.create(organ=unit, nature=nature, credit_code=code))
    return unit


@action("units.edit", label="修改单位", roles=KEEPERS)
def edit_unit(
    act: Act,
    unit: Organ,
    *,
    name: str,
    nature: Nature,
    credit_code: str = "",
    address: str = "",
    contact: str = "",
    phone: str = "",
) -> Organ:
    unit.name, unit.address, unit.contact, unit.phone = name, address, contact, phone
    unit.save(update_fields=["name", "address", "contact", "phone"])
    profile = Unit.objects.get(organ=unit)
    profile.nature, profile.credit_code = nature, _free_code(credit_code, unit)
    profile.save(update_fields=["nature", "credit_code"])
    act.changed(profile)
    return unit


def _free_code(code: str, owner: Organ | None = None) -> str | None:
    code = code.strip().upper()
    if not code:
        return None
    if not is_credit_code(code):
        raise Problem("422.22", code=code, fields={"credit_code": "代码不正确"})
    taken = Unit.objects.filter(credit_code=code).exclude(organ=owner).first()
    if taken:
        raise Problem("409.26", code=code, organ=taken, fields={"credit_code": "已被登记"})
    return code
