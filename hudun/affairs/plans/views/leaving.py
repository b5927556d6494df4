"""What if a share of the people leaves the district."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hudun.affairs.plans import actions
from hudun.affairs.plans.actions.trial import NEEDED, TRIERS
from hudun.affairs.plans.forms import LeaveForm
from hudun.affairs.plans.models import Trial, TrialKind, Version
from hudun.affairs.plans.sources import sources
from hudun.core.error import Problem
from hudun.core.ledger.ledger import forbid
from hudun.core.web import actor_of, person_of

from .base import page_of, version_at


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = version_at(request, pk)
    form = LeaveForm(request.POST or None)
    if request.method == "POST":
        if not person_of(request).has_role(TRIERS, version.organ):
            raise forbid(actions.try_leave)
        trial = _tried(request, version, form)
        if trial is not None:
            return redirect(f"/plans/trials/{trial.pk}/")
    found = sources(version.plan)
    trials = Trial.objects.of_version(version).filter(kind=TrialKind.LEAVE)
    context = page_of(
        version, "leave", form=form, trials=trials.select_related("run", "asked_by")[:30],
        given=[found[kind] for kind in NEEDED if kind in found],
        missing=[label for kind, label in NEEDED.items() if kind not in found],
        may_try=person_of(request).has_role(TRIERS, version.organ),
    )  # fmt: skip
    failed = request.method == "POST"
    return render(request, "plans/leave.html", context, status=422 if failed else 200)


def _tried(request: HttpRequest, version: Version, form: LeaveForm) -> Trial | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        return actions.try_leave(
            actor_of(request), version, shares=form.shares(), vehicles=given["vehicles"],
            seats=given["seats"], gather_m=given["gather_m"],
        )  # fmt: skip
    except Problem as problem:
        if problem.status != 422:
            raise
        form.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")
        return None
