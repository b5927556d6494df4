"""What if shelters or streets are lost: asking, seeing who moves, making it a version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hudun.affairs.plans import actions
from hudun.affairs.plans.actions.trial import TRIERS
from hudun.affairs.plans.book.names import BOOK, LEAVE, LOSS, MOVES, ON_FOOT_LAYER
from hudun.affairs.plans.models import ShelterRow, Trial, TrialKind, Version
from hudun.affairs.plans.reading import load
from hudun.core.error import Problem
from hudun.core.ledger.ledger import forbid
from hudun.core.web import actor_of, person_of

from .base import page_of, shape_in, tabs_of, trial_at, version_at
from .maps import files_of

PAGE = 100
OUTSIDE = "（无位）"
STAGES = {"stable": "稳定方案", "once": "立即修补"}


@require_http_methods(["GET", "HEAD", "POST"])
def loss(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = version_at(request, pk)
    if request.method != "POST":
        return _form(request, version)
    if not person_of(request).has_role(TRIERS, version.organ):
        raise forbid(actions.try_loss)
    try:
        trial = actions.try_loss(actor_of(request), version, **_asked(request, version))
    except Problem as problem:
        if problem.status != 422:
            raise
        return _form(request, version, problem)
    return redirect(f"/plans/trials/{trial.pk}/")


def _asked(request: HttpRequest, version: Version) -> dict[str, Any]:
    lost = {int(text) for text in request.POST.getlist("lost") if text.isdigit()}
    lost |= _named(version, request.POST.get("names", ""))
    return {
        "lost": sorted(lost),
        "closed": shape_in(request.POST.get("closed", "")),
        "penalty_m": _metres(request.POST.get("penalty_m", "1000")),
    }


def _named(version: Version, text: str) -> set[int]:
    names = [name for name in text.replace("，", ",").replace("、", ",").split(",") if name.strip()]
    rows = dict(ShelterRow.objects.of(version).values_list("name", "position"))
    for name in names:
        if name.strip() not in rows:
            raise Problem("422.306", name=name.strip(), fields={"names": "没有这个工程"})
    return {rows[name.strip()] for name in names}


def _metres(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise Problem("422.303", label="少改派", why="0 到 100000 米") from error


def _form(request: HttpRequest, version: Version, problem: Problem | None = None) -> HttpResponse:
    rows = ShelterRow.objects.of(version).order_by("-people", "position")
    ticked = {int(text) for text in request.POST.getlist("lost") if text.isdigit()}
    trials = Trial.objects.of_version(version).filter(kind=TrialKind.LOSS)
    context = page_of(
        version, "loss", rows=[(row, row.position in ticked) for row in rows],
        files=files_of(version.run_id), problem=problem, typed=request.POST,
        trials=trials.select_related("run", "asked_by", "became")[:30],
        may_try=person_of(request).has_role(TRIERS, version.organ),
    )  # fmt: skip
    return render(request, "plans/loss.html", context, status=problem.status if problem else 200)


@require_safe
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = trial_at(request, pk)
    context: dict[str, Any] = {"trial": one, "version": one.version, "run": one.run}
    context["tabs"] = tabs_of(one.version, "loss" if one.kind == TrialKind.LOSS else "leave")
    if one.run is None or one.run.state != "done":
        return render(request, "plans/trial_running.html", context)
    if one.kind == TrialKind.LEAVE:
        context |= {
            "told": load(one.run.folder / LEAVE),
            "files": files_of(one.run_id),
            "on_foot": (one.run.folder / ON_FOOT_LAYER).exists(),
        }
        return render(request, "plans/leave_result.html", context)
    return render(request, "plans/loss_result.html", context | _lost(request, one))


def _lost(request: HttpRequest, one: Trial) -> dict[str, Any]:
    assert one.run is not None
    told, after = load(one.run.folder / LOSS), load(one.run.folder / BOOK)
    before = told.get("before", one.version.totals)
    stage = request.GET.get("stage", "stable")
    stage = stage if stage in STAGES else "stable"
    moves = [row for row in load(one.run.folder / MOVES) if row["stage"] == stage]
    actor = actor_of(request)
    return {
        "told": told,
        "before": before,
        "after": after["totals"],
        "repair_covered": before["people"] - told["repair_left"],
        "level": told["level"] and after["level"],
        "stage": stage,
        "stages": STAGES,
        "between": _between(moves),
        "page": Paginator(moves, PAGE).get_page(request.GET.get("page")),
        "moved": _people(moves, lambda row: row["from"] != OUTSIDE),
        "found": _people(moves, lambda row: row["from"] == OUTSIDE),
        "before_files": files_of(one.run.ask["run"]),
        "files": files_of(one.run_id),
        "may_adopt": one.became is None and actions.adopt_trial.allowed(actor, one),
    }


def _people(moves: list[dict[str, Any]], which: Any) -> int:
    return sum(row["people"] for row in moves if which(row))


def _between(moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Shelter to shelter, most people first."""
    found: dict[tuple[str, str], int] = {}
    for row in moves:
        key = row["from"], row["to"]
        found[key] = found.get(key, 0) + row["people"]
    ordered = sorted(found.items(), key=lambda item: -item[1])
    return [{"from": a, "to": b, "people": people} for (a, b), people in ordered]


@require_POST
def adopt(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = trial_at(request, pk)
    version = actions.adopt_trial(actor_of(request), one)
    messages.success(request, f"已起草{version.label}：{version.note}。")
    return redirect(f"/plans/versions/{version.pk}/")
