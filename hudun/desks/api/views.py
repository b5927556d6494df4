"""`/api/`: read only; the log-in of the pages is the log-in here."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.pagination import LimitOffsetPagination, paginate
from ninja.security import django_auth

from hudun.affairs.soundings.models import Order, SirenStatus
from hudun.assets.sirens.models import Siren
from hudun.core.error import Problem
from hudun.core.web import person_of

from .schema import OrderOut, ProblemOut, SirenOut

PROBLEMS = {401: ProblemOut, 404: ProblemOut}
MODES = {1: "live", 2: "trial", 3: "silent"}

api = NinjaAPI(
    title="护盾",
    version="1",
    description="警报器与命令，只读。见 docs/duty.md。",
    auth=django_auth,
    urls_namespace="api",
    docs_url=None,
)


class Page(LimitOffsetPagination):
    """`?limit=100&offset=0`."""


@api.get("/sirens", response={200: list[SirenOut]}, summary="警报器", operation_id="sirens")
@paginate(Page)
def sirens(request: HttpRequest) -> list[dict[str, Any]]:
    found = Siren.objects.visible_to(person_of(request)).for_pages().order_by("number")
    heard = {
        (status.office, status.siren): status.last_word_at for status in SirenStatus.objects.all()
    }
    return [_siren(siren, heard) for siren in found]


@api.get(
    "/sirens/{number}",
    response={200: SirenOut, **PROBLEMS},
    summary="一台警报器",
    operation_id="siren",
)
def siren(request: HttpRequest, number: int) -> dict[str, Any]:
    one = Siren.objects.visible_to(person_of(request)).for_pages().filter(number=number).first()
    if one is None:
        raise Problem("404.1")
    said = SirenStatus.objects.filter(siren=number, office=_office_number(one))
    return _siren(one, {(s.office, s.siren): s.last_word_at for s in said})


@api.get("/orders", response={200: list[OrderOut]}, summary="命令", operation_id="orders")
@paginate(Page)
def orders(request: HttpRequest) -> list[dict[str, Any]]:
    found = Order.objects.visible_to(person_of(request)).prefetch_related("sirens")
    return [_order(order) for order in found.order_by("-counter")]


@api.get(
    "/orders/{order_id}",
    response={200: OrderOut, **PROBLEMS},
    summary="一份命令",
    operation_id="order",
)
def order(request: HttpRequest, order_id: UUID) -> dict[str, Any]:
    one = Order.objects.visible_to(person_of(request)).filter(pk=order_id).first()
    if one is None:
        raise Problem("404.1")
    return _order(one)


def _siren(siren: Siren, heard: dict[tuple[int, int], Any]) -> dict[str, Any]:
    return {
        "id": siren.pk,
        "number": siren.number,
        "name": siren.name,
        "kind": siren.kind,
        "state": siren.state,
        "office": siren.office.name,
        "street": siren.street,
        "lon": siren.lon,
        "lat": siren.lat,
        "has_terminal": siren.has_terminal,
        "last_word_at": heard.get((_office_number(siren), siren.number)),
    }


def _office_number(siren: Siren) -> int:
    return int(siren.office.code or 0)


def _order(order: Order) -> dict[str, Any]:
    return {
        "id": order.pk,
        "counter": order.counter,
        "mode": MODES[order.mode],
        "state": order.state,
        "purpose": order.purpose,
        "target": order.target_text,
        "starts_at": order.starts_at,
        "expires_at": order.expires_at,
        "sirens": [one.number for one in order.sirens.all()],
    }
