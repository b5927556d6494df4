"""What the pages of a version share: finding it, its tabs, whether its sums are level."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from hudun.affairs.plans.flow import READERS
from hudun.affairs.plans.models import Plan, Trial, Version
from hudun.affairs.plans.reading import balance_of
from hudun.core.error import Problem
from hudun.core.web import person_of

TABS = (
    ("", "总览"), ("communities", "社区"), ("shelters", "工程"), ("gaps", "缺口"),
    ("map", "地图"), ("loss", "损失"), ("leave", "疏散"), ("drills", "演练"),
)  # fmt: skip


def version_at(request: HttpRequest, pk: UUID, made: bool = True) -> Version:
    """404.1 outside the person's subtree, 403.0 for those who read no plans, 409.300 while there is
    nothing to see."""
    rows = Version.objects.visible_to(person_of(request))
    version = rows.select_related("organ", "plan", "run", "drafted_by").filter(pk=pk).first()
    if version is None:
        raise Problem("404.1")
    check_reader(request, version)
    if made and not version.made:
        raise Problem("409.300", plan=version.plan.title, edition=version.number)
    return version


def plan_at(request: HttpRequest, pk: UUID) -> Plan:
    plan = Plan.objects.visible_to(person_of(request)).select_related("organ").filter(pk=pk).first()
    if plan is None:
        raise Problem("404.1")
    check_reader(request, plan)
    return plan


def trial_at(request: HttpRequest, pk: UUID) -> Trial:
    rows = Trial.objects.visible_to(person_of(request))
    trial = rows.select_related("organ", "version__plan", "run", "became").filter(pk=pk).first()
    if trial is None:
        raise Problem("404.1")
    check_reader(request, trial)
    return trial


def check_reader(request: HttpRequest, record: Plan | Version | Trial) -> None:
    if not person_of(request).has_role(READERS, record.organ):
        raise Problem("403.0")


def page_of(version: Version, tab: str, **more: Any) -> dict[str, Any]:
    return {
        "version": version,
        "tab": tab,
        "tabs": tabs_of(version, tab),
        "totals": version.totals,
        "balance": balance_of(version),
        **more,
    }


def tabs_of(version: Version, here: str) -> list[dict[str, Any]]:
    home = f"/plans/versions/{version.pk}/"
    return [
        {"url": f"{home}{name}/" if name else home, "label": label, "here": name == here}
        for name, label in TABS
    ]


def shape_in(text: str) -> dict[str, Any] | None:
    """GeoJSON that a page sent; 422.309 where it is none."""
    if not text.strip():
        return None
    try:
        shape = json.loads(text)
        ring = shape["coordinates"][0]
        good = shape["type"] == "Polygon" and len(ring) >= 4 and all(_place(p) for p in ring)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise Problem("422.309", why="认不得的形状") from error
    if not good:
        raise Problem("422.309", why="至少要三个点")
    return {"type": "Polygon", "coordinates": [ring]}


def _place(point: Any) -> bool:
    lon, lat = point
    return bool(-180 <= lon <= 180 and -90 <= lat <= 90)
