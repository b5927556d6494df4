"""Communities, shelters and gaps of a version; one community, one shelter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hudun.affairs.plans.book.balance import REASON_WORDS, REASONS
from hudun.affairs.plans.models import CommunityRow, Drill, PairRow, ShelterRow
from hudun.affairs.plans.reading import gaps_of, list_of, needs_of, picture_of, sheet_of

from .base import page_of, version_at

PAGE = 100
NAME, LEFT, PEOPLE = "position", "left", "people"


@require_safe
def communities(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = version_at(request, pk)
    rows = CommunityRow.objects.of(version)
    word = request.GET.get("q", "").strip()
    shown = rows.filter(name__icontains=word) if word else rows
    shown = shown.lacking() if request.GET.get("only") == LEFT else shown
    context = page_of(
        version, "communities", page=_page(request, shown), word=word,
        only=request.GET.get("only", ""), lacking=rows.lacking().count(), count=rows.count(),
    )  # fmt: skip
    return render(request, "plans/communities.html", context)


@require_safe
def community(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    version = version_at(request, pk)
    sheet = sheet_of(version, position)
    rows = [{**row, "why": REASON_WORDS.get(row["reason"], "")} for row in sheet["rows"]]
    lacking = [(REASON_WORDS[name], sheet[name]) for name in REASONS if sheet[name]]
    context = page_of(
        version, "communities", sheet=sheet, position=position, rows=rows, lacking=lacking,
        left=sheet["people"] - sheet["covered"], picture=bool(picture_of(version, position)),
        level=_sheet_level(sheet),
        drills=Drill.objects.of_version(version).filter(position=position),
    )  # fmt: skip
    return render(request, "plans/community.html", context)


def _sheet_level(sheet: dict[str, Any]) -> bool:
    """The rows of the page add up to its totals."""
    inside = sum(to["people"] for row in sheet["rows"] for to in row["to"])
    return bool(
        sheet["people"] == sum(row["people"] for row in sheet["rows"])
        and sheet["covered"] == inside == sum(one["people"] for one in sheet["shelters"])
        and sheet["people"] - inside == sum(row["left"] for row in sheet["rows"])
    )


@require_safe
def shelters(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = version_at(request, pk)
    rows = ShelterRow.objects.of(version)
    word = request.GET.get("q", "").strip()
    shown = rows.filter(name__icontains=word) | rows.filter(title__icontains=word) if word else rows
    context = page_of(
        version, "shelters", page=_page(request, shown), word=word, count=rows.count(),
        free=version.totals["places"] - version.totals["covered"],
    )  # fmt: skip
    return render(request, "plans/shelters.html", context)


@require_safe
def shelter(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    version = version_at(request, pk)
    listed = list_of(version, position)
    pairs = PairRow.objects.of(version).filter(shelter__position=position)
    curve = [
        {"minute": minute, "arrived": arrived, "inside": inside}
        for minute, (arrived, inside) in enumerate(
            zip(listed["arrived"], listed["inside"], strict=True)
        )
        if arrived
    ]
    context = page_of(
        version, "shelters", listed=listed, position=position, curve=curve,
        pairs=pairs.select_related("community").order_by("-people"),
        level=listed["people"] == sum(row["people"] for row in listed["rows"]),
    )  # fmt: skip
    return render(request, "plans/shelter.html", context)


@require_safe
def gaps(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = version_at(request, pk)
    why = request.GET.get("why", "")
    every = gaps_of(version)
    rows = [row | {"word": REASON_WORDS[row["reason"]]} for row in every]
    shown = [row for row in rows if row["reason"] == why] if why in REASONS else rows
    wanted = needs_of(version)
    context = page_of(
        version, "gaps", why=why,
        page=_page(request, sorted(shown, key=lambda row: -row["people"])),
        shown=sum(row["people"] for row in shown),
        reasons=[(name, REASON_WORDS[name], version.totals[name]) for name in REASONS],
        wider=[row for row in wanted if row["kind"] == "扩容"],
        new=[row for row in wanted if row["kind"] == "新建"],
        new_people=sum(row["people"] for row in wanted if row["kind"] == "新建"),
        wider_people=sum(row["people"] for row in wanted if row["kind"] == "扩容"),
    )  # fmt: skip
    return render(request, "plans/gaps.html", context)


def _page(request: HttpRequest, rows: Any) -> Any:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))
