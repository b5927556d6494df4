"""Hazards at different stages, made up: the details say so."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.jobs import escalate_overdue
from hudun.affairs.inspections.models import Hazard
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.notice.actions import add_channel
from hudun.core.organ import Organ, OrganKind
from hudun.core.plate import Plate

FOUND = (
    ("口部堵塞", "较大", "口部通道堆放纸箱（演示数据）"),
    ("渗漏水", "一般", "顶板渗水约 2 平方米（演示数据）"),
    ("电动车违规停放", "较大", "人防门旁停放并充电（演示数据）"),
    ("胶条脱落", "一般", "密闭门胶条下部脱落约 40 厘米（演示数据）"),
    ("防护设备拆改", "重大", "防护门被拆，靠墙堆放（演示数据）"),
    ("消防器材过期", "一般", "灭火器压力不足 4 具（演示数据）"),
    ("私拉电线", "较大", "配电箱外接插线板（演示数据）"),
    ("标识缺失", "一般", "入口标识牌脱落（演示数据）"),
)
STAGES = ("late", "late", "noticed", "replied", "enforcement", "closed", "found", "found")
AGES = {"late": 45, "enforcement": 40, "closed": 35, "noticed": 6, "replied": 6, "found": 1}
"""Days ago on which it was found."""


def settle_hazards(district: Organ) -> None:
    """On shelters if there are any, else on whatever has a plate. Dated back to before anybody
    held a post here, so it is the office itself that acts."""
    plates = Plate.objects.active().under(district).order_by("kind", "title")
    chosen = list(plates.kind("shelters")[: len(FOUND)]) or list(plates[: len(FOUND)])
    if not chosen:
        return
    _settle_channels(district)
    now, office = clock.now(), Actor.system(district, "demo")
    rows = sorted(zip(FOUND, STAGES, cycle(chosen), strict=False), key=lambda row: -AGES[row[1]])
    for (kind, grade, detail), stage, plate in rows:
        with clock.frozen(now - timedelta(days=AGES[stage])):
            hazard = actions.raise_hazard(
                office, plate.organ, plate, kind=kind, grade=grade, detail=detail
            )
        _carry_on(office, hazard, stage)
    for days in range(max(AGES.values()), -1, -1):
        with clock.frozen(now - timedelta(days=days)):
            escalate_overdue()


def _settle_channels(district: Organ) -> None:
    """In the demonstration e-mail is written to files."""
    system = Actor.system(device="demo")
    kinds = (OrganKind.DISTRICT, OrganKind.SUBDISTRICT, OrganKind.COMMUNITY)
    for organ in Organ.objects.under(district).kind(*kinds):
        address = f"office-{organ.code}@example.invalid"
        add_channel(system, organ, name="邮箱（演示）", kind="email", target=address)


def _carry_on(office: Actor, hazard: Hazard, stage: str) -> None:
    if stage == "found":
        return
    found_at = hazard.found_at
    with clock.frozen(found_at + timedelta(days=1)):
        hazard = actions.notify(office, hazard)
    if stage in ("replied", "closed"):
        with clock.frozen(found_at + timedelta(days=4)):
            actions.answer(
                Actor.system(hazard.organ.seat(), "回复链接"), hazard.organ, hazard,
                text="已按要求整改，现场已清理（演示数据）。",
            )  # fmt: skip
    with clock.frozen(found_at + timedelta(days=5)):
        if stage == "closed":
            actions.close_hazard(office.because("现场复查，已整改（演示数据）"), hazard)
        if stage == "enforcement":
            actions.hand_over(office.because("责任单位拒不恢复（演示数据）"), hazard)
