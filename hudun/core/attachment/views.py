"""Handing an attachment out: to whom it belongs, and so that no browser runs what is in it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from hudun.core.error import Problem
from hudun.core.organ.belonging import seen_or_about_seen
from hudun.core.web import person_of

from .content import JPEG, PDF, PNG
from .files import original, small_at
from .models import Attachment

SHOWN = {JPEG, PNG, PDF}
ENDINGS = {"image/heic": ".heic", "image/jpeg": ".jpg", "image/png": ".png"}
HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"


@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = seen_by(request, pk)
    return handed_out(found, original(found.sha256), found.media_type)


@require_safe
def small(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A JPEG of at most 800 pixels, also of what a browser cannot show."""
    found = seen_by(request, pk)
    path = small_at(found.sha256)
    if not path.exists():
        raise Problem("404.0")
    return handed_out(found, path.read_bytes(), JPEG)


def seen_by(request: HttpRequest, pk: UUID) -> Attachment:
    found = seen_or_about_seen(Attachment.objects.all(), person_of(request), pk)
    if found is None:
        raise Problem("404.1")
    return found


def handed_out(attachment: Attachment, data: bytes, media_type: str) -> HttpResponse:
    """Also for pages that have checked in another way that the file may be seen."""
    response = HttpResponse(data, content_type=media_type)
    name = attachment.name or f"{attachment.id}{ENDINGS.get(attachment.media_type, '')}"
    saved = media_type not in SHOWN
    response["Content-Disposition"] = str(content_disposition_header(saved, name))
    response["Content-Security-Policy"] = HARMLESS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
