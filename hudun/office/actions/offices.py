"""Opening the office of a district."""

from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.organ import Organ, OrganKind, Role
from hudun.office.models import Office

SEATS = {OrganKind.PROVINCE, OrganKind.CITY, OrganKind.DISTRICT}
EDITABLE = ("name", "short_name", "paper_prefix", "address", "duty_phone")


@action("offices.open", label="开办机关")
def open_office(
    act: Act,
    organ: Organ,
    *,
    name: str = "",
    short_name: str = "",
    paper_prefix: str = "",
    address: str = "",
    duty_phone: str = "",
) -> Office:
    """Names default to those of the place: 长沙市天心区人民防空办公室, 天心区人防办."""
    if organ.kind not in SEATS:
        raise Problem("422.23", organ=organ)
    existing = Office.objects.filter(organ=organ).first()
    if existing:
        raise Problem("409.23", organ=organ, office=existing)
    place = f"{organ.parent or ''}{organ}"
    return Office.objects.create(
        organ=organ,
        name=name or f"{place}人民防空办公室",
        short_name=short_name or f"{organ}人防办",
        paper_prefix=paper_prefix,
        address=address,
        duty_phone=duty_phone,
        opened_at=act.now,
    )


@action("offices.edit", label="修改机关信息", roles={Role.SYSTEM_ADMIN, Role.DIRECTOR})
def edit_office(_act: Act, office: Office, /, **changes: str) -> Office:
    office.save(update_fields=assign(office, changes, EDITABLE))
    return office
