"""The shift log: a panel of the duty desk, and a page of its own."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.organ import Organ, User
from hudun.core.web import actor_of, is_htmx, person_of

from . import actions
from .flow import WATCHMEN
from .forms import EntryForm, HandoverForm
from .models import LogEntry, Watch

SHOWN = 30


def office_of(user: User) -> Organ:
    """The office at whose desk this person stands: the highest in which they may be on watch,
    else the highest in which they hold any post."""
    posts = sorted(user.held, key=lambda post: (post.role not in WATCHMEN, post.path))
    if not posts:
        raise Problem("403.0")
    return Organ.objects.get(path=posts[0].path)


@require_safe
def panel(request: HttpRequest) -> HttpResponse:
    return _panel(request)


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    form = EntryForm(request.POST)
    if not form.is_valid():
        return _panel(request, entry=form, status=422)
    office = office_of(person_of(request))
    actions.write(actor_of(request), office, form.cleaned_data["text"], form.cleaned_data["kind"])
    return _done(request)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    actions.begin_watch(actor_of(request), office_of(person_of(request)))
    return _done(request)


@require_POST
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    watch = _watch(request, pk)
    form = HandoverForm(watch.organ, watch.person, request.POST)
    if not form.is_valid():
        return _panel(request, handover=form, status=422)
    given = form.cleaned_data
    actions.hand_over(actor_of(request), watch, given["handed_to"], given["handover"])
    return _done(request)


@require_POST
def take_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.take_over(actor_of(request), _watch(request, pk))
    return _done(request)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.take_back(actor_of(request), _watch(request, pk))
    return _done(request)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """One day of the log, for reading and printing."""
    user = person_of(request)
    day = _day(request)
    midnight = datetime.combine(day, time(), clock.BEIJING).astimezone(UTC)
    entries = LogEntry.objects.visible_to(user).between(midnight, midnight + timedelta(days=1))
    context = {
        "entries": entries.select_related("person", "organ").order_by("at"),
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < clock.today() else None,
        "office": office_of(user),
    }
    return render(request, "duty/log.html", context)


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()


def _watch(request: HttpRequest, pk: UUID) -> Watch:
    watch = Watch.objects.visible_to(person_of(request)).with_people().filter(pk=pk).first()
    if watch is None:
        raise Problem("404.1")
    return watch


def _done(request: HttpRequest) -> HttpResponse:
    return _panel(request) if is_htmx(request) else redirect("duty-log")


def _panel(
    request: HttpRequest,
    *,
    entry: EntryForm | None = None,
    handover: HandoverForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = person_of(request)
    office = office_of(user)
    watches = list(Watch.objects.under(office).open().with_people())
    mine = next((watch for watch in watches if watch.person == user and watch.state == "on"), None)
    context = {
        "office": office,
        "watches": watches,
        "mine": mine,
        "to_me": [w for w in watches if w.handed_to == user and w.state == "handed"],
        "may_watch": user.has_role(WATCHMEN, office),
        "entries": LogEntry.objects.under(office).newest(SHOWN),
        "entry": entry or EntryForm(),
        "handover": handover or (HandoverForm(office, user) if mine else None),
    }
    return render(request, "duty/panel.html", context, status=status)
