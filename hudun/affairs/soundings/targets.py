"""Whom a plan, an order or a stop means: which sirens, in which words, by which frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shapely import intersects_xy, prepare
from shapely.errors import GEOSException
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from hudun.assets.sirens.models import Siren, SirenGroup
from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.place import in_box
from hudun.wire.frames import Target

from .models import TargetKind

Given = dict[str, Any]
LONGEST_LIST = 120
"""Characters: orders and stops keep a text of 200."""


@dataclass(frozen=True)
class Aim:
    """The sirens meant, those with a terminal first asked by ``frame_target``."""

    text: str
    sirens: Sequence[Siren]
    group: int | None
    """0 is everybody; None: the sirens are named one by one."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The sirens that obey frames."""
        return tuple(siren.number for siren in self.sirens if siren.has_terminal)

    @property
    def needs_list(self) -> bool:
        return self.group is None and len(self.numbers) > Target.MOST_SIRENS


def aim(office: Organ, kind: str, given: Given) -> Aim:
    """Problem 422.44 when nobody is meant."""
    text, sirens, group = _FINDERS[TargetKind(kind)](office, given)
    found = Aim(text, list(sirens), group)
    if not found.numbers:
        raise Problem("422.44", target=text)
    return found


def describe(office: Organ, kind: str, given: Given) -> str:
    return _FINDERS[TargetKind(kind)](office, given)[0]


Found = tuple[str, Sequence[Siren], int | None]


def _everybody(office: Organ) -> Any:
    return Siren.objects.filter(office=office).orderable().order_by("number")


def _all(office: Organ, _given: Given) -> Found:
    return "全部警报器", _everybody(office), 0


def _subdistricts(office: Organ, given: Given) -> Found:
    ids = [UUID(str(one)) for one in given.get("organs", ())]
    organs = [organ for organ in Organ.objects.filter(pk__in=ids) if office.contains(organ)]
    sirens = [
        siren
        for siren in _everybody(office).select_related("organ")
        if any(organ.contains(siren.organ) for organ in organs)
    ]
    names = _listed([organ.name for organ in organs], "", "个街道")
    return names or "（未选街道）", sirens, None


def _group(office: Organ, given: Given) -> Found:
    group = SirenGroup.objects.filter(organ=office, number=int(given.get("group", 0))).first()
    if group is None:
        return f"编组 {given.get('group')}", [], None
    return f"编组 {group}", _everybody(office).filter(groups=group), group.number


def _area(office: Organ, given: Given) -> Found:
    area = _polygon(given.get("area"))
    near = _everybody(office).filter(in_box(*area.bounds))
    return "地图划定范围", [s for s in near if intersects_xy(area, s.lon, s.lat)], None


def _sirens(office: Organ, given: Given) -> Found:
    numbers = [int(number) for number in given.get("sirens", ())]
    sirens = _everybody(office).numbered(numbers)
    text = _listed([str(number) for number in sorted(numbers)], " 号警报器", "台警报器")
    return text, sirens, None


def _listed(names: Sequence[str], end: str, unit: str) -> str:
    """All of them, or as many as a line of text takes, and how many there are."""
    whole = "、".join(names)
    if len(whole) <= LONGEST_LIST:
        return f"{whole}{end}" if names else ""
    told = whole[:LONGEST_LIST].rpartition("、")[0]
    return f"{told} 等 {len(names)} {unit}"


def _polygon(geometry: Any) -> BaseGeometry:
    try:
        area = shape(geometry)
    except (GEOSException, AttributeError, KeyError, TypeError, ValueError) as error:
        raise Problem("422.45", fields={"target": "请在地图上重新划定"}) from error
    if area.is_empty or not area.is_valid or area.area == 0:
        raise Problem("422.45", fields={"target": "请在地图上重新划定"})
    prepare(area)
    return area


_FINDERS = {
    TargetKind.ALL: _all,
    TargetKind.SUBDISTRICT: _subdistricts,
    TargetKind.GROUP: _group,
    TargetKind.AREA: _area,
    TargetKind.SIRENS: _sirens,
}
