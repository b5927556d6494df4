"""A sheet to take to the printer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.paper.issue import office_fonts
from hudun.core.plate.models import Plate
from hudun.core.web import person_of

from .draw import draw_sheet
from .sheet import WAYS, Sheet

FARTHEST_M = 9999


@require_safe
def sheet(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """`?way=left|right|ahead|back&metres=120` for a guide."""
    plate = Plate.objects.visible_to(person_of(request)).active().filter(pk=pk).first()
    wanted = _named(plate, key) if plate else None
    if plate is None or wanted is None:
        raise Problem("404.1")
    way = WAYS.get(request.GET.get("way", ""), "right")
    made = draw_sheet(plate, wanted, office_fonts(), clock.now(), way=way, metres=_metres(request))
    response = HttpResponse(made, content_type="application/pdf")
    name = f"{plate.title}-{wanted.label}.pdf"
    response["Content-Disposition"] = str(content_disposition_header(False, name))
    response["Cache-Control"] = "private, no-store"
    return response


def _named(plate: Plate, key: str) -> Sheet | None:
    return next((each for each in plate.asset.plate_sheets if each.key == key), None)


def _metres(request: HttpRequest) -> int | None:
    text = request.GET.get("metres", "")
    known = text.isascii() and text.isdigit() and 0 < int(text[:5]) <= FARTHEST_M
    return int(text) if known else None
