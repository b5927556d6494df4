"""Sixty sirens, houses as close as in Suzhou's old town: a siren is dragged, and the new coverage
figure stands there at once. Every day with 40,000 receivers, at night with 160,000."""

import os
import re
from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House

pytestmark = pytest.mark.browser

Enter = Callable[..., Page]
SIRENS = 60
BOUND_MS, BUSY_MS = 3_000, 15_000
"""The aim is a second on two idle cores: docs/benchmarks.md. The planner gives way to everything
else, so that on a machine that others have taken it may come late."""
RECKONING_MS, FILLING_MS = 900_000, 120_000
TOWN = f"""
    import numpy as np
    from hudun.assets.city.testing import LAT, LON, METRE, collection, feature, keep, ring
    from hudun.assets.sirens.actions import commission, edit_siren
    from hudun.assets.sirens.models import Siren
    from hudun.core.action import Actor
    from hudun.core.organ import User

    clerk = User.objects.get(username="li")
    actor, pick = Actor(clerk, "web", "test"), np.random.default_rng(5)
    side, apart = 104, 37.75  # 702 houses a square kilometre, nearly 4 by 4 kilometres
    north = 98_000 / 110_900  # METRE is one of longitude
    at = [((c + 0.5) * apart, (r + 0.5) * apart * north) for r in range(side) for c in range(side)]
    houses = [
        feature(ring(x, y, pick.uniform(6, 11)), height=float(pick.choice([6, 9, 18, 33])))
        for x, y in at
    ]
    keep(actor, clerk.organ, collection(*houses), "buildings", "样例城.geojson", simulated=True)
    rows = [
        f"{{LON + x * METRE}},{{LAT + y * METRE}},{{pick.integers(20, 90)}},样例街道,社区{{n % 40}}"
        for n, (x, y) in enumerate(at[::9])
    ]
    people = "\\n".join(["lon,lat,population,street,community", *rows]).encode()
    keep(actor, clerk.organ, people, "population", "样例人口.csv", simulated=True)
    for n, siren in enumerate(Siren.objects.order_by("number")[:{SIRENS}]):
        x, y = (250 + step * 490 + pick.uniform(-120, 120) for step in (n % 8, n // 8))
        edit_siren(
            actor, siren, source_datum="CGCS2000", source_lon=LON + x * METRE,
            source_lat=LAT + y * METRE * north, height_m=25.0, spl30_db=103.0, kind="electronic",
        )
"""


@pytest.fixture
def house(make_house: Callable[[int], House]) -> House:
    house = make_house(SIRENS)
    house.django(TOWN)
    house.start("planner")
    return house


def answered(page: Page, act: Callable[[], object]) -> int:
    """Milliseconds from what somebody did to the new figure on the page."""
    root = page.locator("[data-coverage]")
    before = int(root.get_attribute("data-answers") or 0)
    act()
    expect(root).to_have_attribute("data-answers", re.compile(rf"^(?!{before}$)\d+$"))
    return int(root.get_attribute("data-ms") or 0)


def drag(page: Page, index: int, dx: int, dy: int) -> None:
    box = page.locator(f'.coverage-siren[data-index="{index}"]').bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy)
    page.mouse.up()


@pytest.mark.parametrize(
    ("step", "receivers"),
    [("20", r"4\d,\d{3}"), pytest.param("10", r"16\d,\d{3}", marks=pytest.mark.nightly)],
)
def test_the_new_figure_follows_the_hand(
    house: House, enter: Enter, step: str, receivers: str
) -> None:
    page = enter(house, "li")
    page.goto("/coverage/new/")
    page.fill("#id_step", step)
    page.select_option("#id_sirens", "on_register")
    page.get_by_role("button", name="重估").click()
    expect(page.get_by_text(re.compile(rf"^60 × {receivers}$"))).to_be_visible()
    page.get_by_role("button", name="开始计算").click()
    expect(page.locator("[data-coverage][data-ready]")).to_be_attached(timeout=RECKONING_MS)
    status, figure = page.locator("[data-part=status]"), page.locator("[data-part=covered]")
    expect(status).to_have_text("可以拖动、开关警报器。")
    before = figure.inner_text()
    moves = [(9, 45, -30), (27, -60, 25), (44, 30, 50), (18, -40, -45), (36, 55, 10)]
    times = []
    for index, dx, dy in moves:
        times.append(answered(page, lambda i=index, x=dx, y=dy: drag(page, i, x, y)))  # type: ignore[misc]
    busy = os.getloadavg()[0] > 1.5 * (os.cpu_count() or 1)
    bound = BUSY_MS if busy else BOUND_MS
    print(f"dragged: {times} ms, median {median(times):.0f} ms, load {os.getloadavg()[0]:.1f}")
    assert figure.inner_text() != before
    expect(status).to_contain_text("移 5 台")
    expect(status).to_contain_text("图已补全", timeout=FILLING_MS)
    page.get_by_text(f"逐台开关（{SIRENS} 台）").click()
    off = answered(page, lambda: page.locator('[data-siren="9"]').uncheck())
    print(f"switched off: {off} ms")
    expect(status).to_contain_text("关 1 台，移 5 台")
    answered(page, lambda: page.get_by_role("button", name="恢复原状").click())
    assert figure.inner_text() == before
    assert median(times) < bound
    assert off < bound
