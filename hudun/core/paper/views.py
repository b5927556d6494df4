"""An issued paper, as it was issued."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from hudun.core.error import Problem
from hudun.core.organ.belonging import seen_or_about_seen
from hudun.core.web import actor_of

from .models import IssuedPaper, Media, PaperFile

TYPES = {
    Media.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Media.PDF: "application/pdf",
}


@require_safe
def download(request: HttpRequest, pk: UUID, media: str) -> HttpResponse:
    """The PDF opens in the browser, the Word file is saved."""
    user = actor_of(request).user
    paper = seen_or_about_seen(IssuedPaper.objects.all(), user, pk) if user else None
    file = PaperFile.objects.filter(paper=paper, media=media).first() if paper else None
    if paper is None or file is None:
        raise Problem("404.1")
    if not file.intact:
        raise Problem("500.16", paper=paper.number)
    response = HttpResponse(bytes(file.content), content_type=TYPES[Media(media)])
    saved = media == Media.DOCX
    response["Content-Disposition"] = str(content_disposition_header(saved, f"{paper}.{media}"))
    response["ETag"] = f'"{paper.digest_of(media)}"'
    response["Cache-Control"] = "private, no-cache"
    return response
