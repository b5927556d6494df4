"""音响覆盖率, of the newest calculation that stands."""

from datetime import date, datetime, time
from typing import Any

from hudun.affairs.coverage.models import Survey
from hudun.core import clock
from hudun.core.fact import Value, fact
from hudun.core.organ import Organ


@fact("coverage.area", label="音响覆盖率（面积）", unit="%")
def area(organ: Organ, *, day: date | None = None) -> Value:
    """Outdoor ground of the built-up area, m². Not known where nothing was reckoned."""
    return _share(organ, day, "covered_m2", "built_up_m2")


@fact("coverage.people", label="音响覆盖率（人口）", unit="%")
def people(organ: Organ, *, day: date | None = None) -> Value:
    return _share(organ, day, "hearing", "people")


def _share(organ: Organ, day: date | None, part: str, whole: str) -> Value:
    """As it was known on that day."""
    found = Survey.objects.done().filter(organ=organ.seat())
    if day is not None:
        end = datetime.combine(day, time.max, clock.beijing(clock.now()).tzinfo)
        found = found.filter(run__finished_at__lte=end)
    newest = found.select_related("run").order_by("-run__finished_at").first()
    figures: dict[str, Any] = newest.run.result["figures"] if newest else {}
    if newest is None or not figures[whole]:
        return Value(None)
    records = Survey.objects.filter(pk=newest.pk)
    return Value(figures[part], figures[whole], records, url=newest.url)
