"""The check templates that stand for the person's office, and making a new version of one."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.roles import HEADS
from hudun.affairs.inspections.standing import standing_templates
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.web import actor_of, person_of


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    texts = standing_templates(_office(request)).values()
    return render(request, "inspections/templates.html", {"texts": list(texts)})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str) -> HttpResponse:
    office = _office(request)
    text = standing_templates(office).get(slug)
    if text is None:
        raise Problem("404.0")
    if request.method == "POST":
        return _made(request, office, slug)
    context = {
        "text": text,
        "content": json.dumps(text.content, ensure_ascii=False, indent=1),
        "may": person_of(request).has_role(HEADS, office),
    }
    return render(request, "inspections/template.html", context)


def _made(request: HttpRequest, office: Organ, slug: str) -> HttpResponse:
    content = _content(request.POST.get("content", ""))
    if content.get("slug") != slug:
        raise Problem("422.100", where="slug", why="应与原表相同", fields={"slug": "不同"})
    actor = actor_of(request).because(request.POST.get("reason", ""))
    made = actions.make_template(actor, office, content)
    messages.success(request, f"{made}已制定，此后的检查用这一版。")
    return redirect("check-template", slug=slug)


def _content(typed: str) -> dict[str, Any]:
    try:
        content = json.loads(typed)
    except ValueError as error:
        raise Problem("422.100", where="内容", why="不是 JSON", fields={"content": "不是 JSON"}) \
            from error  # fmt: skip
    return content if isinstance(content, dict) else {}


def _office(request: HttpRequest) -> Organ:
    """Of the highest post that the person holds."""
    paths = sorted((post.path for post in person_of(request).held), key=len)
    if not paths:
        raise Problem("403.0")
    return Organ.objects.get(path=paths[0]).seat()
