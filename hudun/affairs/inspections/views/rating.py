"""Working out the ratings of a period, and deciding many at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import OutcomeKind, Rating
from hudun.affairs.inspections.roles import STAFF
from hudun.core.action import together
from hudun.core.web import actor_of, person_of

from .base import day_of, seat_of

ONE_BY_ONE = (OutcomeKind.DAMAGE,)
"""Nobody is punished by a tick in a list."""


@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    seat = seat_of(person_of(request), STAFF)
    first, last = day_of(request, "first"), day_of(request, "last")
    actions.rate_period(actor_of(request), seat, first, last)
    made = Rating.objects.of_period(first, last).under(seat).filter(state="draft").count()
    messages.success(request, f"已计算 {made} 处，待评定。")
    return redirect("ratings-list")


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """All drafts of the period as proposed, save those that want a look of their own."""
    actor = actor_of(request)
    first, last = day_of(request, "first"), day_of(request, "last")
    drafts = Rating.objects.visible_to(person_of(request)).of_period(first, last)
    chosen = drafts.filter(state="draft").exclude(proposed__in=ONE_BY_ONE)
    with together():
        decided = [
            actions.decide_rating(actor, rating)
            for rating in chosen.select_related("organ", "plate")
        ]
    messages.success(request, f"已评定 {len(decided)} 处；毁损处罚请逐件评定。")
    return redirect("ratings-list")
