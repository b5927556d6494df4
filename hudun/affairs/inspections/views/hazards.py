"""Answering with an account, sending a notice about several hazards, telling a street."""

from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.actions.notices import found_on_plate
from hudun.affairs.inspections.answering import AnswerForm, check_size, photos_of, stands_at
from hudun.affairs.inspections.limits import limits_of
from hudun.affairs.inspections.links import why_closed
from hudun.affairs.inspections.models import Hazard, Notice
from hudun.affairs.inspections.papers.bulletin import KEY as BULLETIN_KEY
from hudun.affairs.inspections.responsible import responsible_for
from hudun.affairs.inspections.roles import STAFF
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.organ import Organ, OrganKind
from hudun.core.paper.models import IssuedPaper
from hudun.core.plate import Plate
from hudun.core.web import actor_of, person_of

REPAIRABLE = (409, 413, 415, 422, 429)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is mine to mend, by when, how do I answer."""
    user = person_of(request)
    hazards = list(Hazard.objects.mine(user).worst_first().loaded().prefetch_related("replies"))
    context = {
        "to_mend": [hazard for hazard in hazards if hazard.state == "noticed"],
        "waiting": [hazard for hazard in hazards if hazard.state == "replied"],
        "others": [hazard for hazard in hazards if hazard.state in ("found", "enforcement")],
    }
    return render(request, "inspections/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    hazard = _hazard(request, pk)
    organ = stands_at(person_of(request), hazard)
    if organ is None:
        raise Problem("403.0")
    if request.method != "POST":
        return _answer_page(request, hazard, AnswerForm.fresh(hazard))
    check_size(request)
    form = AnswerForm.sent(hazard, request)
    status = _answered(request, hazard, organ, form)
    if status:
        return _answer_page(request, hazard, form, status)
    messages.success(request, "回复已收到，等待复查。")
    return redirect("hazards-detail", pk=pk)


def _answered(request: HttpRequest, hazard: Hazard, organ: Organ, form: AnswerForm) -> int:
    if not form.is_valid():
        return 422
    given = form.cleaned_data
    try:
        photos = photos_of(request, given["token"])
        actions.answer(
            actor_of(request), organ, hazard,
            text=given["text"], photos=photos, token=given["token"],
        )  # fmt: skip
    except Problem as problem:
        if problem.status not in REPAIRABLE:
            raise
        form.refuse(problem)
        return problem.status
    return 0


def _answer_page(
    request: HttpRequest, hazard: Hazard, form: AnswerForm, status: int = 200
) -> HttpResponse:
    context = {"hazard": hazard, "form": form, "with_csrf": True, "send_url": request.path}
    return render(request, "inspections/answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def write_notice(request: HttpRequest, code: str) -> HttpResponse:
    plate = Plate.objects.visible_to(person_of(request)).by_code(code).first()
    if plate is None:
        raise Problem("404.1")
    waiting = found_on_plate(plate)
    if request.method == "POST":
        chosen = [hazard for hazard in waiting if str(hazard.pk) in request.POST.getlist("hazards")]
        notice = actions.issue_notice(actor_of(request), plate, chosen)
        messages.success(request, "整改通知已印发。")
        return redirect("hazard-notices-detail", pk=notice.pk)
    limits, today = limits_of(plate.organ, clock.today()), clock.today()
    context = {
        "plate": plate,
        "unit": responsible_for(plate).unit,
        "rows": [(hazard, limits.mend(hazard.grade, today)) for hazard in waiting],
        "sample": limits.rule.value.get("sample"),
        "may": person_of(request).has_role(STAFF, plate.organ),
    }
    return render(request, "inspections/write_notice.html", context)


@require_POST
def show_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """By POST, because it is a line of the journal."""
    notice = _notice(request, pk)
    context = {"notice": notice, "closed": why_closed(notice)}
    if not context["closed"]:
        link = actions.show_link(actor_of(request), notice)
        context |= {"link": link, "qr": segno.make(link, error="m").svg_data_uri(border=2)}
    response = render(request, "inspections/link.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """The streets with what is open in each."""
    user = person_of(request)
    streets = Organ.objects.visible_to(user).active().kind(OrganKind.SUBDISTRICT)
    rows = [_street(street) for street in streets.order_by("path")]
    context = {"rows": [row for row in rows if row["open"]], "may": user.has_any_role(*STAFF)}
    return render(request, "inspections/bulletins.html", context)


def _street(street: Organ) -> dict[str, object]:
    hazards = Hazard.objects.open().under(street)
    papers = IssuedPaper.objects.about(street).filter(kind=BULLETIN_KEY)
    return {
        "street": street,
        "open": hazards.count(),
        "overdue": hazards.overdue().count(),
        "replied": hazards.filter(state="replied").count(),
        "papers": list(papers[:3]),
    }


@require_POST
def issue_bulletin(request: HttpRequest, pk: UUID) -> HttpResponse:
    street = Organ.objects.visible_to(person_of(request)).filter(pk=pk).first()
    if street is None:
        raise Problem("404.1")
    issued = actions.issue_bulletin(actor_of(request), street)
    messages.success(request, f"已印发 {issued.number}。")
    return redirect("bulletins")


def _hazard(request: HttpRequest, pk: UUID) -> Hazard:
    found = Hazard.objects.visible_to(person_of(request)).loaded().filter(pk=pk).first()
    if found is None:
        raise Problem("404.1")
    return found


def _notice(request: HttpRequest, pk: UUID) -> Notice:
    shown = Notice.objects.visible_to(person_of(request)).select_related("plate", "paper", "organ")
    found = shown.filter(pk=pk).first()
    if found is None:
        raise Problem("404.1")
    return found
