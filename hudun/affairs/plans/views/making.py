"""Inputs of a plan, and the form that drafts a version."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hudun.affairs.plans import actions
from hudun.affairs.plans.flow import STAFF
from hudun.affairs.plans.forms import InputForm, TermsForm
from hudun.affairs.plans.inputs import keep_input
from hudun.affairs.plans.models import InputFile, Plan, Version
from hudun.affairs.plans.register import registered
from hudun.affairs.plans.sources import NEEDED, sources
from hudun.core.error import Problem
from hudun.core.ledger.ledger import forbid
from hudun.core.web import actor_of, person_of

from .base import plan_at


@require_POST
def add_input(request: HttpRequest, pk: UUID) -> HttpResponse:
    plan = plan_at(request, pk)
    if not person_of(request).has_role(STAFF, plan.organ):
        raise forbid(actions.add_input)
    form = InputForm(request.POST, request.FILES)
    if not form.is_valid():
        said = "；".join(str(text) for texts in form.errors.values() for text in texts)
        raise Problem("422.310", reason=said)
    file = form.cleaned_data["file"]
    kept = keep_input(file.name or "", file.chunks())
    actions.add_input(actor_of(request), plan, kind=form.cleaned_data["kind"], kept=kept)
    messages.success(request, f"已上传：{kept.name}。")
    return redirect(f"/plans/{plan.pk}/#inputs")


@require_POST
def withdraw_input(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = InputFile.objects.visible_to(person_of(request)).select_related("organ")
    file = rows.filter(pk=pk).first()
    if file is None:
        raise Problem("404.1")
    actions.withdraw_input(actor_of(request), file)
    messages.success(request, f"已撤下：{file.name}。")
    return redirect(f"/plans/{file.plan_id}/#inputs")


@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: HttpRequest, pk: UUID) -> HttpResponse:
    plan = plan_at(request, pk)
    if not person_of(request).has_role(STAFF, plan.organ):
        raise forbid(actions.draft_version)
    form = TermsForm(request.POST or None, initial=_last(plan))
    status = 200
    if request.method == "POST":
        made = _drafted(request, plan, form)
        if made is not None:
            return redirect(f"/plans/versions/{made.pk}/")
        status = 422
    found = sources(plan)
    register = None if "shelters" in found else registered(plan.organ, _with_bad(form))
    context = {
        "plan": plan,
        "form": form,
        "sources": found.values(),
        "register": register,
        "missing": [kind.label for kind in NEEDED if kind.value not in found],
    }
    return render(request, "plans/new_version.html", context, status=status)


def _with_bad(form: TermsForm) -> bool:
    return bool(form.data.get("with_bad")) if form.is_bound else bool(form.initial.get("with_bad"))


def _last(plan: Plan) -> dict[str, object]:
    """The terms of the version before, to begin with."""
    last = Version.objects.of_plan(plan).order_by("-number").first()
    return dict(last.terms) if last else {}


def _drafted(request: HttpRequest, plan: Plan, form: TermsForm) -> Version | None:
    if not form.is_valid():
        return None
    try:
        return actions.draft_version(actor_of(request), plan, **form.cleaned_data)
    except Problem as problem:
        if problem.status not in (409, 422):
            raise
        form.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")
        return None
