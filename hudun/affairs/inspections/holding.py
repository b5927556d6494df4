"""Who has a hazard now, until when, and before whom it is put if that day passes.

Each function sets the fields and returns their names, for `save(update_fields=…)`.
"""

from datetime import date, timedelta

from hudun.affairs.inspections.limits import LADDER, Limits
from hudun.affairs.inspections.models import Hazard
from hudun.core.organ import Organ, OrganKind
from hudun.office.letterhead import letterhead

FIELDS = ["holder", "holder_organ", "until", "level", "next_on"]
ONE_DAY = timedelta(days=1)
OFFICE_RUNGS = (OrganKind.DISTRICT, OrganKind.CITY)


def with_office(hazard: Hazard, limits: Limits, step: str, day: date) -> list[str]:
    seat = hazard.organ.seat()
    return _held(hazard, letterhead(seat).name, seat, limits.step(step, day))


def with_unit(hazard: Hazard, until: date) -> list[str]:
    return _held(hazard, hazard.unit, hazard.unit_organ, until)


def with_nobody(hazard: Hazard) -> list[str]:
    hazard.holder, hazard.holder_organ, hazard.until = "", None, None
    hazard.level, hazard.next_on = "", None
    return FIELDS


def put_before(hazard: Hazard, organ: Organ, limits: Limits) -> list[str]:
    """The next rung has it. Days are counted from when it ought to have been told, so that a
    machine that stood still gives nobody more time."""
    ought_on = hazard.next_on or hazard.until
    assert ought_on is not None
    hazard.level, hazard.holder, hazard.holder_organ = organ.kind, organ.name, organ
    until = limits.next_rung(organ.kind, ought_on - ONE_DAY)
    hazard.until = until
    hazard.next_on = until + ONE_DAY if rungs_left(hazard) else None
    return FIELDS


def rungs_left(hazard: Hazard) -> list[Organ]:
    """From the lowest that has not been told yet; what the office keeps begins at the office."""
    kinds = LADDER if hazard.state == "noticed" else OFFICE_RUNGS
    told = LADDER.index(OrganKind(hazard.level)) if hazard.level else -1
    above = {organ.kind: organ for organ in Organ.objects.above(hazard.organ)}
    return [above[kind] for kind in kinds if LADDER.index(kind) > told and kind in above]


def _held(hazard: Hazard, holder: str, organ: Organ | None, until: date) -> list[str]:
    hazard.holder, hazard.holder_organ, hazard.until = holder[:100], organ, until
    hazard.level = ""
    hazard.next_on = until + ONE_DAY if rungs_left(hazard) else None
    return FIELDS
