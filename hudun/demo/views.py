"""The clock of the demonstration: a sounding that is twelve days away can be watched now."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hudun.affairs.soundings.models import Plan
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.web import person_of
from hudun.demo import problems as _problems  # noqa: F401  (makes the numbers known)
from hudun.demo.wish import Wish

RATES = (1, 10, 60)
BEFORE_START = timedelta(seconds=60)
FURTHEST = timedelta(days=400)


@require_http_methods(["GET", "POST"])
def clock_page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        _wish(request).make()
        return redirect("demo-clock")
    plans = Plan.objects.visible_to(person_of(request)).coming(clock.today())[:5]
    targets = [(plan, plan.start - BEFORE_START) for plan in plans]
    morning = clock.beijing(clock.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0)
    context = {"rates": RATES, "targets": targets, "morning": morning, "now": clock.now()}
    return render(request, "demo/clock.html", context)


def _wish(request: HttpRequest) -> Wish:
    if rate := request.POST.get("rate"):
        return Wish(rate=_rate(rate))
    return Wish(moment=_moment(request.POST.get("moment", "")).timestamp())


def _rate(text: str) -> float:
    if not text.isdecimal() or int(text) not in RATES:
        raise Problem("422.90")
    return float(text)


def _moment(text: str) -> datetime:
    """Ahead, and not absurdly far: time never runs backwards."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Problem("422.90") from None
    if moment.tzinfo is None or not clock.now() < moment < clock.now() + FURTHEST:
        raise Problem("422.90")
    return moment
