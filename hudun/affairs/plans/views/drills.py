"""Drills of a version: planned beside measured."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hudun.affairs.plans import actions
from hudun.affairs.plans.forms import DrillForm
from hudun.affairs.plans.models import Drill
from hudun.core.error import Problem
from hudun.core.ledger.ledger import forbid
from hudun.core.web import actor_of, person_of

from .base import page_of, version_at


@require_http_methods(["GET", "HEAD", "POST"])
def drills(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = version_at(request, pk)
    may_record = person_of(request).has_role(actions.record_drill.roles, version.organ)
    chosen = request.GET.get("community", "")
    form = DrillForm(version, request.POST or None, initial={"community": chosen})
    status = 200
    if request.method == "POST":
        if not may_record:
            raise forbid(actions.record_drill)
        status = 422
        if form.is_valid() and (made := _recorded(request, version, form)) is not None:
            messages.success(request, f"已登记：{made.community}的演练。")
            return redirect(f"/plans/versions/{version.pk}/drills/")
    context = page_of(
        version, "drills", form=form, may_record=may_record,
        drills=Drill.objects.of_version(version).select_related("recorded_by"),
    )  # fmt: skip
    return render(request, "plans/drills.html", context, status=status)


def _recorded(request: HttpRequest, version: object, form: DrillForm) -> Drill | None:
    given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    try:
        return actions.record_drill(actor_of(request), version, **given)  # type: ignore[arg-type]
    except Problem as problem:
        if problem.status != 422:
            raise
        for name, text in (dict(problem.fields) or {"": ""}).items():
            said = text or problem.what
            form.add_error(name if name in form.fields else None, f"{said}（{problem.number}）")
        return None
