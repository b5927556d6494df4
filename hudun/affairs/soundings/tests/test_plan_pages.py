"""The planning pages: who may, what is counted before saving, what happens at each step."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.soundings.models import Order, Plan
from hudun.affairs.soundings.testing import Office
from hudun.core.journal.models import JournalLine
from hudun.core.rule.actions import override_rule
from hudun.core.testing import Cast

from .sirens import plant_sirens

PLAN = {
    "name": "2026 年 11·1 防空警报试鸣",
    "day": "2026-11-01",
    "timetable": "hunan-1101",
    "mode": "2",
    "target_kind": "all",
}
AREA = '{"type":"Polygon","coordinates":[[[112,28],[114,28],[114,29],[112,29],[112,28]]]}'


@pytest.fixture(autouse=True)
def sirens(cast: Cast) -> None:
    plant_sirens(cast.stage)


def enter(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_clerk_plans_and_sees_it_in_the_list(office: Office, cast: Cast) -> None:
    client = enter(cast.zhang)
    assert "没有未办结" in client.get("/soundings/plans/").content.decode()
    answer = client.post("/soundings/plans/new/", PLAN)
    plan = Plan.objects.get()
    assert answer["Location"] == f"/soundings/plans/{plan.pk}/"
    assert plan.name in client.get("/soundings/plans/").content.decode()
    page = client.get(answer["Location"]).content.decode()
    assert "09:30:00" in page
    assert "10月26日" in page, "the notice is due five whole days before"
    assert "共 <b>6</b> 台" in page
    assert JournalLine.objects.filter(verb="soundings.draft_plan").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "这个字段是必填项"),
        ({"day": "2026-10-01"}, "422.49"),
        ({"target_kind": "sirens", "sirens": "a"}, "请写编号"),
        ({"target_kind": "sirens", "sirens": "99"}, "422.44"),
        ({"target_kind": "sirens", "sirens": "1-99999999999"}, "请写编号"),
        ({"target_kind": "sirens", "sirens": "12-8"}, "请写编号"),
        ({"target_kind": "sirens", "sirens": "0"}, "请写编号"),
        ({"target_kind": "subdistrict"}, "请至少选一个街道"),
        ({"target_kind": "area"}, "请在地图上划定"),
        ({"target_kind": "area", "area": "{"}, "地图范围读不出来"),
        ({"target_kind": "group", "group": "7"}, "选择一个有效的选项"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(
    office: Office, cast: Cast, change: dict[str, str], words: str
) -> None:
    answer = enter(cast.zhang).post("/soundings/plans/new/", {**PLAN, **change})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "hunan-1101" in page
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ({"target_kind": "all"}, 6),
        ({"target_kind": "sirens", "sirens": "2、4-5"}, 3),
        ({"target_kind": "area", "area": AREA}, 6),
    ],
)
def test_whom_it_means_is_told_before_saving(
    office: Office, cast: Cast, target: dict[str, str], count: int
) -> None:
    said = enter(cast.zhang).post("/soundings/addressed/", target).json()
    assert (said["count"], len(said["names"])) == (count, count)


def test_a_timetable_that_begins_later_may_be_planned_for_its_days_only(
    office: Office, cast: Cast
) -> None:
    table = {
        "key": "own-2027", "name": "本区新时间表", "day": "",
        "rounds": [{"start": "10:00:00", "signals": ["预先", "解除"], "gap_s": 120}],
    }  # fmt: skip
    override_rule(
        cast.actor("li").because("省里来文"), office.issuer.organ, topic="timetables",
        value=[table], since=date(2027, 1, 1), clause="湘人防〔2026〕9号",
    )  # fmt: skip
    client = enter(cast.zhang)
    assert "本区新时间表（2027-01-01 起）" in client.get("/soundings/plans/new/").content.decode()
    early = client.post("/soundings/plans/new/", {**PLAN, "timetable": "own-2027"})
    assert (early.status_code, "404.40" in early.content.decode()) == (422, True)
    client.post("/soundings/plans/new/", {**PLAN, "timetable": "own-2027", "day": "2027-05-01"})
    plan = Plan.objects.get()
    assert [tuple(step) for step in plan.programme] == [("预先", 0), ("解除", 300)]
    assert plan.timetable["clause"] == "湘人防〔2026〕9号"


def test_whom_a_street_means_and_that_nobody_is_told_too(office: Office, cast: Cast) -> None:
    client = enter(cast.zhang)
    street = {"target_kind": "subdistrict", "organs": [str(cast.stage.pozijie.pk)]}
    assert client.post("/soundings/addressed/", street).json()["count"] == 3
    nobody = client.post("/soundings/addressed/", {"target_kind": "sirens", "sirens": "77"})
    assert "没有可以遥控" in nobody.json()["problem"]


def test_a_draft_is_edited_and_its_own_words_stay(office: Office, cast: Cast) -> None:
    plan = office.plan()
    client = enter(cast.zhang)
    url = f"/soundings/plans/{plan.pk}/edit/"
    assert plan.name in client.get(url).content.decode()
    client.post(url, {**PLAN, "day": "2026-11-02", "notice_text": plan.notice_text})
    plan.refresh_from_db()
    assert "11月2日" in plan.notice_text
    client.post(url, {**PLAN, "notice_text": "各位居民：自己写的公告。"})
    client.post(url, {**PLAN, "name": "改名", "notice_text": "各位居民：自己写的公告。"})
    plan.refresh_from_db()
    assert (plan.name, plan.notice_text) == ("改名", "各位居民：自己写的公告。")


def test_approve_order_and_void_by_the_right_people(office: Office, cast: Cast) -> None:
    plan = office.plan()
    url = f"/soundings/plans/{plan.pk}/"
    assert enter(cast.zhang).post(f"{url}do/approve/").status_code == 403
    assert enter(cast.li).post(f"{url}do/approve/").status_code == 302
    assert enter(cast.wang).post(f"{url}do/order/").status_code == 302
    order = Order.objects.get()
    page = enter(cast.wang).get(url).content.decode()
    assert f"/soundings/orders/{order.pk}/sign/" in page
    assert enter(cast.li).post(f"{url}do/void/").status_code == 422
    assert enter(cast.li).post(f"{url}do/void/", {"reason": "改期"}).status_code == 302
    page = enter(cast.wang).get(url).content.decode()
    assert "改期" in page


def test_another_district_the_auditor_and_a_wrong_method(office: Office, cast: Cast) -> None:
    plan = office.plan()
    url = f"/soundings/plans/{plan.pk}/"
    for path in (url, f"{url}edit/"):
        assert enter(cast.qian).get(path).status_code == 404
    assert enter(cast.qian).post(f"{url}do/approve/").status_code == 404
    assert plan.name not in enter(cast.qian).get("/soundings/plans/").content.decode()
    assert enter(cast.shenji).get(url).status_code == 200
    assert enter(cast.shenji).post(f"{url}do/approve/").status_code == 403
    assert enter(cast.shenji).post("/soundings/plans/new/", PLAN).status_code == 403
    assert enter(cast.zhao).get(url).status_code in (403, 404)
    assert enter(cast.li).get(f"{url}do/approve/").status_code == 405
    assert enter(cast.li).post(f"{url}do/nonsense/").status_code == 404
    assert enter(cast.li).get("/soundings/addressed/").status_code == 405
