"""What reports ask about plans."""

from datetime import date

from django.db.models import Sum

from hudun.core import clock
from hudun.core.fact import Value, fact
from hudun.core.organ import Organ

from .models import CommunityRow, Drill, Plan, Version

LIST = "/plans/"


@fact("plans.in_force", label="生效的预案", unit="份")
def in_force(organ: Organ) -> Value:
    return Value.count(Plan.objects.under(organ).filter(state="in_force"), f"{LIST}?state=in_force")


@fact("plans.overdue", label="满五年未修订的预案", unit="份")
def overdue(organ: Organ, *, day: date | None = None) -> Value:
    plans = Plan.objects.under(organ).filter(state="in_force", due_on__lt=day or clock.today())
    return Value.count(plans, LIST)


@fact("plans.sheltered", label="掩蔽方案有位的人", unit="%")
def sheltered(organ: Organ) -> Value:
    """Of the people in the versions that stand."""
    versions = Version.objects.under(organ).standing()
    rows = CommunityRow.objects.filter(version__in=versions)
    total = rows.aggregate(people=Sum("people"), covered=Sum("covered"))
    url = "/plans/versions/"
    return Value(total["covered"] or 0, total["people"] or 0, records=versions, url=url)


@fact("plans.drills", label="掩蔽演练", unit="次")
def drills(organ: Organ, *, first: date, last: date) -> Value:
    found = Drill.objects.under(organ).between(first, last)
    return Value.count(found)
