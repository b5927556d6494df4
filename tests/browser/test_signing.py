"""A key is made in the browser, a roster lists it, an order is signed by one person and released by
another, and Python finds both frames good."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hudun.runtime.keys import KeyFile
from tests.browser.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSPHRASE = "护盾签名口令一二三四五"
Enter = Callable[..., Page]
SIGN_ROSTER = """
    from hudun.affairs.soundings import actions
    from hudun.affairs.soundings.models import Issuer
    from hudun.affairs.soundings.roster import next_roster
    from hudun.affairs.soundings.testing import key_for
    from hudun.core import clock
    from hudun.core.action import Actor
    from hudun.core.organ import User
    from hudun.wire.cose import sign1
    from hudun.wire.frames import kid_octets

    issuer = Issuer.objects.get()
    payload = next_roster(issuer, clock.now()).encode()
    frame = sign1(payload, kid_octets(0), key_for("root 0"))
    actions.register_roster(Actor(User.objects.get(username="anguan")), issuer, frame)
"""
VERIFY = """
    from hudun.affairs.soundings.models import Order
    from hudun.wire.cose import digest, take_apart
    from hudun.wire.frames import Release

    order = Order.objects.order_by("-counter").first()
    roster = order.issuer.roster()
    frame, released = bytes(order.frame), bytes(order.release_frame)
    first, second = take_apart(frame), take_apart(released)
    keys = [roster.key(int.from_bytes(e.kid, "big")) for e in (first, second)]
    assert first.signed_by(keys[0].public) and second.signed_by(keys[1].public)
    assert keys[0].person != keys[1].person
    assert first.payload == bytes(order.payload)
    assert Release.decode(second.payload).digest == digest(frame)
    print(order.state, order.signed_by.username, order.released_by.username, len(frame))
"""


def make_key(page: Page, right: str) -> None:
    page.goto("/soundings/keys/")
    page.get_by_text("新建一把密钥").click()
    page.locator(f'[name=key-right][value="{right}"]').check()
    page.get_by_label("签名口令").fill(PASSPHRASE)
    page.get_by_label("再输一遍").fill(PASSPHRASE)
    page.get_by_role("button", name="在这台电脑上生成").click()
    expect(page.get_by_text("未申请")).to_be_visible()
    page.get_by_role("button", name="申请入册").click()
    expect(page.locator(".key-row .state-info")).to_have_text("申请")


def draft(page: Page, look: str, word: str) -> None:
    page.goto(f"/soundings/immediate/{look}/")
    page.get_by_label("空袭").check()
    expect(page.get_by_text("共 6 台")).to_be_visible()
    page.get_by_label("用途").fill("浏览器检验")
    page.get_by_label(f"请输入“{word}”").fill(word)
    page.locator(f"button.btn-{look}").click()
    page.wait_for_url("**/sign/")


def sign(page: Page, words: str, *, passphrase: str = PASSPHRASE) -> None:
    expect(page.get_by_text("这把密钥可以签")).to_be_visible()
    page.get_by_label("签名口令").fill(passphrase)
    page.get_by_label("请输入").fill(words)
    page.locator(".btn-sign").click()


@pytest.fixture
def house(make_house: Callable[[int], House]) -> House:
    return make_house(6)


def test_live_order_signed_and_released_in_two_browsers(house: House, enter: Enter) -> None:
    wang, zhou = enter(house, "wang"), enter(house, "zhou")
    make_key(wang, "5")
    make_key(zhou, "5")
    house.django(SIGN_ROSTER)

    draft(wang, "live", "实警")
    expect(wang.locator(".prompt-mode")).to_contain_text("实警")
    expect(wang.locator(".prompt-rows")).to_contain_text("立即 空袭警报")
    button = wang.locator(".btn-sign")
    expect(button).to_be_disabled()
    wang.get_by_label("签名口令").fill(PASSPHRASE)
    wang.get_by_label("请输入").fill("试鸣")
    expect(button).to_be_disabled()
    sign(wang, "发布实警空袭警报", passphrase="不是这个口令啊啊啊")
    expect(wang.get_by_text("口令不对")).to_be_visible()
    sign(wang, "发布实警空袭警报")
    wang.wait_for_url(re.compile(r"/orders/[0-9a-f-]{36}/$"))

    order = wang.url
    wang.goto(f"{order}release/")
    expect(wang.get_by_text("放行必须由另一个人签名")).to_be_visible()
    zhou.goto(f"{order}release/")
    expect(zhou.locator(".prompt-mode")).to_contain_text("实警")
    sign(zhou, "发布实警空袭警报")
    zhou.wait_for_url(order)
    state, first, second, octets = house.django(VERIFY).split()
    assert (state, first, second) == ("released", "wang", "zhou")
    assert int(octets) <= 140


def test_a_trial_key_cannot_sign_live(house: House, enter: Enter) -> None:
    wang = enter(house, "wang")
    make_key(wang, "6")
    house.django(SIGN_ROSTER)
    draft(wang, "live", "实警")
    expect(wang.get_by_text("没有签“实警”的权限")).to_be_visible()
    wang.get_by_label("签名口令").fill(PASSPHRASE)
    wang.get_by_label("请输入").fill("发布实警空袭警报")
    expect(wang.locator(".btn-sign")).to_be_disabled()


def test_a_key_is_exported_forgotten_and_imported(
    house: House, enter: Enter, tmp_path: Path
) -> None:
    page = enter(house, "wang")
    make_key(page, "6")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出备份").click()
    backup = tmp_path / "key.json"
    download.value.save_as(backup)
    key = KeyFile.read(backup)
    assert key.unlock(PASSPHRASE).public_key().public_bytes_raw() == key.public
    assert "seed" not in json.loads(backup.read_text())

    page.locator(".key-row summary").click()
    page.get_by_label("确认删除").fill("王值班")
    page.get_by_role("button", name="从这台电脑删除").click()
    expect(page.get_by_text("这台电脑里还没有密钥")).to_be_visible()
    page.locator('[data-part="import"]').set_input_files(backup)
    expect(page.locator(".key-row")).to_contain_text("王值班")


def test_another_district_sees_no_order(house: House, enter: Enter) -> None:
    wang = enter(house, "wang")
    draft(wang, "silent", "静默测试")
    stranger = enter(house, "qian")
    answer = stranger.goto(wang.url)
    assert answer is not None and answer.status == 404
    stranger.goto("/soundings/orders/")
    expect(stranger.get_by_text("没有未办结的命令")).to_be_visible()
