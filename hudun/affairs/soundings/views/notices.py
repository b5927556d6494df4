"""The notice after a stop, or after a siren that sounded by itself: prepared, read, issued."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hudun.affairs.soundings.actions import issue_stop_notice
from hudun.affairs.soundings.actions.papers import file_stop_notice
from hudun.affairs.soundings.models import Alert, StopOrder
from hudun.affairs.soundings.papers import stop_text
from hudun.core.error import Problem
from hudun.core.paper.models import IssuedPaper
from hudun.core.web import actor_of

from .base import found


@require_http_methods(["GET", "POST"])
def stop_notice(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    cause = found(StopOrder, request, pk) if kind == "stops" else found(Alert, request, pk)
    text = request.POST.get("text", "").strip()
    problem = None
    if request.method == "POST":
        try:
            issue_stop_notice(
                actor_of(request), cause, text=text, reason=request.POST.get("reason", "")
            )
            return redirect(request.path)
        except Problem as refused:
            problem = refused
    context = {
        "cause": cause,
        "text": text or stop_text(cause),
        "problem": problem,
        "papers": IssuedPaper.objects.about(cause),
        "may_issue": file_stop_notice.allowed(actor_of(request), cause),
    }
    status = problem.status if problem else 200
    return render(request, "soundings/stop_notice.html", context, status=status)
