"""What reports ask about soundings: of the newest one of each office, or of a plan."""

from collections.abc import Callable
from datetime import date, datetime, time
from uuid import UUID

from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.core.fact import Value, fact
from hudun.core.organ import Organ

from .models import Plan
from .rates import Ratio, Tally
from .result import result_of, results_under


@fact("soundings.sounded", label="鸣响率", unit="%")
def sounded(organ: Organ, *, plan: Plan | None = None, day: date | None = None) -> Value:
    return _value(organ, plan, day, lambda tally: tally.sounding_rate, "sounded")


@fact("soundings.accurate", label="准确率", unit="%")
def accurate(organ: Organ, *, plan: Plan | None = None, day: date | None = None) -> Value:
    return _value(organ, plan, day, lambda tally: tally.accuracy_rate, "accurate")


@fact("soundings.controlled", label="统控率", unit="%")
def controlled(organ: Organ, *, plan: Plan | None = None, day: date | None = None) -> Value:
    return _value(organ, plan, day, lambda tally: tally.control_rate, "controlled")


def _value(
    organ: Organ, plan: Plan | None, day: date | None, rate: Callable[[Tally], Ratio], name: str
) -> Value:
    """Not known, rather than zero, where nothing has sounded."""
    until = datetime.combine(day, time.max, clock.BEIJING) if day else None
    results = [result_of(plan)] if plan else results_under(organ, until)
    inside: list[UUID] = []
    outside: list[UUID] = []
    for result in results:
        ratio = rate(result.whole)
        for row in result.rows:
            if organ.contains(row.siren.organ):
                (inside if row.number in ratio.part else outside).append(row.siren.pk)
    if not inside and not outside:
        return Value(None)
    return Value(
        len(inside), len(inside) + len(outside), Siren.objects.filter(pk__in=inside),
        Siren.objects.filter(pk__in=outside),
        results[0].url(name) if len(results) == 1 else "",
    )  # fmt: skip
