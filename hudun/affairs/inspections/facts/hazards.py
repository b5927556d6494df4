"""What reports ask about hazards. What was void never was one."""

from datetime import date

from hudun.affairs.inspections.models import Hazard, HazardQuerySet
from hudun.core.fact import Value, fact
from hudun.core.organ import Organ

LIST = "/inspections/hazards/"


def _of(organ: Organ, grade: str) -> HazardQuerySet:
    hazards = Hazard.objects.under(organ).not_void()
    return hazards.filter(grade=grade) if grade else hazards


@fact("hazards.open", label="未销号隐患", unit="处")
def open_now(organ: Organ, *, grade: str = "") -> Value:
    return Value.count(_of(organ, grade).open(), f"{LIST}?standing=open")


@fact("hazards.overdue", label="逾期隐患", unit="处")
def overdue(organ: Organ, *, grade: str = "") -> Value:
    """Of all that are open: the denominator."""
    hazards = _of(organ, grade)
    return Value.ratio_of(hazards.overdue(), hazards.open(), f"{LIST}?standing=overdue")


@fact("hazards.found", label="发现隐患", unit="处")
def found(organ: Organ, *, first: date, last: date, grade: str = "") -> Value:
    span = f"?found_on_from={first}&found_on_to={last}"
    return Value.count(_of(organ, grade).found_between(first, last), LIST + span)


@fact("hazards.closed", label="销号率", unit="%")
def closed(organ: Organ, *, first: date, last: date, grade: str = "") -> Value:
    """Of those found between the days: how many are closed by now."""
    hazards = _of(organ, grade).found_between(first, last)
    return Value.ratio_of(hazards.settled(), hazards, LIST)


@fact("hazards.in_time", label="按期整改率", unit="%")
def in_time(organ: Organ, *, first: date, last: date, grade: str = "") -> Value:
    """Of those due between the days: how many were mended by their due date, extensions
    included. What is still open is not in time."""
    hazards = _of(organ, grade).due_between(first, last)
    return Value.ratio_of(hazards.in_time(), hazards, LIST)
