"""What came of a calculation; trying sirens off or elsewhere; the report."""

import json
from math import isfinite
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hudun.affairs.coverage.actions import (
    ask_survey,
    file_report,
    issue_report,
    try_out,
    void_survey,
)
from hudun.affairs.coverage.models import Silence, Survey
from hudun.core.error import Problem
from hudun.core.paper.models import IssuedPaper
from hudun.core.web import actor_of, person_of

MOST_TRIED = 5_000
SILENCES = 5


@require_safe
def survey(request: HttpRequest, pk: UUID) -> HttpResponse:
    record = found(request, pk)
    person = person_of(request)
    done = record.run.state == "done"
    context: dict[str, Any] = {
        "survey": record,
        "run": record.run,
        "done": done,
        "may_ask": person.has_role(ask_survey.roles, record.organ),
        "may_void": void_survey.allowed(actor_of(request), record),
        "may_issue": done and file_report.allowed(actor_of(request), record),
        "papers": IssuedPaper.objects.about(record),
        "state": Survey.flow.shown(record),
    }
    if done:
        context |= shown(record)
    return render(request, "coverage/survey.html", context)


def shown(record: Survey) -> dict[str, Any]:
    result = record.run.result
    return {
        "result": result,
        "methods": methods(result),
        "layers": [layer["line"] for layer in record.layers.values()],
        "silences": silences(record),
        "page": page_data(record),
    }


def methods(result: dict[str, Any]) -> list[dict[str, Any]]:
    """Side by side: the physical model and the two formulas."""
    named = (
        ("物理模型 GB/T 17247.2", "figures", "建筑、地形、地面、空气都计入"),
        ("国人防〔2007〕120号", "statutory", f"最响一台 {result['radius_120']:,} m；不看建筑"),
        ("FEMA CPG 1-17", "fema", f"最响一台 {result['radius_fema']:,} m；每加倍减 10 dB"),
    )
    return [{"label": label, "note": note, **result[key]} for label, key, note in named]


def silences(record: Survey) -> list[dict[str, Any]]:
    """The last soundings, with the sirens of this calculation that were silent."""
    index = {one["number"]: place for place, one in enumerate(record.sirens)}
    return [
        {
            "record": one,
            "off": [index[number] for number in one.numbers if number in index],
            "unknown": sum(number not in index for number in one.numbers),
        }
        for one in Silence.objects.of_office(record.organ)[:SILENCES]
    ]


def page_data(record: Survey) -> dict[str, Any]:
    """For the module of the page."""
    result = record.run.result
    return {
        "corners": result["corners"],
        "sirens": result["sirens"],
        "figures": result["figures"],
        "places": result["places"],
        "overlay": reverse("run-file", args=[record.run_id, "overlay.png"]),
        "try": reverse("coverage-try", args=[record.pk]),
        "state": reverse("run-state", args=[UUID(int=0)]),
        "file": reverse("run-file", args=[UUID(int=0), "overlay.png"]),
        "none": str(UUID(int=0)),
    }


@require_POST
def tried(request: HttpRequest, pk: UUID) -> JsonResponse:
    """{"off": [index], "moved": {index: [lon, lat]}, "whole": bool} → the run to wait for."""
    record = found(request, pk)
    off, moved, whole = asked(request.body, len(record.sirens))
    run = try_out(actor_of(request), record, off=off, moved=moved, whole=whole)
    return JsonResponse({"run": str(run.pk)})


def asked(body: bytes, count: int) -> tuple[list[int], dict[int, tuple[float, float]], bool]:
    if len(body) > MOST_TRIED * 60:
        raise Problem("413.0")
    try:
        given = json.loads(body)
        off = [int(index) for index in given["off"]]
        places = given["moved"].items()
        moved = {int(index): (float(lon), float(lat)) for index, (lon, lat) in places}
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Problem("400.0") from wrong
    numbers = [number for place in moved.values() for number in place]
    if any(not 0 <= index < count for index in (*off, *moved)) or not all(map(isfinite, numbers)):
        raise Problem("400.0")
    return off, moved, bool(given.get("whole"))


@require_POST
def issued(request: HttpRequest, pk: UUID) -> HttpResponse:
    record = found(request, pk)
    paper = issue_report(actor_of(request), record, reason=request.POST.get("reason", ""))
    messages.success(request, f"已印发 {paper.number}。")
    return redirect(f"{record.url}#files")


@require_POST
def voided(request: HttpRequest, pk: UUID) -> HttpResponse:
    record = found(request, pk)
    void_survey(actor_of(request).because(request.POST.get("reason", "")), record)
    messages.success(request, "已作废。结果仍可查看。")
    return redirect(record.url)


def found(request: HttpRequest, pk: UUID) -> Survey:
    surveys = Survey.objects.visible_to(person_of(request)).for_pages()
    record = surveys.filter(pk=pk).first()
    if record is None:
        raise Problem("404.1")
    return record
