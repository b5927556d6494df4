"""A real web process on a database of its own, and Chromium in front of it."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.house import ROOT, House, environment
from tests.browser.tools import chromium, node
from tools.migrated import empty_office

FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip


PATIENCE_MS = 60_000  # a shared machine is slow; what is measured is measured apart
expect.set_options(timeout=PATIENCE_MS / 2)


@pytest.fixture(scope="session")
def built() -> None:
    """The static files, built once if they are not there."""
    if not (ROOT / "hudun/static/dist/manifest.json").exists():
        subprocess.run([node(), "web/build.mjs"], cwd=ROOT, check=True, timeout=120)


@pytest.fixture(scope="session")
def empty_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database; copied for every house."""
    var = tmp_path_factory.mktemp("empty")
    empty_office(var)
    return var


@pytest.fixture(scope="session")
def staged(
    empty_var: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int], tuple[Path, dict[str, str]]]:
    """A database with so many sirens and everybody's session; made once, copied for every house."""

    @cache
    def stage(sirens: int) -> tuple[Path, dict[str, str]]:
        var = tmp_path_factory.mktemp(f"stage{sirens}") / "var"
        shutil.copytree(empty_var, var)
        house = House(var, environment(var))
        house.set_stage(sirens)
        return var, house.sessions

    return stage


@pytest.fixture
def make_house(
    built: None, staged: Callable[[int], tuple[Path, dict[str, str]]], tmp_path: Path
) -> Iterator[Callable[[int], House]]:
    """`make_house(1000)`: the web process of a district with so many sirens."""
    houses: list[House] = []

    def make(sirens: int) -> House:
        source, sessions = staged(sirens)
        var = tmp_path / f"var{len(houses)}"
        shutil.copytree(source, var)
        house = House(var, environment(var), sessions=sessions)
        houses.append(house)
        house.open()
        return house

    yield make
    for house in houses:
        house.close()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def enter(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`enter(house, "wang", width=390, dark=True)`: a window in which the person is logged in.
    An error of a page's script fails the test."""
    contexts = []
    errors: list[str] = []

    def open_window(house: House, person: str, *, width: int = 1440, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900 if width > 600 else 844},
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            base_url=house.url,
        )
        cookie = {"name": "sessionid", "value": house.sessions[person], "url": house.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not errors, errors
