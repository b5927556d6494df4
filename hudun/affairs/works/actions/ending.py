"""登记, 挂牌, 建档: the work becomes a shelter with a plate and a file number."""

from datetime import date

from django.db.models import Max

from hudun.affairs.works.flow import WorksFlow
from hudun.affairs.works.models import Stage, Work
from hudun.assets.shelters.actions import edit_shelter, register_shelter
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.plate import Plate
from hudun.core.rule import rule

from .acceptance import check_complete, drop_filing

CARRIED = (
    "name", "kind", "war_use", "peace_use", "nuclear", "conventional", "chemical", "built_m2",
    "shelter_m2", "capacity", "address", "source_datum", "source_lon", "source_lat",
    "owner_name", "user_name", "maintainer_name",
)  # fmt: skip
"""What the register of shelters takes over as it is."""


@action("works.register", moves=WorksFlow.register)
def register(act: Act, work: Work, shelter_number: str) -> Work:
    """Enters the shelter in the register, which gives it its plate."""
    fields = {name: getattr(work, name) for name in CARRIED}
    year = work.accepted_on.year if work.accepted_on else None
    shelter = register_shelter(
        act.actor, work.organ, number=shelter_number.strip(), built_year=year, **fields
    )
    work.shelter, work.shelter_number = shelter, shelter.number
    work.save(update_fields=["shelter", "shelter_number"])
    act.note(plate=Plate.objects.of(shelter).active().get().code)
    return work


@action("works.hang", moves=WorksFlow.hang)
def hang(_act: Act, work: Work, hung_on: date) -> Work:
    """The plates are up."""
    if hung_on > clock.today():
        raise Problem("422.144", fields={"hung_on": "还没有到这一天"})
    work.hung_on = hung_on
    work.save(update_fields=["hung_on"])
    return work


@action("works.archive", moves=WorksFlow.archive)
def archive(act: Act, work: Work) -> Work:
    """Only when nothing is missing; the file number goes to the shelter too."""
    check_complete(work, *Stage)
    _number(work)
    edit_shelter(act.actor, work.shelter, file_number=work.file_number)
    act.emit("works.archived", {"work": work.pk, "shelter": work.shelter_id})
    return work


@action("works.void", moves=WorksFlow.void, needs_reason=True)
def void(act: Act, work: Work) -> Work:
    drop_filing(act, work)
    return work


def _number(work: Work) -> None:
    """Numbers run from 1 in each office and year; the office's row is held meanwhile."""
    office = Organ.objects.select_for_update().get(pk=work.office_id)
    year = clock.today().year
    last = Work.objects.numbered_in(office, year).aggregate(last=Max("file_serial"))["last"]
    pattern: str = rule("works", office.province, clock.today(), office).value["file_number"]
    work.file_year, work.file_serial = year, (last or 0) + 1
    work.file_number = pattern.format(code=office.code, year=year, serial=work.file_serial)
    work.save(update_fields=["file_year", "file_serial", "file_number"])
