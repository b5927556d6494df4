"""What reports ask about the register."""

from datetime import date

from hudun.core.clock import today
from hudun.core.fact import Value, fact
from hudun.core.organ import Organ

from .models import Siren, SirenQuerySet

REGISTER = "/sirens/?register=on"
"""The page that lists what the denominators count."""


def _register(organ: Organ, day: date | None) -> SirenQuerySet:
    return Siren.objects.under(organ).standing().registered_by(day or today())


@fact("sirens.count", label="警报器数量", unit="台")
def count(
    organ: Organ, *, day: date | None = None, kind: str = "", street: Organ | None = None
) -> Value:
    """Of one type or of one 街道 if named."""
    sirens = _register(street or organ, day)
    url = f"{REGISTER}&kind={kind}" if kind else REGISTER
    return Value.count(sirens.filter(kind=kind) if kind else sirens, url)


@fact("sirens.working", label="完好率", unit="%")
def working(organ: Organ, *, day: date | None = None) -> Value:
    sirens = _register(organ, day)
    return Value.ratio_of(sirens.working(), sirens, "/sirens/?state=in_service")


@fact("sirens.central", label="纳入统控率", unit="%")
def central(organ: Organ, *, day: date | None = None) -> Value:
    sirens = _register(organ, day)
    return Value.ratio_of(sirens.central(), sirens, f"{REGISTER}&central_control=true")
