"""What these pages share: finding a record, the office of the person, a frame in a request."""

import json
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest

from hudun.affairs.soundings.flow import OFFICERS, PLANNERS
from hudun.affairs.soundings.models import Alert, Issuer, Order, Plan, StopOrder
from hudun.assets.sirens.models import Siren, SirenGroup
from hudun.core.error import Problem
from hudun.core.organ import Organ, OrganKind, Role, User
from hudun.core.web import person_of
from hudun.runtime.keys import BadKeyFile, from_text, to_text

M = TypeVar("M", Plan, Order, StopOrder, Alert)
READERS = OFFICERS | PLANNERS | {Role.AUDITOR, Role.SECURITY_ADMIN}


def found(model: type[M], request: HttpRequest, pk: UUID) -> M:
    """404.1 outside the person's subtree, 403.0 for those who have no business with soundings."""
    person = person_of(request)
    record = model.objects.visible_to(person).select_related("organ").filter(pk=pk).first()
    if record is None:
        raise Problem("404.1")
    if not person.has_role(READERS, record.organ):
        raise Problem("403.0")
    return record


def office_of(person: User) -> Organ:
    """The office in whose name this person plans, signs or keeps the roster."""
    posts = sorted((post.path for post in person.held if post.role in READERS), key=len)
    if not posts:
        raise Problem("403.0")
    return Organ.objects.get(path=posts[0]).seat()


def issuer_at(office: Organ) -> Issuer | None:
    return Issuer.objects.filter(organ=office).select_related("organ").first()


def posted_json(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise Problem("400.0") from error
    if not isinstance(body, dict):
        raise Problem("400.0")
    return body


def posted_octets(body: dict[str, Any], name: str) -> bytes:
    """Octets under a name, base64url; b"" where there are none."""
    try:
        return from_text(body[name]) if body.get(name) else b""
    except BadKeyFile as error:
        raise Problem("400.0") from error


def text_of(octets: bytes | memoryview) -> str:
    return to_text(bytes(octets))


def streets_of(office: Organ) -> list[Organ]:
    return list(Organ.objects.under(office).kind(OrganKind.SUBDISTRICT).active())


def groups_of(office: Organ) -> list[SirenGroup]:
    return list(SirenGroup.objects.filter(organ=office))


def names_of(order: Order) -> dict[str, Any]:
    """What the numbers in an order's octets are called here. The page marks it as the server's
    word: it is not in what is signed."""
    addressed = order.sirens.select_related("siren")
    groups = SirenGroup.objects.filter(organ=order.organ)
    return {
        "sirens": {str(one.number): one.siren.name for one in addressed},
        "groups": {str(group.number): group.name for group in groups},
    }


def sirens_on_map(office: Organ) -> dict[str, Any]:
    """GeoJSON of the office's sirens."""
    placed = Siren.objects.filter(office=office).orderable().exclude(lon=None)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": siren.number,
                "geometry": {"type": "Point", "coordinates": [siren.lon, siren.lat]},
                "properties": {
                    "n": siren.number,
                    "name": siren.name,
                    "mark": "ok" if siren.has_terminal else "idle",
                    "state": "受控" if siren.has_terminal else "人工鸣放",
                },
            }
            for siren in placed
        ],
    }
