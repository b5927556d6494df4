"""结建核算: a computation that is its own address. Nothing is stored, anybody with the link sees
the same sum."""

from datetime import date
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hudun.affairs.works.forms import MOST_BUILDINGS, BuildingForm, Buildings, ProjectForm
from hudun.affairs.works.levy import Assessment, terms_of
from hudun.affairs.works.levy import assess as assessed
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.rule import Rule, all_rules, rule
from hudun.core.web import person_of

NATION = "00"
SAID = {"too_few_forms": "请至少填写一栋楼。"}
FIRST = [{"name": "1号楼", "floors": 1, "depth": 0}]


@require_safe
def levy(request: HttpRequest) -> HttpResponse:
    office = person_of(request).organs().first()
    places = {r.province or NATION: r.value["place"] for r in all_rules("levy")}
    place = request.GET.get("place") or (office.province if office else NATION)
    place = place if place in places else NATION
    standing = _rule(place, _day(request), office)
    project, buildings = _forms(request, standing)
    result = _result(project, buildings, standing)
    context = {
        "places": places,
        "place": place,
        "rule": standing,
        "unchecked": terms_of(standing).unchecked,
        "project": project,
        "buildings": buildings,
        "more": min(len(buildings.forms) + 1, MOST_BUILDINGS),
        "result": result,
    }
    failed = project.is_bound and result is None and "rows" not in request.GET
    return render(request, "works/levy.html", context, status=422 if failed else 200)


def _rule(place: str, day: date, office: Organ | None) -> Rule:
    """An office's own value holds in its own province only."""
    own = office if office and office.province == place else None
    return rule("levy", place, day, own)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()


def _forms(request: HttpRequest, standing: Rule) -> tuple[ProjectForm, BaseFormSet[BuildingForm]]:
    terms = terms_of(standing)
    if "day" not in request.GET:
        return (
            ProjectForm(terms, initial={"day": clock.today()}),
            Buildings(prefix="b", initial=FIRST, error_messages=SAID),
        )
    return ProjectForm(terms, request.GET), Buildings(
        _with_rows(request.GET), prefix="b", error_messages=SAID
    )


def _with_rows(given: QueryDict) -> QueryDict:
    """The button for one more building asks for so many rows."""
    data = given.copy()
    if given.get("rows", "").isdecimal():
        data["b-TOTAL_FORMS"] = given.get("rows", "")
    return data


def _result(
    project: ProjectForm, buildings: BaseFormSet[BuildingForm], standing: Rule
) -> Assessment | None:
    if not (project.is_bound and project.is_valid() and buildings.is_valid()):
        return None
    named = tuple(form.building() for form in buildings.forms if form.has_changed())
    try:
        return assessed(project.project(named), terms_of(standing))
    except Problem as problem:
        _refuse(project, problem)
        return None


def _refuse(project: ProjectForm, problem: Problem) -> None:
    fields: dict[str, Any] = dict(problem.fields) or {"city_class": problem.what}
    for name, text in fields.items():
        project.add_error(name, f"{text}（{problem.number}）")
