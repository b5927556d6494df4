"""A clerk asks where two more sirens should stand, is told what that costs, sees the answer on the
map and makes it two proposed sites."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House

pytestmark = pytest.mark.browser

Enter = Callable[..., Page]
SETTLE = """
    from pathlib import Path
    from tempfile import TemporaryDirectory
    from datetime import date
    from hudun.affairs.coverage.tests import town
    from hudun.assets.city.actions import keep_layer, upload_layer
    from hudun.assets.city.files import store
    from hudun.assets.sirens.actions import edit_siren
    from hudun.assets.sirens.models import Siren
    from hudun.core.action import Actor
    from hudun.core.organ import User
    from hudun.core.planner.testing import run_now

    clerk = User.objects.get(username="zhang")
    actor = Actor(clerk, "web", "test")
    with TemporaryDirectory() as folder:
        for kind in ("buildings", "population"):
            path = getattr(town, kind)(Path(folder))
            file = store([path.read_bytes()], path.name, kind)
            layer = upload_layer(
                actor, clerk.organ, file=file, kind=kind, name="样例镇", source="编造",
                surveyed_on=date(2026, 1, 1), simulated=True,
            )
            run_now(layer.reading)
            layer.refresh_from_db()
            keep_layer(actor, layer)
    lon, lat = town.lonlat(260, 760)
    edit_siren(
        actor, Siren.objects.get(), source_datum="CGCS2000", source_lon=lon, source_lat=lat,
        height_m=12.0, spl30_db=88.0,
    )
"""
SMALL = {"level": "88", "least_m": "10", "seconds": "3", "fine": "50", "roof_fen": "38000"}


@pytest.fixture
def house(make_house: Callable[[int], House]) -> House:
    house = make_house(1)
    house.django(SETTLE)
    house.start("planner")
    return house


def test_from_the_question_to_two_sites(house: House, enter: Enter) -> None:
    page = enter(house, "zhang")
    page.goto("/coverage/siting/new/")
    for name, value in SMALL.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="估算用时").click()
    page.get_by_role("button", name="开始计算").click()
    expect(page.get_by_role("heading", name="前后对比")).to_be_visible()
    expect(page.locator(".map[data-ready]")).to_be_visible()
    expect(page.get_by_text("已证明最优")).to_be_visible()
    page.get_by_label("1　名称").fill("东校楼顶")
    page.get_by_role("button", name="采用为选址").click()
    expect(page.get_by_text("东校楼顶")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_an_area_is_closed_on_the_map(house: House, enter: Enter) -> None:
    page = enter(house, "zhang")
    page.goto("/coverage/siting/new/")
    canvas = page.locator("[data-draw-zones] .map[data-ready] canvas")
    expect(canvas).to_be_visible()
    for x, y in ((300, 100), (420, 100), (420, 220)):
        canvas.click(position={"x": x, "y": y})
    page.get_by_role("button", name="完成").click()
    expect(page.locator("[data-part=count]")).to_have_text("避开区 1 块")
    page.get_by_role("button", name="估算用时").click()
    expect(page.get_by_text("避开区 1 块").first).to_be_visible()
    expect(page.locator("[name=kept]")).to_have_value(re.compile(r'"zones": ?\[\[\[112\.'))


def test_it_fits_a_phone_and_is_called_off(house: House, enter: Enter) -> None:
    page = enter(house, "zhang", width=390)
    page.goto("/coverage/siting/new/")
    page.fill("[name=coarse]", "10")
    page.fill("[name=fine]", "5")
    page.get_by_role("button", name="估算用时").click()
    page.get_by_role("button", name="开始计算").click()
    page.get_by_role("button", name="取消计算").click()
    expect(page.get_by_text("已取消")).to_be_visible()
    page.get_by_role("link", name="新增 2 台，人口覆盖最多").click()
    page.get_by_role("link", name="改条件再算").click()
    expect(page.locator("[name=coarse]")).to_have_value("10")
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
