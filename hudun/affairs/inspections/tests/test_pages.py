"""The pages of visits and campaigns: what they show, to whom, and what they let be done."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import Campaign, Visit
from hudun.affairs.inspections.testing import make_package
from hudun.core.plate import Plate
from hudun.core.testing import Cast

from .conftest import Login
from .test_receive_photo import ONE

pytestmark = pytest.mark.django_db

VISITS, CAMPAIGNS = "/inspections/visits/", "/inspections/campaigns/"
FORM = {
    "name": "十月巡查", "kind": "patrol", "template_slug": "siren-patrol", "share": "100",
    "opens_on": "2026-10-01", "closes_on": "2026-10-31", "note": "",
}  # fmt: skip


@pytest.fixture
def visit(cast: Cast, plate: Plate) -> Visit:
    package = make_package(
        plate, "siren-patrol", fail=["mains", "silent_test"],
        photos={"mount_firm": [ONE], "mains": [b"later"]},
    )  # fmt: skip
    visit = actions.receive_visit(cast.actor("zhao"), plate, package)
    photo = visit.promised.get(key="mount_firm")
    actions.receive_photo(cast.actor("zhao"), visit, photo.pk, ONE)
    return visit


@pytest.fixture
def campaign(cast: Cast, plate: Plate) -> Campaign:
    return actions.make_campaign(
        cast.actor("zhang"), cast.stage.tianxin, name="十月巡查", kind="patrol",
        template_slug="siren-patrol", opens_on=date(2026, 10, 1), closes_on=date(2026, 10, 31),
    )  # fmt: skip


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_visit_with_its_answers_its_photos_and_its_score(visit: Visit, login: Login) -> None:
    page = text(login("zhang"), f"{VISITS}{visit.pk}/")
    for words in (
        "一票否决",
        "70",
        "236",
        "限值 ≥ 198，≤ 235 V",
        "样例分值",
        "还有 1 张照片没有送到",
    ):
        assert words in page
    photo = visit.promised.get(key="mount_firm")
    assert f"/files/{photo.pk}/small/" in page
    assert "未送到" in page
    assert "现场所选" not in page
    assert " style=" not in page


def test_the_list_narrows(visit: Visit, login: Login) -> None:
    client = login("zhang")

    def shown(query: str) -> bool:
        return str(visit.pk) in text(client, f"{VISITS}?{query}")

    found = [shown(f"found={word}") for word in ("clear", "failed", "vetoed")]
    assert found == [False, True, True]
    assert [shown("photos=complete"), shown("photos=missing")] == [False, True]


@pytest.mark.parametrize("page", ["", "list.json", "export.xlsx", "print/"])
def test_another_district_sees_nothing(
    visit: Visit, campaign: Campaign, login: Login, page: str
) -> None:
    for base, record in ((VISITS, visit), (CAMPAIGNS, campaign)):
        answer = login("qian").get(f"{base}{page}")
        assert answer.status_code == 200
        assert str(record.pk) not in answer.content.decode(errors="replace")
        assert login("qian").get(f"{base}{record.pk}/").status_code == 404


def test_a_street_sees_its_own(visit: Visit, login: Login) -> None:
    assert str(visit.pk) in text(login("zhao"), VISITS)
    assert "作废检查记录" not in text(login("zhao"), f"{VISITS}{visit.pk}/")
    refused = login("zhang").post(f"{VISITS}{visit.pk}/do/void_visit/", {"void_visit-reason": "错"})
    assert refused.status_code == 403


def test_a_visit_is_voided_with_a_reason(visit: Visit, login: Login) -> None:
    url = f"{VISITS}{visit.pk}/do/void_visit/"
    assert login("li").post(url, {}).status_code == 422
    assert login("li").post(url, {"void_visit-reason": "走错了工程"}).status_code == 302
    assert "走错了工程" in text(login("li"), f"{VISITS}{visit.pk}/")


def test_a_campaign_from_the_form_to_its_end(cast: Cast, visit: Visit, login: Login) -> None:
    clerk, chief = login("zhang"), login("li")
    made = clerk.post(f"{CAMPAIGNS}new/", {**FORM, "organ": str(cast.stage.tianxin.pk)})
    assert made.status_code == 302, made.content.decode()
    url = made["Location"]
    assert "还没有抽签" in text(clerk, url)
    assert "任务还没有" not in text(clerk, f"{url}teams/")
    team: dict[str, Any] = {"team": "第一组", "members": [str(cast.zhao.pk)]}
    assert clerk.post(f"{url}teams/", team).status_code == 302
    assert "赵巡查" in text(clerk, f"{url}teams/")
    assert clerk.post(f"{url}draw/", {"seed": "20261001"}).status_code == 302
    page = text(clerk, url)
    assert "20261001" in page
    assert visit.plate.code in page
    assert clerk.post(f"{url}draw/", {}).status_code == 422
    assert chief.post(f"{url}do/start_campaign/").status_code == 302
    assert "未检查的 1 处" in text(chief, url)
    assert "十月巡查" in text(chief, "/")
    progress = text(login("zhao"), "/inspections/progress/?done=no")
    assert visit.plate.title in progress
    assert chief.post(f"{url}do/close_campaign/", {}).status_code == 422
    reason = {"close_campaign-reason": "停电"}
    assert chief.post(f"{url}do/close_campaign/", reason).status_code == 302


def test_who_may_not_draw(campaign: Campaign, login: Login) -> None:
    url = f"{CAMPAIGNS}{campaign.pk}/"
    assert login("wang").post(f"{url}draw/").status_code == 403
    assert login("qian").post(f"{url}draw/").status_code == 404
    assert login("zhang").get(f"{url}draw/").status_code == 405
    assert login("qian").get(f"{url}teams/").status_code == 404
    assert login("zhang").post(f"{url}teams/", {"team": " "}).status_code == 422


def test_questions_do_not_grow_with_rows(
    cast: Cast, visit: Visit, login: Login, django_assert_max_num_queries: Any
) -> None:
    client = login("zhang")
    for n in range(5):
        package = make_package(visit.plate, "siren-patrol", photos={"mains": [bytes([n])]})
        actions.receive_visit(cast.actor("zhao"), visit.plate, package)
    with django_assert_max_num_queries(20):
        text(client, VISITS)
    with django_assert_max_num_queries(26):
        text(client, f"{VISITS}{visit.pk}/")
