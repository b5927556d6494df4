"""The ledger pages in a real browser: with the keyboard, without script, on a phone, by night."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House, environment

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Enter = Callable[..., Page]
Staged = Callable[[int], tuple[Path, dict[str, str]]]
PHONE = 390
FIRST_POINT = """() => {
    const { map } = document.querySelector("[data-map]").hudunMap;
    const [feature] = map.queryRenderedFeatures({ layers: ["points"] });
    if (!feature) return null;
    const { x, y } = map.project(feature.geometry.coordinates);
    return { x, y };
}"""


@pytest.fixture(scope="module")
def house(built: None, staged: Staged, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for all: what these tests write does not disturb one another."""
    source, sessions = staged(60)
    var = tmp_path_factory.mktemp("ledger") / "var"
    shutil.copytree(source, var)
    house = House(var, environment(var), sessions=sessions)
    house.open()
    yield house
    house.close()


def test_filtering_changes_the_rows_and_the_address(house: House, enter: Enter) -> None:
    page = enter(house, "li")
    page.goto("/sirens/")
    expect(page.locator("#results")).to_contain_text("共 60 条")
    page.fill("#id_q", "no such thing")
    expect(page.locator("#results")).to_contain_text("没有符合条件")
    assert "q=no" in page.url
    page.reload()
    expect(page.locator("#results")).to_contain_text("没有符合条件")


def test_sorting_with_the_keyboard(house: House, enter: Enter) -> None:
    page = enter(house, "li")
    page.goto("/sirens/")
    page.locator("thead a", has_text="编号").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("编号")
    page.locator("thead a", has_text="编号").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("编号")


def test_first_tab_leads_past_the_menu(house: House, enter: Enter) -> None:
    page = enter(house, "li")
    page.goto("/sirens/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_map_draws_every_placed_siren(house: House, enter: Enter) -> None:
    page = enter(house, "li")
    with page.expect_response("**/sirens/map.json*") as answer:
        page.goto("/sirens/map/")
    expect(page.locator("[data-map]")).to_have_attribute("data-ready", "true", timeout=30_000)
    placed = len(answer.value.json()["features"])
    drawn = "e => e.hudunMap.map.querySourceFeatures('points').length"
    page.wait_for_function(f"n => ({drawn})(document.querySelector('[data-map]')) >= n", arg=placed)


def test_a_siren_on_the_map_leads_to_its_page(house: House, enter: Enter) -> None:
    page = enter(house, "li")
    page.goto("/sirens/map/")
    box = page.locator("[data-map]")
    expect(box).to_have_attribute("data-ready", "true")
    page.wait_for_function(f"() => ({FIRST_POINT})() !== null")
    where = page.evaluate(FIRST_POINT)
    page.wait_for_timeout(500)
    box.click(position=where)
    page.locator(".map-popup a").click()
    expect(page.locator("h1 .state")).to_be_visible()


def test_a_click_on_the_map_fills_in_the_place(house: House, enter: Enter) -> None:
    page = enter(house, "li")
    page.goto("/sirens/new/")
    canvas = page.locator("[data-pick-place] [data-ready]")
    canvas.wait_for(timeout=30_000)
    canvas.click()
    expect(page.locator("#id_source_datum")).to_have_value("CGCS2000")
    assert 112 < float(page.locator("#id_source_lon").input_value()) < 114
    assert 27 < float(page.locator("#id_source_lat").input_value()) < 29


def test_everything_works_without_script(house: House, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=house.url)
    cookie = {"name": "sessionid", "value": house.sessions["zhou"], "url": house.url}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/sirens/?sort=-number")
    page.fill("#id_q", "no such thing")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#results")).to_contain_text("没有符合条件")
    page.get_by_role("link", name="清除筛选").click()
    page.locator("tbody th a").first.click()
    page.locator("summary", has_text="批准拆除").click()
    page.fill("[name$=removal_document]", "7号")
    page.fill("#do-approve_removal [name$=reason]", "楼要拆")
    page.get_by_role("button", name="确认批准拆除").click()
    expect(page.locator(".notice")).to_contain_text("已办理：批准拆除")
    context.close()


def test_what_was_typed_is_not_lost(house: House, enter: Enter) -> None:
    page = enter(house, "li")
    page.goto("/sirens/new/")
    page.fill("#id_name", "新警报点")
    page.fill("#id_number", "1")
    page.select_option("#id_kind", "motor")
    page.select_option("#id_organ", index=1)
    page.get_by_role("button", name="登记").click()
    expect(page.locator("[role=alert].notice")).to_contain_text("已经用过")
    expect(page.locator("#id_name")).to_have_value("新警报点")
    expect(page.locator("#id_number")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", ["", "sirens/", "sirens/new/", "sirens/import/", "journal/"])
def test_a_phone_needs_no_scrolling_sideways(
    house: House, enter: Enter, path: str, dark: bool
) -> None:
    page = enter(house, "li", width=PHONE, dark=dark)
    page.goto(f"/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    theme = page.evaluate("document.documentElement.dataset.bsTheme")
    assert theme == ("dark" if dark else "light")


def test_phone_menu_opens_and_closes(house: House, enter: Enter) -> None:
    page = enter(house, "li", width=PHONE)
    page.goto("/")
    expect(page.locator("#nav")).not_to_be_visible()
    page.get_by_role("link", name="打开菜单").click()
    expect(page.locator("#nav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#nav")).not_to_be_visible()
