"""选址测算: what was searched, asking for a search, and its answer."""

import os
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hudun.affairs.coverage.actions import propose_site
from hudun.affairs.coverage.forms import SearchForm, initial_of
from hudun.affairs.coverage.models import Site
from hudun.affairs.coverage.runs.sites import KIND, standing
from hudun.affairs.coverage.siting.answer import more_words
from hudun.affairs.coverage.siting.brief import Brief
from hudun.affairs.coverage.siting.search import estimate
from hudun.assets.city.ground import Ground, ground
from hudun.core.error import Problem
from hudun.core.ledger.ledger import forbid
from hudun.core.organ import Organ, User
from hudun.core.planner import Run, ask_run
from hudun.core.web import actor_of, person_of

from .adopting import adopt, choices_to_adopt

__all__ = ["adopt_choice", "new_search", "search", "searches"]

PAGE = 30
METRES_PER_DEGREE = 111_000.0


@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    runs = Run.objects.visible_to(person_of(request)).of_kind(KIND).select_related("asked_by")
    page = Paginator(runs, PAGE).get_page(request.GET.get("page"))
    rows = [(run, Brief.of(run.ask).whole) for run in page]
    may = may_ask(person_of(request))
    return render(request, "coverage/searches.html", {"page": page, "rows": rows, "may": may})


@require_http_methods(["GET", "HEAD", "POST"])
def new_search(request: HttpRequest) -> HttpResponse:
    """The cost is stated first; only then can it be started."""
    person = person_of(request)
    if not may_ask(person):
        raise forbid(propose_site)
    if request.method != "POST":
        return _form(request, SearchForm(person, initial=_earlier(request)))
    form = SearchForm(person, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=422)
    organ: Organ = form.cleaned_data["organ"]
    if request.POST.get("step") != "start":
        return _form(request, _kept(form, request), cost=_cost(organ, form.ask()))
    back = reverse("siting-searches")
    run = ask_run(actor_of(request), organ, kind=KIND, ask=form.ask(), back=back)
    return redirect("siting-search", pk=run.pk)


@require_safe
def search(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = _seen(request, pk)
    asked = Brief.of(run.ask)
    context: dict[str, Any] = {"run": run, "asked": asked, "may": may_ask(person_of(request))}
    if run.state == "done":
        context |= _answer(request, run)
    return render(request, "coverage/search.html", context)


@require_POST
def adopt_choice(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = _seen(request, pk)
    if not person_of(request).has_role(propose_site.roles, run.organ):
        raise forbid(propose_site)
    sites = adopt(actor_of(request), run, request.POST)
    messages.success(request, f"已采用为选址：{'、'.join(site.number for site in sites)}。")
    return redirect("siren-sites-list")


def may_ask(person: User) -> bool:
    return person.has_any_role(*propose_site.roles)


def _seen(request: HttpRequest, pk: UUID) -> Run:
    runs = Run.objects.visible_to(person_of(request)).of_kind(KIND)
    run = runs.filter(pk=pk).select_related("organ", "asked_by").first()
    if run is None:
        raise Problem("404.1")
    return run


def _earlier(request: HttpRequest) -> dict[str, Any]:
    """What an earlier search asked, to be asked again with a change."""
    given = request.GET.get("from", "")
    runs = Run.objects.visible_to(person_of(request)).of_kind(KIND)
    try:
        run = runs.filter(pk=UUID(given)).first() if given else None
    except ValueError:
        run = None
    return {**initial_of(run.ask), "organ": run.organ_id} if run else {}


def _kept(form: SearchForm, request: HttpRequest) -> SearchForm:
    """The same form, with the files it has read."""
    data = request.POST.copy()
    data["kept"] = form.keep()
    again = SearchForm(person_of(request), data)
    again.is_valid()
    return again


def _cost(organ: Organ, ask: dict[str, Any]) -> dict[str, Any]:
    there, brief = ground(organ), Brief.of(ask)
    rows, said = standing(organ, agreed=ask["agreed"])
    area = _area(there, brief, len(rows))
    sites = _sites(there, brief, area)
    _seconds, words = estimate(sites, len(rows), area, brief, os.cpu_count() or 1)
    return {"words": words, "what": brief.whole, "lines": [*there.lines(), *said]}


def _area(there: Ground, brief: Brief, standing_: int) -> float:
    """m², by the box of the layers."""
    layer = there.built_up or there.buildings
    if layer is None or layer.box is None:
        return float(brief.reach**2 * 3.2 * max(standing_, 1))
    west, south, east, north = layer.box
    return (east - west) * 0.87 * (north - south) * METRES_PER_DEGREE**2


def _sites(there: Ground, brief: Brief, area: float) -> int:
    if brief.source == "list":
        return len(brief.rows)
    if brief.source == "grid":
        return min(int(area / brief.apart_m**2) + 1, brief.most)
    rows = there.buildings.rows if there.buildings else None
    return min(rows or brief.most, brief.most)


def _form(
    request: HttpRequest, form: SearchForm, status: int = 200, cost: dict[str, Any] | None = None
) -> HttpResponse:
    office = form.office()
    there = ground(office) if office else Ground()
    held = {name: found for name, found in form.held().items() if found}
    context = {"form": form, "cost": cost, "there": there, "held": held}
    return render(request, "coverage/search_form.html", context, status=status)


def _answer(request: HttpRequest, run: Run) -> dict[str, Any]:
    result = run.result
    given = request.GET.get("choice", "1")
    last = len(result["choices"])
    number = min(int(given), last) if given.isdigit() and given != "0" else 1
    files = {
        name: reverse("run-file", kwargs={"pk": run.pk, "name": f"{name}-{number}.geojson"})
        for name in ("areas", "points")
    }
    return {
        "result": result,
        "number": number,
        "choice": result["choices"][number - 1],
        "files": files,
        "curve": _curve(Brief.of(run.ask), result["curve"]),
        "adopting": choices_to_adopt(person_of(request), run, result["choices"][number - 1]),
        "sites": Site.objects.of_run(run).for_pages(),
    }


def _curve(asked: Brief, points: list[list[Any]]) -> list[dict[str, Any]]:
    """Each with what it adds to the one before, and its length as a bar."""
    most = max((abs(point[1]) for point in points), default=0.0) or 1.0
    made: list[dict[str, Any]] = []
    for place, (count, value, bound, words) in enumerate(points):
        more = "" if place == 0 else more_words(asked, value - points[place - 1][1])
        gap = abs(bound - value) / max(abs(value), 1e-12)
        bar = abs(value) / most * 100
        made.append({"count": count, "words": words, "more_words": more, "gap": gap, "bar": bar})
    return made
