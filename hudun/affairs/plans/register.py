"""What the registers of the office give a plan: the shelters that stand ready, their entrances, the
people to call. What cannot be used is named with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hudun.assets.shelters.models import Condition, Opening, Shelter, WarUse
from hudun.core.organ import Organ, OrganKind

if TYPE_CHECKING:
    from hudun.affairs.plans.shelter_plan.ground import Entrances
    from hudun.affairs.plans.shelter_plan.points import Points

FOR_PEOPLE = (WarUse.FIRST_CLASS, WarUse.SECOND_CLASS, WarUse.OTHER, WarUse.UNKNOWN)
"""Wartime uses under which people are sheltered; 物资库 and the like take none."""
NAN = float("nan")


@dataclass
class Registered:
    """`rows` as they are kept in the book: one a shelter, with its doors."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        said = json.dumps(self.rows, ensure_ascii=False, sort_keys=True)
        return sha256(said.encode()).hexdigest()

    def line(self) -> str:
        places = sum(row["places"] for row in self.rows)
        return f"工程台账，{len(self.rows)} 个、{places:,} 个位置，未用 {len(self.faults)} 个"


def registered(organ: Organ, with_bad: bool = False) -> Registered:
    found = Registered()
    shelters = Shelter.objects.under(organ).standing().for_pages().order_by("number")
    doors: dict[Any, list[Opening]] = {}
    for opening in Opening.objects.entrances().filter(shelter__in=shelters).order_by("number"):
        doors.setdefault(opening.shelter_id, []).append(opening)
    for shelter in shelters:
        why = _unfit(shelter, with_bad)
        if why:
            found.faults.append(f"{shelter.number}：{why}")
        else:
            found.rows.append(_row(shelter, doors.get(shelter.pk, [])))
    return found


def _unfit(shelter: Shelter, with_bad: bool) -> str:
    if shelter.state != "in_service":
        return "停用"
    if not shelter.capacity:
        return "可掩蔽人数未知或为 0"
    if shelter.lon is None:
        return "位置未知"
    if shelter.war_use not in FOR_PEOPLE:
        return f"战时功能是{shelter.get_war_use_display()}，不掩蔽居民"
    if shelter.condition == Condition.BAD and not with_bad:
        return "工程状况较差"
    return ""


def _row(shelter: Shelter, openings: list[Opening]) -> dict[str, Any]:
    return {
        "id": shelter.number,
        "title": shelter.name,
        "address": shelter.address,
        "keeper": shelter.maintainer_person or shelter.maintainer_name,
        "phone": shelter.maintainer_phone,
        "community": shelter.community,
        "lon": shelter.lon,
        "lat": shelter.lat,
        "places": shelter.capacity,
        "doors": [
            {
                "name": f"{opening.get_kind_display()} {opening.number}",
                "lon": opening.lon,
                "lat": opening.lat,
                "width": opening.clear_width_m,
            }
            for opening in openings
            if opening.lon is not None
        ],
    }


def points_of(rows: list[dict[str, Any]]) -> tuple[Points, Entrances]:
    """As if they had been read from files; a shelter without a placed entrance has one where it
    stands."""
    from hudun.affairs.plans.shelter_plan.ground import Entrances
    from hudun.affairs.plans.shelter_plan.points import Points

    points, doors = Points(Path("工程台账")), Entrances()
    for owner, row in enumerate(rows):
        points.id.append(row["id"])
        points.numbers.append(row["places"])
        points.places.append((row["lon"], row["lat"]))
        points.nodes.append(-1)
        points.community.append(row["community"])
        points.vulnerables.append(0)
        points.widths.append(NAN)
        points.accesses.append(0.0)
        points.kinds.append("")
        for door in row["doors"] or [{"lon": row["lon"], "lat": row["lat"], "width": None}]:
            width = NAN if door["width"] is None else float(door["width"])
            doors.add(owner, (door["lon"], door["lat"]), -1, width, 0.0)
    points.rows = len(rows)
    return points, doors.in_order()


def contacts(organ: Organ) -> dict[str, list[dict[str, str]]]:
    """Whom a community answers by, as the tree of organs says."""
    found = Organ.objects.under(organ).kind(OrganKind.COMMUNITY).active().exclude(contact="")
    return {one.name: [{"name": one.contact, "phone": one.phone, "duty": "召集"}] for one in found}
