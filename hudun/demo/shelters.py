"""The demonstration's shelters: made up, as no open list of a district's shelters exists. Some of
them lack what real registers lack: a capacity, a position, a year."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from shapely.geometry import shape

from hudun.assets.shelters import actions
from hudun.assets.shelters.models import Shelter
from hudun.core.action import Actor, together
from hudun.core.organ import Organ
from hudun.core.place.boundary import outlines
from hudun.demo.people import COMPANY
from hudun.demo.positions import Position, positions

COUNT = 40
LACKING = {7: "capacity", 13: "source_lon", 21: "built_year", 29: "built_m2", 33: "capacity"}
"""Which shelter has no such figure."""
GARDENS = ("锦苑", "华庭", "新村", "广场", "名邸", "家园", "大厦", "花园")
PEACE = ("parking", "parking", "parking", "goods", "trade", "idle", "culture", "publicity")
EQUIPMENT = (
    ("防护设备", "钢筋混凝土防护密闭门", "HFM1520（6）", 6),
    ("通风空调", "油网滤尘器", "LWP-D", 2),
    ("通风空调", "过滤吸收器", "RFP-1000", 2),
    ("给排水供油", "潜水排污泵", "50WQ10-10", 4),
    ("电气", "战时电源配电箱", "XL-21", 2),
    ("信息", "户内型警报终端", "DEMO-1", 1),
)


def settle_shelters(district: Organ, number: int) -> list[Shelter]:
    actor = Actor.system(district, "demo")
    outline = shape(outlines()[str(district.code)]["geometry"])
    chance = random.Random(number)
    with together():
        return [
            _settle(actor, serial, place, chance)
            for serial, place in enumerate(positions(COUNT, outline, number + 1), start=1)
        ]


def _settle(actor: Actor, serial: int, place: Position, chance: random.Random) -> Shelter:
    street = Organ.objects.get(code=place.subdistrict)
    communities = Organ.objects.under(street).filter(kind="community").order_by("code")
    organ = communities[serial % max(1, communities.count())] if communities else street
    fields = _fields(serial, place, organ, chance)
    if missing := LACKING.get(serial):
        fields[missing] = None
    if missing == "source_lon":
        fields["source_lat"] = None
    shelter = actions.register_shelter(actor, organ, **fields)
    _furnish(actor, shelter, place, chance)
    if serial % 5 == 0:
        shelter = actions.publish(actor.because("演示：居民应急避难"), shelter)
    return shelter


def _fields(serial: int, place: Position, organ: Organ, chance: random.Random) -> dict[str, Any]:
    early = serial % 10 == 0
    area = chance.randrange(300, 900) if early else chance.randrange(1500, 12000)
    name = (
        f"{organ.name.removesuffix('居委会').removesuffix('社区')}{GARDENS[serial % len(GARDENS)]}"
    )
    return {
        "number": f"TX-{serial:03}",
        "name": f"{name}{'早期地道' if early else '防空地下室'}（演示）",
        "kind": "underpass" if early else "basement",
        "built_year": 1972 if early else 1998 + serial % 26,
        "war_use": "second_class" if serial % 4 else "goods",
        "peace_use": "idle" if early else PEACE[serial % len(PEACE)],
        "nuclear": "" if early else "6",
        "conventional": "" if early else "6",
        "chemical": "" if early else "C",
        "built_m2": float(area),
        "shelter_m2": float(round(area * 0.7)),
        "capacity": round(area * 0.7),
        "condition": ("good", "good", "fair", "bad")[serial % 4],
        "address": f"{organ.parent.name if organ.parent else ''}{name}地下",
        "source_lon": place.lon,
        "source_lat": place.lat,
        "owner_name": f"{name}业主委员会（演示）",
        "user_name": f"{name}停车场（演示）",
        "maintainer_name": COMPANY if serial % 4 == 2 else f"物业{serial % 7 + 1}公司（演示）",
        "maintainer_person": f"{'周吴郑王'[serial % 4]}经理",
        "maintainer_phone": f"0731-8555{2000 + serial}",
        "remark": "演示数据，为虚构。",
    }


def _furnish(actor: Actor, shelter: Shelter, place: Position, chance: random.Random) -> None:
    """One 防护单元 for every 2,000 m², two entrances, and every third with its equipment."""
    area = shelter.built_m2 or 0
    units = max(1, round(area / 2000 + 0.5))
    for i in range(1, units + 1):
        actions.add_unit(actor, shelter.organ, shelter=shelter, number=str(i),
                         war_use=shelter.war_use, built_m2=round(area / units) or None)  # fmt: skip
    for number, kind, lon, lat in _doors(place, chance):
        actions.add_opening(
            actor, shelter.organ, shelter=shelter, number=number, kind=kind,
            clear_width_m=1.5 if kind == "main" else 1.2, clear_height_m=2.0,
            source_lon=lon if shelter.lon else None, source_lat=lat if shelter.lon else None,
        )  # fmt: skip
    if not shelter.number.endswith(("1", "4", "7")):
        return
    for i, (system, name, model, count) in enumerate(EQUIPMENT, start=1):
        actions.add_equipment(
            actor, shelter.organ, shelter=shelter, number=f"S{i}", system=system, name=name,
            model_name=model, quantity=count, condition="good",
        )  # fmt: skip


def _doors(place: Position, chance: random.Random) -> Iterator[tuple[str, str, float, float]]:
    for i, kind in enumerate(("main", "second"), start=1):
        lon, lat = place.lon + chance.uniform(-4e-4, 4e-4), place.lat + chance.uniform(-4e-4, 4e-4)
        yield f"K{i}", kind, round(lon, 6), round(lat, 6)
