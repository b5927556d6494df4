"""The whole way in Chromium on a running demonstration: plan → sign → release → sounding → report,
then a siren that sounds by itself, and a neighbour district that sees nothing of it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import ROOT, environment, free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIRENS = 8
UP_S = 150.0
AHEAD = timedelta(days=12)
PLAN = "天心区二〇二六年度“11·1”防空警报试鸣暨防灾减灾宣传教育活动"


@dataclass
class Demo:
    var: Path
    url: str

    @property
    def secrets(self) -> dict[str, str]:
        return dict(json.loads((self.var / "demo.json").read_text()))

    def key(self, username: str) -> Path:
        return self.var / "demo-keys" / f"{username}-试鸣.json"


@pytest.fixture(scope="module")
def demo(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`hudun demo` in an empty folder."""
    var, port = tmp_path_factory.mktemp("demo"), free_port()
    command = [sys.executable, "-m", "hudun.cli", "demo", "--dir", str(var), "--port", str(port)]
    with (var.parent / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--sirens", str(SIRENS)],
            env=environment(var), cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        made = Demo(var, f"http://127.0.0.1:{port}")
        _wait_until_up(made, process)
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)


def _wait_until_up(demo: Demo, process: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + UP_S
    while time.monotonic() < give_up and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{demo.url}/login/", timeout=2):
            return
        time.sleep(0.3)
    raise AssertionError((demo.var.parent / "demo.log").read_text()[-3000:])


@pytest.fixture
def window(demo: Demo, browser: Browser) -> Iterator[Callable[[str], Page]]:
    contexts = []

    def log_in(username: str) -> Page:
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=demo.url
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", demo.secrets["password"])
        page.press("input[name=password]", "Enter")
        expect(page.get_by_role("heading", name="总览")).to_be_visible()
        return page

    yield log_in
    for context in contexts:
        context.close()


def _plan(page: Page) -> str:
    page.goto("/soundings/plans/new/")
    page.fill("[name=name]", PLAN)
    page.fill("[name=day]", f"{datetime.now(UTC) + AHEAD:%Y-%m-%d}")
    page.select_option("[name=timetable]", "hunan-1101")
    expect(page.get_by_text(f"共 {SIRENS} 台")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}/$"))
    return page.url


def _sign(page: Page, demo: Demo, username: str) -> None:
    page.locator('[data-part="import"]').set_input_files(demo.key(username))
    expect(page.get_by_text("这把密钥可以签")).to_be_visible()
    words = page.locator('[data-part="words"]').inner_text()
    page.get_by_label("签名口令").fill(demo.secrets["passphrase"])
    page.get_by_label("请输入").fill(words)
    page.locator(".btn-sign").click()
    page.wait_for_url(re.compile(r"/orders/[0-9a-f-]{36}/$"))


def _leap(page: Page, name: str) -> None:
    page.goto("/demo/clock/")
    page.get_by_role("button", name=name).click()


def test_plan_sign_release_sound_report(demo: Demo, window: Callable[[str], Page]) -> None:
    clerk, chief, director = window("zhang"), window("li"), window("zhou")
    plan = _plan(clerk)

    director.goto(plan)
    director.get_by_role("button", name="批准").click()
    chief.goto(plan)
    chief.get_by_role("button", name="拟定命令").click()
    chief.goto(plan)
    chief.get_by_role("link", name="去签发").click()
    _sign(chief, demo, "li")
    director.goto(plan)
    director.get_by_role("link", name="去放行").click()
    _sign(director, demo, "zhou")

    director.goto(plan)
    director.get_by_role("button", name="公告已发布").click()
    expect(director.get_by_text("已发布").first).to_be_visible()

    duty = window("wang")
    _leap(duty, f"到“{PLAN}”")
    _faster(duty)
    duty.goto("/duty/")
    expect(duty.locator(".chip-info", has_text="鸣响中")).to_contain_text(
        str(SIRENS), timeout=60_000
    )
    _until_closed(director, plan)

    director.goto(f"{plan}result/")
    sounded = director.locator(".rate", has_text="鸣响率")
    expect(sounded).to_contain_text(f"{SIRENS} ÷ {SIRENS} 台")
    director.get_by_role("button", name=re.compile("印发.*报告")).click()
    for kind, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        link = director.locator(f'a[href$=".{kind}"]').first
        answer = director.request.get(str(link.get_attribute("href")))
        assert answer.ok and answer.body().startswith(magic)


def _faster(page: Page) -> None:
    """Once the terminals have measured their offset: a hurried clock blurs it."""
    time.sleep(10)
    page.goto("/demo/clock/")
    page.get_by_role("button", name="60 倍").click()


def _until_closed(page: Page, plan: str) -> None:
    for _ in range(60):
        page.goto(plan)
        if page.locator("[aria-current=step]", has_text="已结束").count():
            return
        time.sleep(2)
    raise AssertionError(page.locator("main").inner_text())


def test_a_neighbour_district_sees_nothing(demo: Demo, window: Callable[[str], Page]) -> None:
    clerk, neighbour = window("zhang"), window("qian")
    clerk.goto("/soundings/plans/")
    expect(clerk.get_by_text(PLAN).first).to_be_visible()
    plan = str(clerk.locator("a", has_text=PLAN).first.get_attribute("href"))
    for path in (plan, f"{plan}result/"):
        assert neighbour.goto(path).status == 404  # type: ignore[union-attr]
    neighbour.goto("/soundings/plans/")
    expect(neighbour.get_by_text(PLAN)).to_have_count(0)
    clerk.goto("/sirens/")
    siren = clerk.locator("tbody a").first.inner_text()
    neighbour.goto("/sirens/")
    expect(neighbour.get_by_text("警报器台账还是空的").first).to_be_visible()
    expect(neighbour.get_by_text(siren)).to_have_count(0)


def test_time_only_runs_forward(demo: Demo, window: Callable[[str], Page]) -> None:
    page = window("wang")
    token = page.context.cookies()
    csrf = next(c["value"] for c in token if c["name"] == "csrftoken")
    past = (datetime.now(UTC) - AHEAD).isoformat()
    answer = page.request.post(
        "/demo/clock/", form={"moment": past, "csrfmiddlewaretoken": csrf},
        headers={"Referer": demo.url},
    )  # fmt: skip
    assert answer.status == 422
