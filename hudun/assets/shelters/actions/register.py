"""Registering a shelter and changing its entry."""

from typing import Any

from hudun.assets.shelters.flow import STAFF
from hudun.assets.shelters.models import Secrecy, Shelter
from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.error.validation import refused_as
from hudun.core.organ import Organ, OrganKind
from hudun.core.plate import follow, give_plate

from .units import NAMES, NODES, recognise

RELATIONS = ("organ", "office", *NODES)
"""Held already as records; to ask the database for each again would slow an import by half."""
OF_OTHER_ACTIONS = {"id", "office", "state", "public", "scrap_document", "lon", "lat", *NODES}
EDITABLE = {field.name for field in Shelter._meta.concrete_fields} - OF_OTHER_ACTIONS
SITES = (OrganKind.DISTRICT, OrganKind.SUBDISTRICT, OrganKind.COMMUNITY)


@action("shelters.register", label="登记人防工程", roles=STAFF)
def register_shelter(act: Act, organ: Organ, /, **fields: Any) -> Shelter:
    """In the 街道 or 社区 it stands in. It gets its plate at once."""
    if organ.kind not in SITES:
        raise Problem("422.34")
    shelter = Shelter(organ=organ, office=organ.seat())
    assign(shelter, fields, EDITABLE - {"organ"})
    _check(shelter)
    recognise(shelter)
    shelter.save(force_insert=True)
    give_plate(act, shelter)
    return shelter


@action("shelters.edit", label="修改人防工程", roles=STAFF)
def edit_shelter(act: Act, shelter: Shelter, /, **changes: Any) -> Shelter:
    """What stands in it, and its plate, go with it into another 街道."""
    if "organ" in changes:
        _check_move(act, shelter, changes["organ"])
    assign(shelter, changes, EDITABLE)
    _check(shelter)
    if set(changes) & set(NAMES):
        recognise(shelter)
    shelter.save()
    if "organ" in changes:
        for part in (shelter.units, shelter.openings, shelter.equipment):
            part.update(organ=shelter.organ)
    follow(act, shelter)
    return shelter


def _check_move(act: Act, shelter: Shelter, organ: Organ) -> None:
    if organ.kind not in SITES or not shelter.office.contains(organ):
        raise Problem("422.34")
    user = act.actor.user
    if user is not None and not user.sees(organ):
        raise Problem("404.1")


def _check(shelter: Shelter) -> None:
    _check_secrecy(shelter)
    shelter.locate()
    _check_number(shelter)
    with refused_as("422.35"):
        shelter.clean_fields(exclude=RELATIONS)
        shelter.clean()


def _check_secrecy(shelter: Shelter) -> None:
    if shelter.secrecy not in Secrecy.values:
        secrecy = str(shelter.secrecy)
        raise Problem("422.36", secrecy=secrecy, fields={"secrecy": "国家秘密不得存入本系统"})
    if shelter.public and shelter.secrecy != Secrecy.NONE:
        label = Secrecy(shelter.secrecy).label
        raise Problem("409.36", name=shelter.name, secrecy=label, fields={"secrecy": "已经公开"})


def _check_number(shelter: Shelter) -> None:
    same = Shelter.objects.filter(office=shelter.office, number=shelter.number).order_by()
    taken = same.exclude(pk=shelter.pk).values_list("name", flat=True)
    for name in taken[:1]:
        raise Problem("409.34", taken=shelter.number, name=name, fields={"number": "已经用过"})
