"""The first page: what is due, what is open."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hudun.core import clock, shell


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "core/home.html", {"cards": shell.home_cards(request)})


@login_not_required
@require_safe
def office_time(_request: HttpRequest) -> JsonResponse:
    """Milliseconds since 1970 by the office's clock, for pages that stay open. They ask without
    a cookie: looking at the clock is no sign that somebody is there."""
    return JsonResponse({"now": int(clock.now().timestamp() * 1000)})
