"""The papers of a version, set when they are asked for: the book itself does not change."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from hudun.affairs.plans import actions
from hudun.affairs.plans.book.typeset import cards_pdf, community_pdf, shelter_pdf
from hudun.affairs.plans.heading import head_of
from hudun.affairs.plans.reading import list_of, picture_of, sheet_of
from hudun.core import clock
from hudun.core.paper.issue import office_fonts
from hudun.core.web import actor_of

from .base import version_at

HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"


@require_safe
def sheet(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    version = version_at(request, pk)
    said = sheet_of(version, position)
    picture = picture_of(version, position)
    made = community_pdf(said, picture, head_of(version), office_fonts(), clock.now())
    return _pdf(made, f"{said['name']}-掩蔽册页.pdf")


@require_safe
def cards(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    version = version_at(request, pk)
    said = sheet_of(version, position)
    made = cards_pdf(said, head_of(version), office_fonts(), clock.now())
    return _pdf(made, f"{said['name']}-告知卡.pdf")


@require_safe
def listed(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    version = version_at(request, pk)
    said = list_of(version, position)
    made = shelter_pdf(said, head_of(version), office_fonts(), clock.now())
    return _pdf(made, f"{said['name']}-接收名单.pdf")


@require_safe
def picture(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """The map of a sheet, for the page."""
    version = version_at(request, pk)
    sheet_of(version, position)
    response = HttpResponse(picture_of(version, position), content_type="image/svg+xml")
    response["Content-Security-Policy"] = HARMLESS
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
def whole(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All papers in one file, made by the planner."""
    version = version_at(request, pk)
    actions.print_book(actor_of(request), version)
    return redirect(f"/plans/versions/{version.pk}/")


def _pdf(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = str(content_disposition_header(False, name))
    response["Cache-Control"] = "private, no-store"
    return response
