"""What reports ask about checks, upkeep, tests and ratings."""

from datetime import date

from hudun.affairs.inspections.models import (
    CampaignTask,
    PerformanceTest,
    Rating,
    UpkeepTask,
    Visit,
)
from hudun.core.clock import today
from hudun.core.fact import Value, fact
from hudun.core.organ import Organ
from hudun.core.plate import Plate

HERE = "/inspections"


@fact("visits.made", label="检查次数", unit="次")
def made(organ: Organ, *, first: date, last: date) -> Value:
    visits = Visit.objects.under(organ).standing().between(first, last)
    return Value.count(visits, f"{HERE}/visits/?made_at_from={first}&made_at_to={last}")


@fact("visits.plates", label="检查覆盖率", unit="%")
def plates_visited(organ: Organ, *, first: date, last: date, kind: str = "shelters") -> Value:
    """Of the plates that hang now: how many were visited between the days."""
    plates = Plate.objects.active().under(organ).kind(kind)
    visits = Visit.objects.standing().between(first, last)
    return Value.ratio_of(plates.filter(pk__in=visits.values("plate")), plates, f"{HERE}/visits/")


@fact("campaigns.visited", label="检查任务完成率", unit="%")
def campaign_progress(organ: Organ, *, first: date, last: date) -> Value:
    """Of what was to be visited in campaigns that closed or close between the days."""
    tasks = CampaignTask.objects.under(organ).filter(
        campaign__state__in=("running", "closed"),
        campaign__closes_on__gte=first,
        campaign__closes_on__lte=last,
    )
    return Value.ratio_of(tasks.visited(), tasks, f"{HERE}/progress/")


@fact("upkeep.done", label="维护计划完成率", unit="%")
def upkeep_done(organ: Organ, *, day: date | None = None) -> Value:
    """Of what should have been done by the day, in the year of the day."""
    until = day or today()
    owed = UpkeepTask.objects.under(organ).owed_by(until).filter(plan__year=until.year)
    return Value.ratio_of(owed.done(), owed, f"{HERE}/upkeep/tasks/?when=late")


@fact("performance.valid", label="性能检测有效率", unit="%")
def tests_valid(organ: Organ, *, day: date | None = None, kind: str = "shelters") -> Value:
    plates = Plate.objects.active().under(organ).kind(kind)
    valid = PerformanceTest.objects.valid_on(day or today())
    tested = plates.filter(pk__in=valid.values("plate"))
    return Value.ratio_of(tested, plates, f"{HERE}/performance/?valid=yes")


@fact("ratings.outcome", label="维护评定", unit="处")
def outcomes(organ: Organ, *, first: date, last: date, outcome: str = "") -> Value:
    """Decided, for periods that lie between the days; of one outcome if named."""
    decided = Rating.objects.under(organ).decided().filter(first__gte=first, last__lte=last)
    chosen = decided.filter(outcome=outcome) if outcome else decided
    return Value.count(chosen, f"{HERE}/ratings/?state=decided&outcome={outcome}")
