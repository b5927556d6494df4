"""Planning a sounding: the list, the form, the plan with its flow, its notice and its papers."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.flow import PLANNERS, PlanFlow
from hudun.affairs.soundings.forms import PlanForm, TargetForm
from hudun.affairs.soundings.models import Plan
from hudun.affairs.soundings.notices import draft_notice
from hudun.affairs.soundings.targets import aim, describe
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Organ
from hudun.core.paper.models import IssuedPaper
from hudun.core.web import actor_of, person_of

from .base import found, office_of, sirens_on_map

TOLD = 60
"""How many sirens are named before the list is cut; the count is always whole."""


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    office = office_of(person)
    shown = Plan.objects.visible_to(person).select_related("organ")
    context = {
        "coming": shown.open().order_by("start"),
        "past": shown.exclude(state__in=PlanFlow.open_states()).order_by("-start")[:50],
        "office": office,
        "may_plan": person.has_role(PLANNERS, office),
    }
    return render(request, "soundings/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    office = office_of(person_of(request))
    form = PlanForm(office, clock.today(), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, office, None)

    def draft() -> Plan:
        return actions.draft_plan(actor_of(request), office, **form.given())

    return _saved(request, form, office, None, draft)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    plan = found(Plan, request, pk)
    office = plan.organ
    form = PlanForm(office, clock.today(), request.POST or None, initial=_initial(plan))
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, office, plan)
    text = _own_words(plan, form.cleaned_data["notice_text"])

    def change() -> Plan:
        return actions.edit_plan(actor_of(request), plan, **form.given(), notice_text=text)

    return _saved(request, form, office, plan, change)


@require_safe
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = found(Plan, request, pk)
    actor = actor_of(request)
    days_left = (one.notice_due - clock.today()).days if one.notice_due else None
    orders = one.orders.select_related("signed_by", "released_by").order_by("part", "-counter")
    context = {
        "plan": one,
        "steps": _steps(one),
        "programme": _programme(one),
        "orders": orders,
        "target": describe(one.organ, one.target_kind, one.target),
        "addressed": _addressed(one.organ, one.target_kind, one.target),
        "days_left": days_left,
        "verbs": [name for name, act in VERBS.items() if act.allowed(actor, one)],
        "may_order": one.state == "approved"
        and not orders.open()
        and actions.draft_orders.allowed(actor, one),
        "papers": IssuedPaper.objects.about(one),
        "has_result": one.orders.sent().exists(),
    }
    return render(request, "soundings/plan.html", context)


VERBS: dict[str, Any] = {
    "approve": actions.approve_plan,
    "notice": actions.publish_notice,
    "void": actions.void_plan,
    "archive": actions.archive_plan,
}


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    one = found(Plan, request, pk)
    actor, reason = actor_of(request), request.POST.get("reason", "").strip()
    if verb == "order":
        actions.draft_orders(actor, one)
    elif verb in VERBS:
        VERBS[verb](actor, one, reason=reason)
    else:
        raise Problem("404.0")
    return redirect("soundings-plan", one.pk)


@require_POST
def addressed(request: HttpRequest) -> JsonResponse:
    """Whom the form now means, before anything is saved."""
    office = office_of(person_of(request))
    form = TargetForm(office, request.POST)
    if not form.is_valid():
        words = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"problem": "".join(words)})
    return JsonResponse(_addressed(office, form.cleaned_data["target_kind"], form.target()))


def _addressed(office: Organ, kind: str, target: dict[str, Any]) -> dict[str, Any]:
    try:
        meant = aim(office, kind, target)
    except Problem as problem:
        return {"problem": problem.what}
    hand = [siren for siren in meant.sirens if not siren.has_terminal]
    return {
        "text": meant.text,
        "count": len(meant.sirens),
        "by_hand": len(hand),
        "names": [f"{siren.number} {siren.name}" for siren in meant.sirens[:TOLD]],
        "more": max(0, len(meant.sirens) - TOLD),
        "numbers": [siren.number for siren in meant.sirens],
    }


def _form(request: HttpRequest, form: PlanForm, office: Organ, plan: Plan | None) -> HttpResponse:
    context = {"form": form, "office": office, "plan": plan, "sirens": sirens_on_map(office)}
    status = 422 if form.errors else 200
    return render(request, "soundings/plan_form.html", context, status=status)


def _saved(
    request: HttpRequest,
    form: PlanForm,
    office: Organ,
    plan: Plan | None,
    save: Callable[[], Plan],
) -> HttpResponse:
    """A problem with something typed goes back into the form, beside what it is about."""
    try:
        saved = save()
    except Problem as problem:
        if problem.status not in (404, 422):
            raise
        for name, words in problem.fields.items():
            form.add_error(name if name in form.fields else None, words)
        form.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")
        return _form(request, form, office, plan)
    return redirect("soundings-plan", saved.pk)


def _own_words(plan: Plan, text: str) -> str | None:
    """The notice as somebody wrote it; None where it is still the drafted one, which then follows
    the plan."""
    typed = text.replace("\r\n", "\n").strip()
    drafted = draft_notice(plan, describe(plan.organ, plan.target_kind, plan.target)).strip()
    return typed if typed and typed != drafted else None


def _initial(plan: Plan) -> dict[str, Any]:
    target = plan.target
    return {
        "name": plan.name,
        "day": plan.day,
        "timetable": plan.timetable["key"],
        "mode": plan.mode,
        "drill": plan.drill,
        "notice_text": plan.notice_text,
        "target_kind": plan.target_kind,
        "organs": target.get("organs", []),
        "group": target.get("group", ""),
        "area": json.dumps(target["area"]) if "area" in target else "",
        "sirens": "、".join(map(str, target.get("sirens", []))),
    }


def _programme(plan: Plan) -> list[dict[str, Any]]:
    signals = plan.signals
    return [
        {"name": name, "at": plan.start + timedelta(seconds=at), "pattern": signals[name]}
        for name, at in plan.programme
    ]


def _steps(plan: Plan) -> list[dict[str, Any]]:
    """The flow as a line: what was done when and by whom, what comes next."""
    done = {line.verb: line for line in JournalLine.objects.of(plan).select_related("person")}
    verbs = {
        "draft": "soundings.draft_plan", "approved": "soundings.approve_plan",
        "ordered": "soundings.plan_ordered", "released": "soundings.plan_released",
        "noticed": "soundings.publish_notice", "running": "soundings.begin_plan",
        "closed": "soundings.close_plan", "archived": "soundings.archive_plan",
    }  # fmt: skip
    steps = [
        {"state": PlanFlow.states[state], "line": done.get(verb), "here": plan.state == state}
        for state, verb in verbs.items()
        if state != "noticed" or plan.notice_due
    ]
    if plan.state in ("void", "stopped"):
        line = done.get("soundings.void_plan") or done.get("soundings.stop_plan")
        steps.append({"state": PlanFlow.states[plan.state], "line": line, "here": True})
    return steps
