"""How far a run is, calling it off, and the files it made."""

import time
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from hudun.core.error import Problem
from hudun.core.web import actor_of, is_htmx, person_of

from .actions import cancel_run
from .models import Run

TYPES = {
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".csv": "text/csv; charset=utf-8",
    ".tif": "image/tiff",
    ".gpkg": "application/geopackage+sqlite3",
    ".svg": "image/svg+xml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
}
SHOWN = {".png", ".pdf", ".json", ".geojson"}
HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"
LONGEST_WAIT_S = 1.0
LOOK_S = 0.03


@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The piece of a page that shows it; when the run ends the page is loaded anew."""
    run = seen_by(request, pk)
    response = render(request, "core/planner/progress.html", {"run": run})
    if not run.is_open:
        response["HX-Refresh"] = "true"
    return response


@require_safe
def state(request: HttpRequest, pk: UUID) -> JsonResponse:
    """For scripts. `?wait=1`: answers when the run has ended, at the latest after a second."""
    run = seen_by(request, pk)
    until = time.monotonic() + (LONGEST_WAIT_S if "wait" in request.GET else 0.0)
    while run.is_open and time.monotonic() < until:
        time.sleep(LOOK_S)
        run = seen_by(request, pk)
    columns = ("state", "share", "words", "result", "problem")
    response = JsonResponse({name: getattr(run, name) for name in columns})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = cancel_run(actor_of(request), seen_by(request, pk))
    if is_htmx(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect(run.back or "home")


@require_safe
def file(request: HttpRequest, pk: UUID, name: str) -> HttpResponseBase:
    """What the run made; of a run that has not ended well there is nothing to see."""
    run = seen_by(request, pk)
    path = run.file(name)
    if run.state != "done" or path.suffix not in TYPES or not path.is_file():
        raise Problem("404.12")
    response = FileResponse(path.open("rb"), content_type=TYPES[path.suffix])
    saved = path.suffix not in SHOWN
    response["Content-Disposition"] = str(content_disposition_header(saved, name))
    response["Content-Security-Policy"] = HARMLESS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def seen_by(request: HttpRequest, pk: UUID) -> Run:
    run = Run.objects.visible_to(person_of(request)).filter(pk=pk).first()
    if run is None:
        raise Problem("404.1")
    return run
