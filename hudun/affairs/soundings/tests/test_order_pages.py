"""Signing and releasing: octets out, frames in; and the three doors of an immediate order."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Order
from hudun.affairs.soundings.testing import TRIAL, Office, Time
from hudun.core.journal.models import JournalLine
from hudun.core.testing import Cast
from hudun.runtime.keys import from_text, to_text
from hudun.wire.frames import Mode

from .sirens import plant_sirens

LIVE = {"signal": "空袭", "target_kind": "all", "purpose": "上级命令", "typed": "实警"}


@pytest.fixture(autouse=True)
def sirens(cast: Cast) -> None:
    plant_sirens(cast.stage, 12)


@pytest.fixture
def order(office: Office, cast: Cast) -> Order:
    plan = actions.approve_plan(cast.actor("zhou"), office.plan())
    (order,) = actions.draft_orders(cast.actor("wang"), plan)
    return order


def enter(person: Any) -> Client:
    client = Client(headers={"Accept": "application/json"})
    client.force_login(person)
    return client


def page(client: Client, url: str) -> str:
    return client.get(url, headers={"Accept": "text/html"}).content.decode()


def given(client: Client, url: str) -> dict[str, Any]:
    found = re.search(r'id="signing-given"[^>]*>(.*?)</script>', page(client, url))
    assert found
    values: dict[str, Any] = json.loads(found[1])
    return values


def post(client: Client, url: str, body: dict[str, str]) -> Any:
    return client.post(url, body, content_type="application/json")


def test_signed_by_one_and_released_by_another(office: Office, cast: Cast, order: Order) -> None:
    url = f"/soundings/orders/{order.pk}/"
    handed = given(enter(cast.wang), f"{url}sign/")
    assert from_text(handed["payload"]) == bytes(order.payload)
    assert {key["kid"] for key in handed["roster"]} >= set(office.kids.values())
    frame = office.sign("wang", from_text(handed["payload"]), TRIAL)
    answer = post(enter(cast.wang), f"{url}sign/", {"frame": to_text(frame)})
    assert answer.json()["state"] == "signed"

    handed = given(enter(cast.li), f"{url}release/")
    assert from_text(handed["frame"]) == frame
    order.refresh_from_db()
    release = office.release_frame(order)
    answer = post(enter(cast.li), f"{url}release/", {"frame": to_text(release)})
    assert answer.json()["state"] == "released"
    order.refresh_from_db()
    assert (order.signed_by, order.released_by) == (cast.wang, cast.li)
    for verb in ("attach_signature", "attach_release"):
        assert JournalLine.objects.filter(verb=f"soundings.{verb}").count() == 1


def test_frames_are_handed_out_for_hudun_release(office: Office, cast: Cast, order: Order) -> None:
    url = f"/soundings/orders/{order.pk}/files/"
    assert enter(cast.li).get(f"{url}order.cbor").status_code == 404, "nobody has signed it yet"
    order = office.signed(order)
    assert enter(cast.li).get(f"{url}order.cbor").content == bytes(order.frame)
    assert enter(cast.li).get(f"{url}roster.cbor").content[:1] == b"\xd2"
    assert enter(cast.li).get(f"{url}list.cbor").status_code == 404
    assert enter(cast.qian).get(f"{url}order.cbor").status_code == 404
    assert f"{url}order.cbor" in page(enter(cast.li), f"/soundings/orders/{order.pk}/release/")


def test_the_same_person_cannot_release(office: Office, cast: Cast, order: Order) -> None:
    order = office.signed(order)
    frame = office.release_frame(order, "wang")
    url = f"/soundings/orders/{order.pk}/release/"
    answer = post(enter(cast.li), url, {"frame": to_text(frame)})
    assert (answer.status_code, answer.json()["number"]) == (403, "403.42")


@pytest.mark.parametrize("body", [{"frame": "!"}, {"frame": ""}, {}, {"frame": to_text(b"no")}])
def test_a_frame_that_is_none_is_refused(
    office: Office, cast: Cast, order: Order, body: dict[str, str]
) -> None:
    answer = post(enter(cast.wang), f"/soundings/orders/{order.pk}/sign/", body)
    assert answer.status_code in (400, 422)
    order.refresh_from_db()
    assert order.state == "drafted"


def test_who_may_not_sign_and_who_sees_nothing(office: Office, cast: Cast, order: Order) -> None:
    url = f"/soundings/orders/{order.pk}/"
    frame = {"frame": to_text(office.sign("wang", bytes(order.payload), TRIAL))}
    assert enter(cast.zhang).get(f"{url}sign/").status_code == 403
    assert post(enter(cast.zhang), f"{url}sign/", frame).status_code == 403
    for path in ("", "sign/", "release/"):
        assert enter(cast.qian).get(url + path).status_code == 404
    assert post(enter(cast.qian), f"{url}sign/", frame).status_code == 404
    assert enter(cast.wang).delete(f"{url}sign/").status_code == 405
    assert enter(cast.wang).get(f"{url}do/void/").status_code == 405
    order.refresh_from_db()
    assert order.state == "drafted"


def test_a_page_opened_too_late_leads_back_to_the_order(
    office: Office, cast: Cast, order: Order
) -> None:
    order = office.signed(order)
    answer = enter(cast.wang).get(f"/soundings/orders/{order.pk}/sign/")
    assert answer["Location"] == f"/soundings/orders/{order.pk}/"
    assert "第一人" not in page(enter(cast.wang), f"/soundings/orders/{order.pk}/")


def test_a_list_travels_in_octets_too(office: Office, cast: Cast) -> None:
    numbers = {"sirens": list(range(1, 11))}
    order = actions.draft_immediate(
        cast.actor("wang"), office.issuer.organ, mode=Mode.SILENT, signal="预先",
        target_kind="sirens", target=numbers, purpose="检验",
    )  # fmt: skip
    handed = given(enter(cast.wang), f"/soundings/orders/{order.pk}/sign/")
    assert from_text(handed["listPayload"]) == bytes(order.list_payload)
    assert len(handed["names"]["sirens"]) == 10


@pytest.mark.parametrize(
    ("look", "word"), [("live", "实警"), ("trial", "试鸣"), ("silent", "静默测试")]
)
def test_each_door_has_its_own_colour_word_and_typed_text(
    office: Office, cast: Cast, look: str, word: str
) -> None:
    client = enter(cast.wang)
    shown = page(client, f"/soundings/immediate/{look}/")
    assert f"order-form-{look}" in shown
    assert f"btn-{look}" in shown
    assert f"请输入“{word}”" in shown
    others = {"live", "trial", "silent"} - {look}
    assert not any(f"btn-{other}" in shown for other in others)
    wrong = client.post(f"/soundings/immediate/{look}/", {**LIVE, "typed": "试"})
    assert wrong.status_code == 422
    right = client.post(f"/soundings/immediate/{look}/", {**LIVE, "typed": word})
    order = Order.objects.get()
    assert right["Location"] == f"/soundings/orders/{order.pk}/sign/"
    assert order.get_mode_display() == word[:2]


def test_a_drafted_order_alone_sounds_nothing_and_may_be_renewed_or_voided(
    office: Office, cast: Cast
) -> None:
    client = enter(cast.wang)
    client.post("/soundings/immediate/live/", LIVE)
    order = Order.objects.get()
    assert (order.state, bytes(order.release_frame)) == ("drafted", b"")
    url = f"/soundings/orders/{order.pk}/"
    assert client.post(f"{url}do/renew/")["Location"] == f"{url}sign/"
    assert client.post(f"{url}do/void/", {"reason": "误拟"}).status_code == 302
    assert client.post(f"{url}do/attach/").status_code == 404
    assert "作废" in page(client, "/soundings/orders/")


def test_a_planned_order_whose_start_has_passed_is_not_renewed(
    office: Office, cast: Cast, order: Order, time: Time
) -> None:
    assert order.starts_at is not None
    time.set(order.starts_at)
    url = f"/soundings/orders/{order.pk}/"
    assert enter(cast.wang).post(f"{url}do/renew/").status_code == 422
    assert "开始时间已过" in page(enter(cast.wang), url)


def test_a_silent_test_is_one_press(office: Office, cast: Cast) -> None:
    answer = enter(cast.wang).post("/soundings/silent-test/")
    order = Order.objects.get()
    assert answer["Location"] == f"/soundings/orders/{order.pk}/"
    assert (order.wire_mode, order.state) == (Mode.SILENT, "released")
    assert enter(cast.zhang).post("/soundings/silent-test/").status_code == 403


def test_immediate_pages_are_for_officers(office: Office, cast: Cast) -> None:
    assert enter(cast.zhang).post("/soundings/immediate/live/", LIVE).status_code == 403
    assert enter(cast.qian).get("/soundings/immediate/other/").status_code == 404
    assert not Order.objects.exists()
