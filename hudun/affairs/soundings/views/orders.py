"""Orders: the list, one order, and the two pages on which it is signed and released.

The server hands out octets and the roster; what is shown before signing is made from the octets by
the page itself, and a frame is all that comes back.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.flow import OFFICERS
from hudun.affairs.soundings.forms import TYPED, ImmediateForm
from hudun.affairs.soundings.models import Issuer, Order
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.web import actor_of, person_of
from hudun.wire.frames import Mode

from .base import found, names_of, office_of, posted_json, posted_octets, sirens_on_map, text_of

LOOKS = {Mode.LIVE: "live", Mode.TRIAL: "trial", Mode.SILENT: "silent"}
MODES = {look: mode for mode, look in LOOKS.items()}
VERBS: dict[str, Any] = {
    "void": actions.void_order,
    "renew": actions.renew_order,
    "expire": actions.expire_order,
}


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    office = office_of(person)
    shown = Order.objects.visible_to(person).select_related("organ", "plan", "signed_by")
    context = {
        "open": shown.open().order_by("starts_at"),
        "past": shown.exclude(state__in=Order.flow.open_states())[:50],
        "may_order": person.has_role(OFFICERS, office),
    }
    return render(request, "soundings/orders.html", context)


@require_safe
def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = found(Order, request, pk)
    actor = actor_of(request)
    context = {
        "order": one,
        "look": LOOKS[one.wire_mode],
        "content": one.content,
        "verbs": [name for name, act in VERBS.items() if act.allowed(actor, one)],
        "may_sign": actions.attach_signature.allowed(actor, one),
        "may_release": actions.attach_release.allowed(actor, one),
        "sirens": one.sirens.select_related("siren"),
        "programme": _programme(one),
        "late": not one.immediate and one.starts_at and clock.now() >= one.starts_at,
    }
    return render(request, "soundings/order.html", context)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    one = found(Order, request, pk)
    if verb not in VERBS:
        raise Problem("404.0")
    VERBS[verb](actor_of(request), one, reason=request.POST.get("reason", ""))
    page = "soundings-sign" if verb == "renew" else "soundings-order"
    return redirect(page, one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = found(Order, request, pk)
    if request.method != "POST":
        return _signing_page(request, one, "sign", actions.attach_signature)
    body = posted_json(request)
    frame, list_frame = posted_octets(body, "frame"), posted_octets(body, "list_frame")
    return _after(actions.attach_signature(actor_of(request), one, frame, list_frame))


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = found(Order, request, pk)
    if request.method != "POST":
        return _signing_page(request, one, "release", actions.attach_release)
    frame = posted_octets(posted_json(request), "frame")
    return _after(actions.attach_release(actor_of(request), one, frame))


@require_safe
def file(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """A signed frame as octets, for whoever reads and releases it without this page."""
    one = found(Order, request, pk)
    newest = one.issuer.rosters.first()
    frames = {"order": one.frame, "list": one.list_frame, "roster": newest and newest.frame}
    octets = bytes(frames.get(what) or b"")
    if not octets:
        raise Problem("404.0")
    response = HttpResponse(octets, content_type="application/cose")
    response["Content-Disposition"] = f'attachment; filename="{what}-{one.counter}.cbor"'
    return response


@require_safe
def immediate(request: HttpRequest) -> HttpResponse:
    """Three doors, each of its own colour: nobody picks the mode from a list."""
    office_of(person_of(request))
    return render(request, "soundings/immediate.html")


@require_http_methods(["GET", "HEAD", "POST"])
def draft_immediate(request: HttpRequest, look: str) -> HttpResponse:
    mode, office = MODES[look], office_of(person_of(request))
    form = ImmediateForm(office, clock.today(), mode, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _immediate_form(request, form, office, look)
    given = form.cleaned_data
    try:
        drafted = actions.draft_immediate(
            actor_of(request), office, mode=mode, signal=given["signal"],
            target_kind=given["target_kind"], target=form.target(), purpose=given["purpose"],
        )  # fmt: skip
    except Problem as problem:
        if problem.status != 422:
            raise
        form.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")
        return _immediate_form(request, form, office, look)
    return redirect("soundings-sign", drafted.pk)


@require_POST
def silent_test(request: HttpRequest) -> HttpResponse:
    """One press: the desk key signs both halves, since nothing can sound."""
    done = actions.silent_test(actor_of(request), office_of(person_of(request)))
    return redirect("soundings-order", done.pk)


def _immediate_form(
    request: HttpRequest, form: ImmediateForm, office: Organ, look: str
) -> HttpResponse:
    context = {
        "form": form,
        "look": look,
        "word": TYPED[MODES[look]],
        "office": office,
        "sirens": sirens_on_map(office),
    }
    status = 422 if form.errors else 200
    return render(request, "soundings/immediate_form.html", context, status=status)


def _signing_page(request: HttpRequest, order: Order, step: str, action: Any) -> HttpResponse:
    person = person_of(request)
    if not person.has_role(OFFICERS, order.organ):
        raise Problem("403.1", label=action.label, roles="值班员、科长、主任")
    if not action.moves.fits(order.state):
        return redirect("soundings-order", order.pk)
    context = {
        "order": order,
        "step": step,
        "look": LOOKS[order.wire_mode],
        "given": _given(order, step),
        "first": order.signed_by,
    }
    return render(request, "soundings/signing.html", context)


def _given(order: Order, step: str) -> dict[str, Any]:
    """All that the page needs; the octets are what counts."""
    return {
        "step": step,
        "now": int(clock.now().timestamp() * 1000),
        "payload": text_of(order.payload),
        "listPayload": text_of(order.list_payload),
        "frame": text_of(order.frame),
        "listFrame": text_of(order.list_frame),
        "names": names_of(order),
        "roster": roster_keys(order.issuer),
        "keysPage": reverse("soundings-keys"),
        "orderPage": reverse("soundings-order", args=[order.pk]),
    }


def roster_keys(issuer: Issuer) -> list[dict[str, Any]]:
    roster = issuer.roster()
    names = dict(issuer.keys.values_list("kid", "name"))
    return [
        {
            "kid": key.kid,
            "person": key.person,
            "public": text_of(key.public),
            "rights": key.rights.value,
            "until": key.until,
            "name": names.get(key.kid, f"{key.kid} 号密钥"),
        }
        for key in (roster.keys if roster else ())
    ]


def _programme(order: Order) -> list[tuple[str, str]]:
    """When what: by the clock where the start is known, else after the start."""
    if order.starts_at is None:
        return [(f"第 {at} 秒", name) for _, name, at in order.steps]
    begins = clock.beijing(order.starts_at)
    return [(f"{begins + timedelta(seconds=at):%H:%M:%S}", name) for _, name, at in order.steps]


def _after(order: Order) -> JsonResponse:
    return JsonResponse({"url": reverse("soundings-order", args=[order.pk]), "state": order.state})
