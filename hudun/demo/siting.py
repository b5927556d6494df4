"""Sites of the demonstration, made up: one waiting for approval, one approved and waiting to be
installed."""

from typing import Any

from hudun.affairs.coverage import actions
from hudun.core.action import Actor
from hudun.core.organ import Organ

COMMUNITY = "430103002"
SITE: dict[str, Any] = {
    "kind": "electronic",
    "model_name": "样例 1200",
    "power_w": 1200,
    "spl30_db": 110.0,
    "site_name": "样例物业服务有限公司",
    "site_keeper": "样例管理员",
    "site_phone": "0731-85550000",
    "upkeep_name": "天心区人防办（演示）",
    "upkeep_keeper": "张科员",
    "upkeep_phone": "0731-85550104",
    "source_datum": "CGCS2000",
}
SITES: tuple[dict[str, Any], ...] = (
    {
        "number": "XZ-2026-01", "name": "样例商厦楼顶", "stand": "roof", "height_m": 42.0,
        "position": "屋顶东侧", "address": "天心区样例路 16 号", "source_lon": 112.9731,
        "source_lat": 28.1902, "grounds": "坡子街北部白天环境声高，听不到。", "cost_fen": 3_860_000,
    },
    {
        "number": "XZ-2026-02", "name": "样例公园立杆", "stand": "tower", "height_m": 15.0,
        "position": "东门内", "address": "天心区样例路 90 号", "source_lon": 112.9702,
        "source_lat": 28.1836, "grounds": "沿江新建住宅，夜间听不到。", "cost_fen": 5_200_000,
    },
)  # fmt: skip


def settle_sites(district: Organ) -> None:
    clerk = Actor.system(district, "demo").because("演示")
    where = Organ.objects.get(code=COMMUNITY)
    _waiting, agreed = (actions.propose_site(clerk, where, **SITE, **one) for one in SITES)
    actions.approve(clerk, agreed, approval_document="天防〔2026〕样例 7 号")
