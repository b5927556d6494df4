"""Outlines of districts, from the data of the installation."""

import json
from collections.abc import Collection
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from hudun.core.organ import Organ, OrganKind, User

Feature = dict[str, Any]


@cache
def outlines() -> dict[str, Feature]:
    """Division code → GeoJSON feature."""
    found: dict[str, Feature] = {}
    for file in sorted(settings.BOUNDARIES_DIR.glob("*.geojson")):
        for feature in json.loads(file.read_text())["features"]:
            found[feature["properties"]["code"]] = feature
    return found


def collection(codes: Collection[str]) -> dict[str, Any]:
    features = [outlines()[code] for code in codes if code in outlines()]
    return {"type": "FeatureCollection", "features": features}


def districts_of(user: User) -> list[str]:
    """Codes of the districts that a person sees, or in which they hold a post."""
    below = Organ.objects.visible_to(user).kind(OrganKind.DISTRICT)
    above = {path for organ in user.organs() for path in organ.paths_above()}
    around = Organ.objects.filter(path__in=above).kind(OrganKind.DISTRICT)
    return [organ.code for organ in [*below, *around] if organ.code]


@require_safe
def boundary(request: HttpRequest) -> JsonResponse:
    user = request.user
    codes = districts_of(user) if isinstance(user, User) else []
    response = JsonResponse(collection(dict.fromkeys(codes)))
    response["Cache-Control"] = "private, max-age=3600"
    return response
