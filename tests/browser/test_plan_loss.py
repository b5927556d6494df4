"""A plan of the demonstration's district in a real browser: drafted, computed by the planner,
opened on the map, a shelter lost, and the stable plan made a version whose sums are level."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Enter = Callable[..., Page]

PLAN = """
import csv, io
from hudun.affairs.plans import actions
from hudun.affairs.plans.inputs import keep_input
from hudun.core.action import Actor
from hudun.core.organ import Organ
from hudun.demo.plans import streets
from hudun.demo.positions import CENTRES
district = Organ.objects.get(code="430103")
def table(head, rows):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()
places = list(CENTRES.items())[:6]
people = [
    (f"{code[-3:]} 街道 {k} 栋", lon + (k % 3 - 1) * 0.002, lat + (k // 3 - 1) * 0.002, 200 + k,
     f"{code[-3:]} 街道", 0.2)
    for code, (lon, lat) in places for k in range(9)
]
shelters = [(f"工程{n}", lon + 0.001, lat, 2600, f"第 {n} 地下室")
            for n, (code, (lon, lat)) in enumerate(places, 1)]
actor = Actor.system(district)
plan = actions.open_plan(actor, district, title="天心区人员掩蔽保障计划")
for kind, name, body in (
    ("streets", "streets.geojson", streets(district, 1)),
    ("people", "people.csv",
     table(["id", "lon", "lat", "people", "community", "vulnerable_share"], people)),
    ("shelters", "shelters.csv", table(["id", "lon", "lat", "capacity", "name"], shelters)),
):
    actions.add_input(actor, plan, kind=kind, kept=keep_input(name, [body]))
print(plan.pk)
"""
TOTAL = sum(200 + k for k in range(9)) * 6


@pytest.fixture
def house(make_house: Callable[[int], House]) -> House:
    made = make_house(5)
    made.django(PLAN)
    made.start("planner")
    return made


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def column(page: Page, row: str) -> list[int]:
    cells = page.locator(".plan-compare tr", has=page.locator("th", has_text=row)).locator("td")
    return [number(text) if re.search(r"\d", text) else 0 for text in cells.all_inner_texts()]


def test_a_shelter_is_lost_and_the_sums_stay_level(house: House, enter: Enter) -> None:
    page = enter(house, "zhang")
    page.goto("/plans/")
    page.click("text=天心区人员掩蔽保障计划")
    page.click("text=起草新版")
    page.fill("[name=limit_m]", "2500")
    page.fill("[name=note]", "第一版")
    page.click("text=起草并计算")
    expect(page.locator("#totals")).to_be_visible()  # the page reloads when the planner is done
    expect(page.locator(".plan-totals")).to_contain_text(f"{TOTAL:,}")
    expect(page.locator(".plan-balance")).to_contain_text("平")

    page.click("nav >> text=地图")
    expect(page.locator("[data-plan-map]")).to_have_attribute("data-ready", "true")
    page.locator("[data-part=minute]").fill("5")
    expect(page.locator("[data-part=moment]")).to_contain_text("警报后 5 分")
    _draw(page)
    expect(page.locator("[data-part=clearance] table")).to_be_visible()

    page.click("nav >> text=损失")
    expect(page.locator("[data-plan-loss]")).to_have_attribute("data-ready", "true")
    page.fill("[data-part=find]", "工程3")
    expect(page.locator("[data-row]:visible")).to_have_count(1)
    page.check("[data-row]:visible input")
    expect(page.locator("[data-part=count]")).to_contain_text("选了 1 个")
    page.click("form[data-plan-loss] >> text=演算")
    expect(page.locator("#figures")).to_be_visible()

    before, repaired, stable = (dict[str, int]() for _ in range(3))
    for row in ("人数", "有位", "无位", "改去别处或失位的人"):
        before[row], repaired[row], stable[row] = column(page, row)
    for stage in (before, repaired, stable):
        assert stage["人数"] == stage["有位"] + stage["无位"] == TOTAL
    assert stable["有位"] >= repaired["有位"] and repaired["改去别处或失位的人"] > 0
    expect(page.locator("#who + *, #who")).to_have_count(1)
    rows = page.locator("section:has(#who) tbody tr")
    expect(rows.filter(has_text="工程3").first).to_be_visible()
    expect(page.locator("[data-plan-after]")).to_have_attribute("data-ready", "true")

    page.click("text=作为新版起草")
    expect(page.locator("h1")).to_contain_text("第 2 版")
    expect(page.locator(".plan-totals")).to_contain_text(f"{stable['有位']:,}")
    expect(page.locator(".plan-balance")).to_contain_text("平")
    assert "不平" not in page.locator(".plan-balance").inner_text()


def _draw(page: Page) -> None:
    """A square about the middle of the map."""
    box = page.locator("[data-part=map]").bounding_box()
    assert box is not None
    page.click("[data-part=draw]")
    for across, down in ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)):
        page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    page.click("[data-part=close]")


def test_the_pages_fit_a_phone(house: House, enter: Enter) -> None:
    page = enter(house, "zhang", width=390)
    page.goto("/plans/")
    page.click("text=天心区人员掩蔽保障计划")
    page.click("text=起草新版")
    page.click("text=起草并计算")
    expect(page.locator("#totals")).to_be_visible()
    home = page.url
    plan = page.locator(".crumbs a").nth(1).get_attribute("href") or ""
    for tab in ("", "communities/", "communities/0/", "shelters/0/", "gaps/", "map/", "loss/",
                "leave/", "drills/", plan, f"{plan}versions/new/"):  # fmt: skip
        page.goto(tab if tab.startswith("/") else home + tab)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{tab} is {over} px too wide"
