"""Opening a work, with the list of what has to be handed in; changing its entry."""

from typing import Any

from hudun.affairs.works.flow import STAFF
from hudun.affairs.works.models import Material, Work
from hudun.core import clock
from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.error.validation import refused_as
from hudun.core.organ import Organ, OrganKind
from hudun.core.rule import rule

SITES = (OrganKind.DISTRICT, OrganKind.SUBDISTRICT, OrganKind.COMMUNITY)
RELATIONS = ("organ", "office", "shelter")
OF_OTHER_ACTIONS = {
    "id", "office", "state", "lon", "lat", "accepted_on", "quality_body", "quality_report",
    "acceptance_note", "filed_on", "filing_due", "shelter_number", "shelter", "hung_on",
    "file_year", "file_serial", "file_number", "checklist",
}  # fmt: skip
EDITABLE = {field.name for field in Work._meta.concrete_fields} - OF_OTHER_ACTIONS


@action("works.open", label="登记新建工程", roles=STAFF)
def open_work(act: Act, organ: Organ, /, **fields: Any) -> Work:
    if organ.kind not in SITES:
        raise Problem("422.142")
    asked = rule("works", organ.province, clock.today(), organ)
    work = Work(organ=organ, office=organ.seat(), checklist=asked.version)
    assign(work, fields, EDITABLE - {"organ"})
    _check(work)
    work.save(force_insert=True)
    Material.objects.bulk_create(
        Material(organ=organ, work=work, position=position, **item)
        for position, item in enumerate(asked.value["materials"])
    )
    act.note(checklist=asked.version)
    return work


@action("works.edit", label="修改新建工程", roles=STAFF)
def edit_work(act: Act, work: Work, /, **changes: Any) -> Work:
    if "organ" in changes:
        _check_move(act, work, changes["organ"])
    if work.shelter_id is not None:
        raise Problem("409.142", taken=work.shelter_number)
    assign(work, changes, EDITABLE)
    _check(work)
    work.save()
    if "organ" in changes:
        Material.objects.of(work).update(organ=work.organ)
    return work


def _check_move(act: Act, work: Work, organ: Organ) -> None:
    if organ.kind not in SITES or not work.office.contains(organ):
        raise Problem("422.142")
    if act.actor.user is not None and not act.actor.user.sees(organ):
        raise Problem("404.1")


def _check(work: Work) -> None:
    work.locate()
    same = Work.objects.filter(office=work.office, number=work.number).exclude(pk=work.pk)
    if found := same.first():
        raise Problem("409.143", taken=work.number, name=found.name, fields={"number": "已经用过"})
    with refused_as("422.143"):
        work.clean_fields(exclude=RELATIONS)
        work.clean()
