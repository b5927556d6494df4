"""The papers of a version, set when they are asked for: the book itself does not change."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from hudun.affairs.plans.book.typeset import Head, cards_pdf, community_pdf, shelter_pdf
from hudun.affairs.plans.models import Version
from hudun.affairs.plans.reading import list_of, picture_of, sheet_of
from hudun.core import clock
from hudun.core.paper.issue import office_fonts

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


def head_of(version: Version) -> Head:
    office, state = version.organ.seat().name, version.shown.label
    notes = [version.plan.remark, "" if version.state in STANDING else "这一版尚未批准，不得分发。"]
    return Head(
        f"{office}人民防空办公室", version.plan.title, f"{version.label}（{state}）",
        version.plan.get_secrecy_display(), "　".join(filter(None, notes)),
    )  # fmt: skip


STANDING = ("approved", "filed")


def _pdf(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = str(content_disposition_header(False, name))
    response["Cache-Control"] = "private, no-store"
    return response
