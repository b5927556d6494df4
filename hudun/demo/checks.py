"""The demonstration's checks: one campaign under way, visits with what they found, a plan of
upkeep, a test, a budget line. All made up."""

from __future__ import annotations

from datetime import timedelta

from hudun.affairs.funds.actions import make_budget_line
from hudun.affairs.funds.answers import UPKEEP
from hudun.affairs.inspections import actions
from hudun.affairs.inspections.actions.performance import Defect
from hudun.affairs.inspections.models import Campaign, CampaignTask
from hudun.affairs.inspections.testing import make_package
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.organ import Organ, User

VISITED = 12
FOUND = (
    ("no_leak",),
    (),
    ("extinguisher_valid", "no_ebike"),
    (),
    ("entrance_clear",),
    ("seal_strip", "door_rust"),
)
"""What each visit in turn found wrong."""
TEMPLATE = "shelter-patrol"


def settle_checks(district: Organ, users: dict[str, User]) -> None:
    campaign = _campaign(district, users)
    tasks = list(campaign.tasks.select_related("plate__organ").order_by("number")[:VISITED])
    for number, task in enumerate(tasks):
        _visit(users, campaign, task, number)
    system = Actor.system(district, "demo")
    actions.make_upkeep_plan(system, district, clock.today().year)
    _test(system, tasks[0])
    make_budget_line(
        system, district, code="RF-01", name=UPKEEP, year=clock.today().year,
        amount_fen=30_000_000, note="演示数据，为虚构。",
    )  # fmt: skip


def _campaign(district: Organ, users: dict[str, User]) -> Campaign:
    clerk, today = Actor(users["zhang"], "web", "demo"), clock.today()
    campaign = actions.make_campaign(
        clerk, district, name="全区人防工程巡查（演示）", kind="patrol", template_slug=TEMPLATE,
        opens_on=today - timedelta(days=10), closes_on=today + timedelta(days=20),
    )  # fmt: skip
    actions.set_team(clerk, campaign, "第一组", [users["zhao"], users["zhang"]])
    actions.set_team(clerk, campaign, "第二组", [users["li"]])
    campaign = actions.draw_campaign(clerk, campaign, seed="演示公开抽取 0918")
    return actions.start_campaign(Actor(users["li"], "web", "demo"), campaign)


def _visit(users: dict[str, User], campaign: Campaign, task: CampaignTask, number: int) -> None:
    street = "430103002"
    inspector = users["zhao"] if street in task.plate.organ.path else users["zhang"]
    wrong = FOUND[number % len(FOUND)]
    package = make_package(
        task.plate, TEMPLATE, fail=wrong, campaign=str(campaign.pk), comment="演示记录，为虚构。",
        finished=clock.now() - timedelta(days=VISITED - number, hours=number % 5),
    )  # fmt: skip
    actions.receive_visit(Actor(inspector, "sync", "demo"), task.plate, package)


def _test(system: Actor, task: CampaignTask) -> None:
    today = clock.today()
    actions.record_test(
        system, task.plate.organ, task.plate, unit="湘检防护设备检测公司（演示）",
        accreditation="演示 001", report_no=f"JC-{today.year}-001",
        tested_on=today - timedelta(days=30), valid_until=today + timedelta(days=335),
        result="fair", summary="演示数据，为虚构。",
        defects=[Defect("胶条脱落", "一般", "2 号口密闭门胶条老化（演示）")],
    )  # fmt: skip
