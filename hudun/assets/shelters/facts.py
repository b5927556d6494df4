"""What reports ask about the register. What is not known is left out and named in `outside`."""

from datetime import date

from django.db.models import Sum

from hudun.core.clock import today
from hudun.core.fact import Value, fact
from hudun.core.organ import Organ

from .models import Condition, Shelter, ShelterQuerySet

LIST = "/shelters/"


def _register(organ: Organ, day: date | None) -> ShelterQuerySet:
    return Shelter.objects.under(organ).standing().registered_by(day or today())


@fact("shelters.count", label="人防工程数量", unit="处")
def count(
    organ: Organ,
    *,
    day: date | None = None,
    kind: str = "",
    peace_use: str = "",
    street: Organ | None = None,
) -> Value:
    shelters = _register(street or organ, day)
    asked = {"kind": kind, "peace_use": peace_use}
    return Value.count(shelters.filter(**{n: v for n, v in asked.items() if v}), LIST)


@fact("shelters.early", label="早期工程数量", unit="处")
def early(organ: Organ, *, day: date | None = None) -> Value:
    return Value.count(_register(organ, day).early(), f"{LIST}?category=early")


@fact("shelters.built_area", label="人防工程建筑面积", unit="m²")
def built_area(organ: Organ, *, day: date | None = None) -> Value:
    return _sum(_register(organ, day), "built_m2")


@fact("shelters.shelter_area", label="人防工程掩蔽面积", unit="m²")
def shelter_area(organ: Organ, *, day: date | None = None) -> Value:
    return _sum(_register(organ, day), "shelter_m2")


@fact("shelters.capacity", label="可掩蔽人数", unit="人")
def capacity(organ: Organ, *, day: date | None = None) -> Value:
    return _sum(_register(organ, day), "capacity")


@fact("shelters.capacity_known", label="可掩蔽人数已知的工程", unit="%")
def capacity_known(organ: Organ, *, day: date | None = None) -> Value:
    shelters = _register(organ, day)
    return Value.ratio_of(shelters.capacity_known(), shelters, LIST)


@fact("shelters.placed", label="位置已知的工程", unit="%")
def placed(organ: Organ, *, day: date | None = None) -> Value:
    shelters = _register(organ, day)
    return Value.ratio_of(shelters.placed(), shelters, LIST)


@fact("shelters.in_order", label="人防工程良好率", unit="%")
def in_order(organ: Organ, *, day: date | None = None) -> Value:
    """Of those whose condition is known."""
    known = _register(organ, day).condition_known()
    return Value.ratio_of(known.filter(condition=Condition.GOOD), known, LIST)


@fact("shelters.public", label="已公开的人防工程", unit="%")
def public(organ: Organ, *, day: date | None = None) -> Value:
    shelters = _register(organ, day)
    return Value.ratio_of(shelters.public(), shelters, f"{LIST}?public=true")


def _sum(shelters: ShelterQuerySet, field: str) -> Value:
    """Over those where it is known; None where it is known of none."""
    known = shelters.exclude(**{field: None})
    total = known.aggregate(total=Sum(field))["total"]
    return Value(total, records=known, outside=shelters.filter(**{field: None}), url=LIST)
