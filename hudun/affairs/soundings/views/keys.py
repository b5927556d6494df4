"""Keys and rosters: a person's own keys (made in the browser), and the security administrator's
desk, from which the next roster is carried to the off-line root key and back."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.actions.keys import KEEPERS
from hudun.affairs.soundings.flow import OFFICERS
from hudun.affairs.soundings.issuers import issuer_of
from hudun.affairs.soundings.models import Issuer, PersonKey, SirenStatus
from hudun.affairs.soundings.roster import next_roster, roster_json
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.web import actor_of, person_of
from hudun.runtime.keys import BadKeyFile, from_text
from hudun.wire.frames import Right

from .base import issuer_at, office_of, posted_json, posted_octets, text_of
from .orders import roster_keys

ROOT_OCTETS = 32


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    office = office_of(person)
    issuer = issuer_at(office)
    context: dict[str, Any] = {
        "office": office,
        "issuer": issuer,
        "may_ask": person.has_role(OFFICERS, office),
        "may_keep": person.has_role(KEEPERS, office),
    }
    if issuer is not None:
        context |= _of_issuer(issuer, request)
    return render(request, "soundings/keys.html", context)


def _of_issuer(issuer: Issuer, request: HttpRequest) -> dict[str, Any]:
    mine = {text_of(key.public): key for key in issuer.keys.filter(user=person_of(request))}
    held = issuer.rosters.first()
    behind = SirenStatus.objects.of_issuer(issuer).filter(roster__lt=held.number) if held else None
    return {
        "keys": issuer.keys.select_related("user").order_by("state", "kid"),
        "held": held,
        "behind": behind.count() if behind is not None else 0,
        "waiting": issuer.keys.filter(state="requested").count(),
        "pinned": bool(bytes(issuer.root_a)),
        "now": clock.now(),
        "given": {
            "ask": reverse("soundings-key-request"),
            "name": str(person_of(request)),
            "roster": roster_keys(issuer),
            "asked": {public: key.flow.shown(key).label for public, key in mine.items()},
        },
    }


@require_POST
def request_key(request: HttpRequest) -> JsonResponse:
    """The public half of a key that was just made in the browser."""
    body = posted_json(request)
    try:
        rights = Right(int(body.get("rights", 0)))
    except (TypeError, ValueError) as error:
        raise Problem("400.0") from error
    office = office_of(person_of(request))
    asked = actions.request_key(
        actor_of(request), office, public=posted_octets(body, "public"), rights=rights
    )
    return JsonResponse({"kid": asked.kid, "person": asked.person, "state": asked.state})


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    key = PersonKey.objects.visible_to(person_of(request)).filter(pk=pk).first()
    if key is None:
        raise Problem("404.1")
    actions.withdraw_key_request(actor_of(request), key)
    return redirect("soundings-keys")


@require_POST
def set_up(request: HttpRequest) -> HttpResponse:
    actions.set_up_issuer(actor_of(request), office_of(person_of(request)))
    return redirect("soundings-keys")


@require_POST
def pin_roots(request: HttpRequest) -> HttpResponse:
    issuer = issuer_of(office_of(person_of(request)))
    roots = [_root(request.POST.get(name, "")) for name in ("root_a", "root_b")]
    reason = request.POST.get("reason", "")
    actions.pin_roots(actor_of(request), issuer, root_a=roots[0], root_b=roots[1], reason=reason)
    return redirect("soundings-keys")


def _root(text: str) -> bytes:
    try:
        return from_text(text.strip(), ROOT_OCTETS)
    except BadKeyFile as error:
        raise Problem("422.51", reason=f"根公钥：{error}") from error


@require_safe
def roster_to_sign(request: HttpRequest) -> HttpResponse:
    """What the root key is to sign next, in words and numbers: `hudun roster sign` reads it."""
    person = person_of(request)
    office = office_of(person)
    if not person.has_role(KEEPERS, office):
        raise Problem("403.1", label="导出名册", roles="安全管理员")
    issuer = issuer_of(office)
    roster = next_roster(issuer, clock.now())
    name = f"roster-{issuer.number}-{roster.number}.json"
    response = HttpResponse(roster_json(issuer, roster), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def upload_roster(request: HttpRequest) -> HttpResponse:
    issuer = issuer_of(office_of(person_of(request)))
    file = request.FILES.get("roster")
    if file is None:
        raise Problem("400.1", reason="没有选择名册文件")
    actions.register_roster(actor_of(request), issuer, frame_in(file.read()))
    return redirect("soundings-keys")


def frame_in(content: bytes) -> bytes:
    """A signed roster as octets, as base64url text, or as {"frame": base64url}."""
    try:
        text = content.decode().strip()
        return from_text(json.loads(text)["frame"] if text.startswith("{") else text)
    except (UnicodeDecodeError, ValueError, KeyError, TypeError):
        return content
