"""A short link to one notice: who holds it reads what is to be mended and says what was done.

The secret is in the address, so the address goes nowhere: no Referer, no cache, no index, no log
line. Nothing rides on a cookie, hence no CSRF token. Every use is a line of the journal.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.answering import AnswerForm, check_size, photos_of
from hudun.affairs.inspections.links import notice_of, why_closed
from hudun.affairs.inspections.models import Hazard, Notice
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.web import problem_response

from .plates import origin_of

View = Callable[..., HttpResponse]
OPENINGS_AN_HOUR = 60
GUESSES, GUESSING_S = 20, 600
ANSWERABLE = ("noticed", "replied")


def hushed(view: View) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Problem as problem:
            response = problem_response(request, problem)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cache-Control"] = "no-store"
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return shown


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD"])
@hushed
def notice(request: HttpRequest, secret: str) -> HttpResponse:
    return _page(request, _opened(request, secret), secret)


@login_not_required
@csrf_exempt
@require_POST
@hushed
def answer(request: HttpRequest, secret: str, pk: UUID) -> HttpResponse:
    check_size(request)
    found = _opened(request, secret)
    hazard = found.hazards.filter(pk=pk).first()
    if hazard is None:
        raise Problem("404.120")
    form = AnswerForm.sent(hazard, request)
    status = _answered(request, hazard, form)
    if status:
        return _page(request, found, secret, {hazard.pk: form}, status)
    return _page(request, found, secret, sent=hazard)


def _answered(request: HttpRequest, hazard: Hazard, form: AnswerForm) -> int:
    """0, or the status of the page that gives the form back with all that was typed."""
    if not form.is_valid():
        return 422
    given = form.cleaned_data
    try:
        photos = photos_of(request, given["token"])
        actions.answer(
            _somebody(hazard.organ.seat()), hazard.organ, hazard,
            text=given["text"], photos=photos, token=given["token"],
        )  # fmt: skip
    except Problem as problem:
        form.refuse(problem)
        return problem.status
    return 0


def _opened(request: HttpRequest, secret: str) -> Notice:
    _check_guessing(request)
    found = notice_of(secret)
    if found is None:
        _count_guess(request)
        raise Problem("404.120")
    if why := why_closed(found):
        raise Problem("410.120", why=why)
    since = clock.now() - timedelta(hours=1)
    lines = JournalLine.objects.of(found).filter(verb="inspections.open_link", at__gte=since)
    if lines.count() >= OPENINGS_AN_HOUR:
        raise Problem("429.121")
    actions.open_link(_somebody(found.organ.seat()), found)
    return found


def _somebody(organ: object) -> Actor:
    """Whoever holds the link. Their address is not kept: the journal has no personal data."""
    return Actor.system(organ, "回复链接").because("持链接回复")  # type: ignore[arg-type]


def _guess_key(request: HttpRequest) -> str:
    return f"reply-guess:{origin_of(request)}"


def _check_guessing(request: HttpRequest) -> None:
    if (cache.get(_guess_key(request)) or 0) >= GUESSES:
        raise Problem("429.121")


def _count_guess(request: HttpRequest) -> None:
    cache.add(_guess_key(request), 0, GUESSING_S)
    cache.incr(_guess_key(request))


def _page(
    request: HttpRequest,
    found: Notice,
    secret: str,
    tried: dict[UUID, AnswerForm] | None = None,
    status: int = 200,
    sent: Hazard | None = None,
) -> HttpResponse:
    hazards = list(found.hazards.prefetch_related("replies").order_by("found_at", "pk"))
    context = {
        "notice": found,
        "office": found.organ.seat(),
        "secret": secret,
        "items": [_item(hazard, (tried or {}).get(hazard.pk)) for hazard in hazards],
        "sent": sent,
    }
    return render(request, "public/reply.html", context, status=status)


def _item(hazard: Hazard, tried: AnswerForm | None) -> dict[str, object]:
    asked = hazard.state in ANSWERABLE
    seen = hazard.sightings.order_by("-at").first()
    again = hazard.state == "noticed" and bool(hazard.replies.all())
    return {
        "hazard": hazard,
        "form": (tried or AnswerForm.fresh(hazard)) if asked else None,
        "replies": list(hazard.replies.all()),
        "refused": seen.comment if seen and again else "",
    }
