"""The duty desk: the page, what it shows, and its two presses."""

import json
import logging
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from hudun.affairs.duty.actions import write
from hudun.affairs.duty.models import EntryKind
from hudun.affairs.soundings import actions
from hudun.affairs.soundings.flow import OFFICERS
from hudun.affairs.soundings.models import Alert, Issuer
from hudun.assets.sirens.models import Siren
from hudun.core.error import Problem
from hudun.core.organ import Role
from hudun.core.web import actor_of, keep_session, person_of

from .orders import stop_row
from .state import desk_state

log = logging.getLogger(__name__)

READERS = OFFICERS | {Role.CLERK, Role.AUDITOR}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    issuer = issuer_of(request)
    keep_session(request)
    may_stop = person_of(request).has_role(OFFICERS, issuer.organ)
    return render(request, "desk/desk.html", {"issuer": issuer, "may_stop": may_stop})


@require_safe
def state(request: HttpRequest) -> JsonResponse:
    return JsonResponse(desk_state(issuer_of(request), _numbers(request.GET.get("sirens"))))


@require_POST
def stop(request: HttpRequest) -> JsonResponse:
    """One press. `{"all": true}` or `{"sirens": [3, 5]}`."""
    issuer = issuer_of(request)
    kind, target = _target(request, issuer)
    pressed = actions.press_stop(actor_of(request), issuer.organ, target_kind=kind, target=target)
    _write_down(request, issuer, f"按下停止：{pressed.target_text}，共 {len(pressed.numbers)} 台。")
    return JsonResponse(stop_row(pressed))


@require_POST
def acknowledge(request: HttpRequest, pk: UUID) -> JsonResponse:
    alert = Alert.objects.visible_to(person_of(request)).filter(pk=pk).first()
    if alert is None:
        raise Problem("404.1")
    actions.acknowledge_alert(actor_of(request), alert)
    text = f"已知悉告警：{alert.get_kind_display()}，{alert.siren}。"
    _write_down(request, alert, text)
    return JsonResponse({"id": str(alert.pk)})


def _write_down(request: HttpRequest, where: Issuer | Alert, text: str) -> None:
    """Into the shift log, after the deed: what fails here must not make the deed look undone."""
    try:
        write(actor_of(request), where.organ, text, EntryKind.INCIDENT)
    except (Problem, DatabaseError):
        log.exception("not in the shift log: %s", text)


def issuer_of(request: HttpRequest) -> Issuer:
    """The office at whose desk the person stands; `?office=430103` where they see several."""
    person = person_of(request)
    known = Issuer.objects.filter(person.sight("organ__path")).select_related("organ")
    seen = [one for one in known.order_by("number") if person.has_role(READERS, one.organ)]
    asked = request.GET.get("office", "")
    found = [one for one in seen if not asked or str(one.number) == asked]
    if not found:
        raise Problem("403.0")
    return found[0]


def _numbers(text: str | None) -> list[int] | None:
    if text is None:
        return None
    try:
        return [int(number) for number in text.split(",") if number]
    except ValueError as error:
        raise Problem("400.0") from error


def _target(request: HttpRequest, issuer: Issuer) -> tuple[str, dict[str, Any]]:
    try:
        asked = json.loads(request.body)
    except ValueError as error:
        raise Problem("400.0") from error
    if not isinstance(asked, dict):
        raise Problem("400.0")
    if asked.get("all") is True:
        return "all", {}
    numbers = asked.get("sirens")
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        raise Problem("400.0")
    if not Siren.objects.filter(office=issuer.organ).numbered(numbers).standing().exists():
        raise Problem("404.1")
    return "sirens", {"sirens": numbers}
