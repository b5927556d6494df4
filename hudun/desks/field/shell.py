"""The app itself: the same for everybody, without a word of anybody's data, so that a phone may
keep it and open it without a network."""

import json
from hashlib import sha256
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from hudun.core.templatetags.house import asset

KEPT = ("boot.js", "app.css", "field.css", "field.js", "icons.svg")
COLOUR = "#152233"


@login_not_required
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    response = render(request, "field/app.html", {"colour": COLOUR})
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Allowed above its own folder, because /p/<code>/ must open without a network; it registers
    itself for /field/ and /p/ only, so that no other page of the office is in its hands."""
    told = json.dumps(contents())
    response = HttpResponse(
        f"self.HUDUN = {told};\n{_built('field-sw.js')}",
        content_type="text/javascript; charset=utf-8",
    )
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    sizes = ((192, "any"), (512, "any"), (512, "maskable"))
    icons = [
        {"src": _icon(size, purpose), "sizes": f"{size}x{size}", "type": "image/png"}
        | {"purpose": purpose}
        for size, purpose in sizes
    ]
    said = {
        "name": "护盾 现场检查", "short_name": "护盾现场", "lang": "zh-CN", "id": "/field/",
        "start_url": reverse("field"), "scope": "/", "display": "standalone",
        "orientation": "portrait", "theme_color": COLOUR, "background_color": COLOUR,
        "icons": icons,
    }  # fmt: skip
    response = JsonResponse(said, content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


def contents() -> dict[str, object]:
    """What the worker keeps; the version changes with any of it."""
    assets = [asset(name) for name in KEPT]
    text = get_template("field/app.html").render({"colour": COLOUR})
    version = sha256("\n".join([text, *assets]).encode()).hexdigest()[:12]
    icons = [_icon(192, "any"), static("img/hudun.svg"), reverse("field-manifest")]
    return {"version": version, "shell": reverse("field"), "assets": [*assets, *icons]}


def _icon(size: int, purpose: str) -> str:
    return static(f"img/field-{size}{'-maskable' if purpose == 'maskable' else ''}.png")


def _built(name: str) -> str:
    found = finders.find(f"dist/{name}")
    return Path(str(found)).read_text() if found else ""
