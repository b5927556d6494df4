"""New works of the demonstration, made up: one waiting to be filed with two materials missing, one
on file."""

from datetime import timedelta
from typing import Any

from hudun.affairs.works import actions
from hudun.affairs.works.models import Material, Work
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.organ import Organ

SITE = "430103002"
STILL_MISSING = ("warranty", "survey")
REPORT = {
    "quality_body": "天心区建设工程质量监督站（样例）",
    "quality_report": "样例〔2026〕12号",
    "acceptance_note": "符合设计文件和验收规范。",
}
WORK: dict[str, Any] = {
    "kind": "basement",
    "war_use": "second_class",
    "peace_use": "parking",
    "nuclear": "6",
    "conventional": "6",
    "chemical": "C",
    "developer": "样例置业有限公司",
    "builder": "样例建设集团有限公司",
    "owner_name": "样例置业有限公司",
    "maintainer_name": "样例物业服务有限公司",
    "address": "天心区样例路 88 号",
    "source_lon": 112.9712,
    "source_lat": 28.1893,
}


def settle_works(district: Organ) -> None:
    clerk = Actor.system(district, "demo").because("演示")
    site = Organ.objects.get(code=SITE)
    _waiting(clerk, site)
    _on_file(clerk, site)


def _waiting(clerk: Actor, site: Organ) -> None:
    work = _opened(clerk, site, "XJ-2026-02", "样例花园二期地下车库", 3000.0, 3260.0)
    _accepted(clerk, work, days_ago=10)
    for material in Material.objects.of(work).filter(stage="filing", required=True):
        if material.key not in STILL_MISSING:
            actions.receive_material(clerk, material, note="原件 1 份")


def _on_file(clerk: Actor, site: Organ) -> None:
    work = _opened(clerk, site, "XJ-2026-01", "样例花园一期地下车库", 2000.0, 2140.0)
    _accepted(clerk, work, days_ago=60)
    for material in Material.objects.of(work).filter(required=True):
        actions.receive_material(clerk, material, note="原件 1 份")
    actions.file(clerk, work, filed_on=clock.today() - timedelta(days=50))
    actions.register(clerk, work, shelter_number="样例-001")
    actions.hang(clerk, work, hung_on=clock.today() - timedelta(days=40))
    actions.archive(clerk, work)


def _opened(
    clerk: Actor, site: Organ, number: str, name: str, required: float, built: float
) -> Work:
    return actions.open_work(
        clerk, site, number=number, name=name, required_m2=required, built_m2=built,
        shelter_m2=built / 2, capacity=int(built / 2), **WORK,
    )  # fmt: skip


def _accepted(clerk: Actor, work: Work, days_ago: int) -> None:
    day = clock.today() - timedelta(days=days_ago)
    actions.accept(clerk, work, accepted_on=day, **REPORT)
