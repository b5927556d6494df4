"""The map of a ledger, and its points by bounding box."""

from typing import Any

from django.db.models import Avg, Count, F, Max, Min, QuerySet
from django.db.models.functions import Floor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from hudun.core.error import Problem
from hudun.core.ledger.filters import narrowed
from hudun.core.ledger.ledger import Ledger
from hudun.core.place import in_box
from hudun.core.templatetags.house import tone_of
from hudun.core.web import person_of

from .listing import frame

MAX_POINTS = 2_000
CELLS = 32
"""Of the grid, along its longer side."""


def page(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    bound = narrowed(ledger, person_of(request), request.GET)
    context = frame(request, ledger, bound)
    points = f"{reverse(f'{ledger.slug}-points')}?{context['query']}"
    unplaced = bound.qs.filter(lon=None).count()
    states = list(ledger.flow.states.values()) if ledger.flow else []
    marks: dict[str, list[str]] = {tone_of(state.colour): [] for state in states}
    for state in states:
        marks[tone_of(state.colour)].append(state.label)
    return render(
        request,
        "core/ledger/map.html",
        {**context, "points": points, "unplaced": unplaced, "marks": marks},
    )


def points(request: HttpRequest, ledger: Ledger[Any]) -> JsonResponse:
    """GeoJSON of what is placed; `bbox=west,south,east,north` narrows it. Where there are too many
    to draw, how many there are in each cell of a grid, and `clustered` says so."""
    found = narrowed(ledger, person_of(request), request.GET).qs.exclude(lon=None)
    if box := request.GET.get("bbox"):
        found = found.filter(in_box(*_box(box)))
    if len(found.order_by().values_list("pk")[: MAX_POINTS + 1]) > MAX_POINTS:
        made = {**collection(cells(found)), "clustered": True}
    else:
        made = collection([feature(ledger, record) for record in found])
    return JsonResponse(
        made, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False}
    )


def cells(found: "QuerySet[Any]") -> list[dict[str, Any]]:
    """A point for each cell, where its records are on average."""
    ends = found.order_by().aggregate(Min("lon"), Max("lon"), Min("lat"), Max("lat"))
    wide, high = ends["lon__max"] - ends["lon__min"], ends["lat__max"] - ends["lat__min"]
    step = max(wide, high, 1e-6) / CELLS
    counted = (
        found.order_by()
        .values(column=Floor(F("lon") / step), row=Floor(F("lat") / step))
        .annotate(count=Count("*"), east=Avg("lon"), north=Avg("lat"))
    )
    return [_cell(each) for each in counted]


def _cell(found: dict[str, Any]) -> dict[str, Any]:
    count = found["count"]
    properties = {
        "id": f"{found['column']:.0f}/{found['row']:.0f}",
        "name": f"{count:,} 处",
        "mark": "info",
        "state": "",
        "note": "放大地图后逐处显示",
        "url": "",
        "count": count,
    }
    point = {"type": "Point", "coordinates": [found["east"], found["north"]]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise Problem("400.1", reason="bbox 应为 西,南,东,北 四个数") from None
    return west, south, east, north


def feature(ledger: Ledger[Any], record: Any) -> dict[str, Any]:
    state = ledger.state_of(record)
    properties = {
        "id": str(record.pk),
        "name": str(record),
        "mark": tone_of(state.colour) if state else "ok",
        "state": state.label if state else "",
        "note": ledger.note_of(record),
        "url": ledger.url("detail", record),
    }
    point = {"type": "Point", "coordinates": [record.lon, record.lat]}
    return {"type": "Feature", "id": str(record.pk), "geometry": point, "properties": properties}
