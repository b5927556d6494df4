"""Reading the roster: where nobody is on duty."""

from collections.abc import Iterable
from datetime import datetime

from hudun.core.organ import Organ
from hudun.office.models import Shift, ShiftKind

Period = tuple[datetime, datetime]


def uncovered(organ: Organ, begins: datetime, ends: datetime) -> list[Period]:
    """The parts of the period in which the organ has no 值班 planned."""
    shifts = Shift.objects.filter(organ=organ, kind=ShiftKind.DUTY).between(begins, ends)
    return gaps(begins, ends, shifts.values_list("begins", "ends"))


def gaps(begins: datetime, ends: datetime, shifts: Iterable[Period]) -> list[Period]:
    found, covered_to = [], begins
    for start, end in sorted(shifts):
        if start > covered_to:
            found.append((covered_to, min(start, ends)))
        covered_to = max(covered_to, end)
        if covered_to >= ends:
            return found
    return [*found, (covered_to, ends)]
