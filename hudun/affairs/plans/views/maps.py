"""The map of a version, and how long a polygon takes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hudun.affairs.plans.actions.trial import TRIERS
from hudun.core.error import Problem
from hudun.core.planner import ask_run
from hudun.core.web import actor_of, person_of

from .base import page_of, shape_in, version_at

FLOW_LEGEND = ((1, 1), (50, 2), (200, 3), (500, 5), (1_000, 6), (2_000, 8), (5_000, 10))
MINUTE_LEGEND = (
    ("3 分以内", "#1a7f4b", ""), ("3–5 分", "#5a9e2f", ""), ("5–8 分", "#b59a00", ""),
    ("8–12 分", "#d07a00", "6 2"), ("12–15 分", "#c2410c", "3 2"),
    ("15 分以上或不通", "#8b1a1a", "1.5 2.5"),
)  # fmt: skip
"""As in web/src/plans/layers.js."""


@require_safe
def plan_map(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = version_at(request, pk)
    person = person_of(request)
    context = page_of(
        version, "map", files=files_of(version.run_id), flow_legend=FLOW_LEGEND,
        minute_legend=MINUTE_LEGEND, may_ask=person.has_role(TRIERS, version.organ),
    )  # fmt: skip
    return render(request, "plans/map.html", context)


def files_of(run: object) -> str:
    """Where the files of a run are fetched from; a name follows."""
    return reverse("run-file", args=[run, "x"])[:-1]


@require_POST
def clear(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Asks the planner's quick lane; the page looks at `state` until it has the answer."""
    version = version_at(request, pk)
    area = shape_in(request.POST.get("area", ""))
    if area is None:
        raise Problem("422.309", why="没有圈")
    run = ask_run(
        actor_of(request), version.organ, kind="plans.clear",
        ask={"run": str(version.run_id), "area": area},
    )  # fmt: skip
    return JsonResponse({"state": reverse("run-state", args=[run.pk])})
