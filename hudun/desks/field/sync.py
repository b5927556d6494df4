"""What a phone asks and brings. Everything may be asked and brought again; the answer says what
the office has counted."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from hudun.affairs.inspections.actions import receive_photo, receive_visit
from hudun.affairs.inspections.bundle import field_bundle
from hudun.affairs.inspections.finding import find_plate, find_visit
from hudun.affairs.inspections.models import PhotoPromise, Visit
from hudun.affairs.inspections.roles import CHECKERS
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.core.organ import User
from hudun.core.web import keep_session, person_of

from .uploads import Upload

LOAN = timedelta(hours=72)
"""How long a phone may hold its data without hearing from the office."""
MOST_PART = 4 * 1024 * 1024


@require_safe
@ensure_csrf_cookie
def bundle(request: HttpRequest) -> JsonResponse:
    """Who may check no more is told to forget; the phone does, once it has delivered."""
    person = _person(request, check=False)
    held = field_bundle(person)
    until = clock.now() + LOAN
    dismissed = not person.has_any_role(*CHECKERS)
    return _fresh(held | {"keep_until": until.isoformat(), "wipe": dismissed})


@require_http_methods(["GET", "PUT"])
@ensure_csrf_cookie
def visit(request: HttpRequest, pk: UUID) -> JsonResponse:
    person = _person(request)
    if request.method == "GET":
        return _fresh(counted(find_visit(person, pk)))
    package = _package(request, pk)
    plate = find_plate(person, str(package.get("plate", "")))
    return _fresh(counted(receive_visit(_actor(request, person), plate, package)))


@require_http_methods(["GET", "PUT"])
@ensure_csrf_cookie
def photo(request: HttpRequest, pk: UUID) -> JsonResponse:
    person = _person(request)
    found = find_visit(person, _visit_id(request))
    promise = found.promised.filter(pk=pk).first()
    if promise is None:
        raise Problem("404.102")
    upload = Upload(pk)
    if request.method == "GET" or promise.received_at:
        return _fresh(_so_far(promise, upload))
    with upload.held():
        return _fresh(_take_part(request, _actor(request, person), found, promise, upload))


def counted(visit: Visit) -> dict[str, Any]:
    """What was promised and what is here, asked of the database now."""
    promised = list(visit.promised.values_list("pk", "received_at"))
    missing = [str(pk) for pk, received_at in promised if received_at is None]
    return {
        "visit": str(visit.pk),
        "promised": len(promised),
        "received": len(promised) - len(missing),
        "missing": missing,
        "complete": not missing,
    }


def _take_part(
    request: HttpRequest, actor: Actor, visit: Visit, promise: PhotoPromise, upload: Upload
) -> dict[str, Any]:
    """The last part makes it whole: only then is it judged, and if it is not what was promised,
    it begins anew."""
    if int(request.headers.get("Content-Length") or 0) > MOST_PART:
        raise Problem("413.77")
    if upload.append(_offset(request), request.body, promise.size) == promise.size:
        try:
            promise = receive_photo(actor, visit, promise.pk, upload.data())
        except Problem:
            upload.forget()
            raise
        upload.forget()
    return _so_far(promise, upload)


def _so_far(promise: PhotoPromise, upload: Upload) -> dict[str, Any]:
    done = promise.received_at is not None
    return {"received": promise.size if done else upload.received, "done": done}


def _person(request: HttpRequest, check: bool = True) -> User:
    """The person whose phone this is: nobody delivers another's records as their own."""
    person = person_of(request)
    keep_session(request)
    named = request.headers.get("Hudun-Person")
    if check and named and named != str(person.pk):
        raise Problem("403.77", who=person)
    return person


def _actor(request: HttpRequest, person: User) -> Actor:
    agent = request.headers.get("User-Agent", "")[:80]
    device = request.headers.get("Hudun-Device", "")[:36]
    return Actor(person, "sync", f"{device} {agent}".strip())


def _package(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    try:
        package = json.loads(request.body)
    except ValueError as error:
        raise Problem("400.77", reason="不是 JSON") from error
    if not isinstance(package, dict) or package.get("visit") != str(pk):
        raise Problem("400.77", reason="编号与地址不符")
    return package


def _visit_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("visit", ""))
    except ValueError as error:
        raise Problem("400.77", reason="没有写明是哪次检查") from error


def _offset(request: HttpRequest) -> int:
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdecimal():
        raise Problem("400.77", reason="没有写明从哪里接着送")
    return int(offset)


def _fresh(said: dict[str, Any]) -> JsonResponse:
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
