"""The plan of upkeep: the weeks of the year, and what is to be done now."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import UpkeepPlan, UpkeepTask
from hudun.affairs.inspections.models.upkeep import UpkeepTaskQuerySet
from hudun.affairs.inspections.roles import KEEPERS, STAFF
from hudun.affairs.inspections.upkeep import week_of, weeks_of
from hudun.core import clock
from hudun.core.action import together
from hudun.core.web import actor_of, person_of

from .base import seat_of

SHOWN = 400
"""So many tasks on one page; the ledger has the rest."""


@dataclass
class Week:
    monday: date
    open: int = 0
    done: int = 0
    now: bool = False

    @property
    def total(self) -> int:
        return self.open + self.done


@dataclass
class Group:
    """What one keeper has to do at one place."""

    keeper: str
    title: str
    tasks: list[UpkeepTask] = field(default_factory=list)


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), clock.today()
    shown = UpkeepTask.objects.visible_to(person)
    tasks, year = shown.filter(plan__year=today.year), today.year
    open_now = tasks.overdue(today) | tasks.due_in(today)
    context = {
        "year": year,
        "next_year": year + 1,
        "plans": UpkeepPlan.objects.visible_to(person).order_by("-year")[:5],
        "weeks": weeks_for(tasks, year, today),
        "counts": _counts(tasks, today),
        "groups": _groups(open_now),
        "left_out": max(0, open_now.count() - SHOWN),
        "monday": week_of(today),
        "sunday": week_of(today) + timedelta(days=6),
        "may_plan": person.has_any_role(*STAFF),
        "may_do": person.has_any_role(*KEEPERS),
    }
    return render(request, "inspections/upkeep.html", context)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    seat = seat_of(person_of(request), STAFF)
    year = request.POST.get("year", "")
    chosen = int(year) if year.isdecimal() else clock.today().year
    made = actions.make_upkeep_plan(actor_of(request), seat, chosen)
    messages.success(request, f"{made}已编制，共 {made.tasks.count()} 项。")
    return redirect("upkeep")


@require_POST
def complete(request: HttpRequest) -> HttpResponse:
    """All that was ticked, or nothing."""
    chosen = [key for key in request.POST.getlist("tasks") if _is_id(key)]
    person, actor = person_of(request), actor_of(request)
    found = UpkeepTask.objects.visible_to(person).open().filter(pk__in=chosen)
    tasks = list(found.select_related("organ"))
    with together():
        for task in tasks:
            actions.complete_task(actor, task, remark=request.POST.get("remark", ""))
    messages.success(request, f"已登记完成 {len(tasks)} 项。")
    return redirect("upkeep")


def weeks_for(tasks: UpkeepTaskQuerySet, year: int, today: date) -> list[Week]:
    counted = Counter(tasks.standing().values_list("week", "state"))
    return [
        Week(monday, counted[monday, "planned"], counted[monday, "done"], monday == week_of(today))
        for monday in weeks_of(year)
    ]


def _counts(tasks: UpkeepTaskQuerySet, today: date) -> dict[str, int]:
    return {
        "total": tasks.standing().count(),
        "done": tasks.done().count(),
        "due": tasks.due_in(today).count(),
        "late": tasks.overdue(today).count(),
        "coming": tasks.coming(today).count(),
    }


def _groups(tasks: UpkeepTaskQuerySet) -> list[Group]:
    ordered = tasks.select_related("plate").order_by("keeper", "plate__title", "week", "item")
    by_place = groupby(ordered[:SHOWN], key=lambda task: (task.keeper, task.plate.title))
    return [Group(keeper, title, list(found)) for (keeper, title), found in by_place]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
