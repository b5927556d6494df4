"""The demonstration's sirens: a register with made-up places, and a terminal beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from hudun.assets.sirens.actions import (
    bind_terminal_key,
    commission,
    install,
    make_group,
    register_siren,
)
from hudun.assets.sirens.models import Siren, SirenGroup, SirenKind
from hudun.core.action import Actor, together
from hudun.core.organ import Organ
from hudun.core.place.boundary import outlines
from hudun.demo.positions import Position, positions
from hudun.terminal.fleet.members import Member, make_fleet_provisions
from hudun.wire.terminal import IssuerTrust

NORTH, SOUTH = 1, 2
DIVIDE = 28.115  # degrees north: which half of the district a siren's group is
KINDS = ((SirenKind.ELECTRONIC, 1200), (SirenKind.MOTOR, 7500), (SirenKind.MULTIMEDIA, 2000))


def settle_sirens(
    district: Organ, trust: Mapping[int, IssuerTrust], count: int, number: int
) -> list[Member]:
    """Registers ``count`` sirens; returns their simulated terminals, which obey ``trust``."""
    actor = Actor.system(district, "demo")
    with together():
        groups = [
            make_group(actor, district, NORTH, "北片"),
            make_group(actor, district, SOUTH, "南片"),
        ]
        places = list(positions(count, _outline(district), number))
        members = _members(trust, places)
        communities = _communities(district)
        for member, place in zip(members, places, strict=True):
            at = communities[place.subdistrict]
            organ = at[(member.siren - 1) // len(communities) % len(at)]
            _settle(actor, organ, member, place, groups)
    return members


def _outline(district: Organ) -> BaseGeometry:
    return shape(outlines()[str(district.code)]["geometry"])


def group_of(place: Position) -> int:
    return NORTH if place.lat > DIVIDE else SOUTH


def _members(trust: Mapping[int, IssuerTrust], places: Sequence[Position]) -> list[Member]:
    groups = [(group_of(place),) for place in places]
    return make_fleet_provisions(len(places), trust, groups)


def _communities(district: Organ) -> dict[str, list[Organ]]:
    found: dict[str, list[Organ]] = {}
    for organ in Organ.objects.under(district).filter(kind="community").order_by("code"):
        found.setdefault(str(organ.code)[:9], []).append(organ)
    return found


def _settle(
    actor: Actor, organ: Organ, member: Member, place: Position, groups: list[SirenGroup]
) -> Siren:
    number, name = member.siren, organ.name.removesuffix("居委会").removesuffix("委会")
    kind, power = KINDS[number % len(KINDS)]
    siren = register_siren(
        actor, organ, number=number, name=f"{name}{place.site}", kind=kind, power_w=power,
        model_name=f"DEMO-{power}", position="楼顶", height_m=18.0 + number % 5 * 3,
        installed_on=date(2012 + number % 13, 1 + number % 12, 10), radius_m=500,
        spl30_db=115.0 + number % 3, site_name=f"{name}{place.site}",
        site_address=f"{organ.parent.name if organ.parent else ''}{name}",
        site_keeper=f"{'陈刘黄杨吴'[number % 5]}管理员", site_phone=f"0731-8555{1000 + number}",
        upkeep_name="天心区人防办指挥通信科", upkeep_keeper="警报专干",
        upkeep_phone="0731-85550110", source_datum="CGCS2000", source_lon=place.lon,
        source_lat=place.lat, groups=[groups[group_of(place) - 1]],
    )  # fmt: skip
    siren = commission(actor, install(actor, siren))
    return bind_terminal_key(actor.because("演示终端"), siren, member.public.hex())
