"""The office sends notices and tells streets; a street and a company see and answer their own."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.models import Hazard, Notice, Reply
from hudun.core import clock
from hudun.core.fact import ask
from hudun.core.journal.models import JournalLine
from hudun.core.notice.models import Message
from hudun.core.organ import Organ, OrganKind, Role, User
from hudun.core.paper.models import IssuedPaper, PaperFile
from hudun.core.plate import Plate
from hudun.core.testing import Cast, make_person

from .conftest import Login, MakePlate

pytestmark = pytest.mark.django_db
HAZARDS = "/inspections/hazards/"


@pytest.fixture
def company(cast: Cast, plate: Plate) -> Organ:
    """A unit elsewhere in the district that answers for the plate."""
    node = Organ.objects.plant(OrganKind.UNIT, "安居物业", parent=cast.stage.chengnanlu)
    plate.units.add(node)
    return node


@pytest.fixture
def sun(company: Organ) -> User:
    return make_person("sun", "孙物业", company, Role.KEEPER)


@pytest.fixture
def two(cast: Cast, plate: Plate) -> list[Hazard]:
    zhao = cast.actor("zhao")
    return [
        actions.raise_hazard(zhao, plate.organ, plate, kind=kind, grade=grade, detail="口部东侧")
        for kind, grade in (("渗漏水", "一般"), ("防护设备拆改", "重大"))
    ]


@pytest.fixture
def noticed(cast: Cast, plate: Plate, two: list[Hazard]) -> Hazard:
    return actions.notify(cast.actor("li"), two[0])


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return SimpleUploadedFile("after.jpg", out.getvalue(), "image/jpeg")


def test_one_notice_for_several_hazards_of_a_thing(
    login: Login, plate: Plate, two: list[Hazard], cast: Cast
) -> None:
    client, url = login("zhang"), f"/inspections/plates/{plate.code}/notice/"
    page = client.get(url).content.decode()
    assert "渗漏水" in page and "样例" in page
    assert client.post(url, {}).status_code == 422
    answer = client.post(url, {"hazards": [str(hazard.pk) for hazard in two]}, follow=True)
    notice = Notice.objects.get()
    assert notice.number in answer.content.decode()
    assert notice.hazards.count() == 2
    assert {hazard.state for hazard in notice.hazards.all()} == {"noticed"}
    assert PaperFile.objects.filter(paper=notice.paper).count() == 2
    assert JournalLine.objects.filter(verb="inspections.issue_notice").count() == 1
    assert JournalLine.objects.filter(verb="inspections.notify").count() == 2
    told = Message.objects.filter(topic="inspections.notice").values_list("unit__name", flat=True)
    assert "坡子街街道" in told
    assert "没有待发通知" in client.get(url).content.decode()


def test_who_may_send_a_notice(login: Login, plate: Plate, two: list[Hazard]) -> None:
    url = f"/inspections/plates/{plate.code}/notice/"
    given = {"hazards": [str(two[0].pk)]}
    assert login("zhao").post(url, given).status_code == 403
    assert login("qian").post(url, given).status_code == 404
    assert login("li").put(url).status_code == 405


def test_delivery_is_recorded_on_the_notice(login: Login, noticed: Hazard) -> None:
    assert noticed.notice is not None
    url = f"/inspections/notices/{noticed.notice.pk}/"
    given = {"delivery": "hand", "delivered_on": "2026-11-20", "received_by": "门卫室"}
    form = {f"record_delivery-{key}": value for key, value in given.items()}
    assert login("zhang").post(f"{url}do/record_delivery/", form).status_code == 302
    page = login("li").get(url).content.decode()
    assert "直接送达" in page and "门卫室" in page


def test_the_link_is_shown_by_post_and_noted(login: Login, noticed: Hazard) -> None:
    assert noticed.notice is not None
    url = f"/inspections/notices/{noticed.notice.pk}/link/"
    assert login("zhang").get(url).status_code == 405
    assert "/r/" in login("zhang").post(url).content.decode()
    assert login("zhao").post(url).status_code == 403
    assert login("qian").post(url).status_code == 404
    assert JournalLine.objects.filter(verb="inspections.show_link").count() == 1


def test_a_company_sees_and_answers_its_own(
    cast: Cast, sun: User, noticed: Hazard, make_plate: MakePlate
) -> None:
    other = make_plate(9, organ=cast.stage.baishajing)
    foreign = actions.raise_hazard(cast.actor("li"), other.organ, other, kind="杂物", grade="一般")
    client = enter(sun)
    page = client.get("/inspections/mine/").content.decode()
    assert "渗漏水" in page and "杂物" not in page
    assert client.get(f"{HAZARDS}{noticed.pk}/").status_code == 200
    assert client.get(f"{HAZARDS}{foreign.pk}/").status_code == 404
    assert client.get(f"{HAZARDS}{foreign.pk}/answer/").status_code == 404
    form = client.get(f"{HAZARDS}{noticed.pk}/answer/").context["form"]
    given = {"token": form.initial["token"], "text": "已堵漏", "photos": [picture()]}
    assert client.post(f"{HAZARDS}{noticed.pk}/answer/", given).status_code == 302
    reply = Reply.objects.get()
    assert (reply.person, reply.text) == (sun, "已堵漏")
    line = JournalLine.objects.get(verb="inspections.answer")
    assert line.person == sun
    noticed.refresh_from_db()
    assert noticed.state == "replied"
    assert client.post(f"{HAZARDS}{noticed.pk}/do/close_hazard/", {}).status_code == 403


def test_typed_text_survives(login: Login, noticed: Hazard) -> None:
    url = f"{HAZARDS}{noticed.pk}/answer/"
    form = login("zhao").get(url).context["form"]
    bad = SimpleUploadedFile("x.jpg", b"\xff\xd8\xff nothing", "image/jpeg")
    given = {"token": form.initial["token"], "text": "写了很久", "photos": [bad]}
    page = login("zhao").post(url, given)
    assert page.status_code == 422
    assert "写了很久" in page.content.decode() and "422.13" in page.content.decode()
    assert login("wang").get(url).status_code == 403
    assert login("qian").get(url).status_code == 404


def test_a_street_sees_its_own_and_another_district_nothing(
    cast: Cast, login: Login, two: list[Hazard], make_plate: MakePlate
) -> None:
    other = make_plate(9, organ=cast.stage.baishajing)
    actions.raise_hazard(cast.actor("li"), other.organ, other, kind="杂物", grade="一般")
    for page in ("", "list.json", "print/", "map.json"):
        text = login("zhao").get(HAZARDS + page).content.decode()
        assert "杂物" not in text, page
        assert "渗漏水" not in login("qian").get(HAZARDS + page).content.decode(), page
    assert "渗漏水" in login("zhao").get(HAZARDS).content.decode()
    assert login("qian").get(f"{HAZARDS}{two[0].pk}/").status_code == 404


def test_filters_and_the_first_page(login: Login, two: list[Hazard], cast: Cast) -> None:
    with clock.frozen(clock.now() + timedelta(days=40)):
        rows = login("li").get(f"{HAZARDS}list.json?standing=overdue&grade=重大").json()["results"]
        assert len(rows) == 1
        home = login("li").get("/").content.decode()
    assert "隐患整改" in home and "逾期" in home
    assert login("li").get(f"{HAZARDS}list.json?standing=overdue").json()["results"] == []


def test_a_street_is_told_with_its_list(login: Login, two: list[Hazard], cast: Cast) -> None:
    page = login("zhang").get("/inspections/bulletins/").content.decode()
    assert "坡子街街道" in page and "城南路街道" not in page
    url = f"/inspections/bulletins/{cast.stage.pozijie.pk}/"
    assert login("zhao").post(url).status_code == 403
    assert login("qian").post(url).status_code == 404
    assert login("zhang").post(url).status_code == 302
    issued = IssuedPaper.objects.about(cast.stage.pozijie).get()
    assert "坡子街街道" in issued.title
    empty = f"/inspections/bulletins/{cast.stage.chengnanlu.pk}/"
    assert login("zhang").post(empty).status_code == 409
    assert Message.objects.filter(topic="inspections.bulletin").count() == 1


def test_facts_open_down_to_their_records(cast: Cast, two: list[Hazard], noticed: Hazard) -> None:
    tianxin, today = cast.stage.tianxin, clock.today()
    assert ask("hazards.open", tianxin).number == 2
    assert ask("hazards.open", tianxin, grade="重大").number == 1
    actions.close_hazard(cast.actor("zhao").because("现场看过"), noticed)
    span = {"first": date(2020, 1, 1), "last": today + timedelta(days=90)}
    closed = ask("hazards.closed", tianxin, **span)
    assert (closed.number, closed.denominator) == (1, 2)
    in_time = ask("hazards.in_time", tianxin, **span)
    assert (in_time.number, in_time.denominator) == (1, 2)
    assert in_time.outside is not None
    assert [hazard.kind for hazard in in_time.outside] == ["防护设备拆改"]
    with clock.frozen(clock.now() + timedelta(days=40)):
        late = ask("hazards.overdue", tianxin)
    assert (late.number, late.denominator) == (1, 1)
    assert ask("hazards.open", cast.stage.yuanhui).number == 0
    actions.void_hazard(cast.actor("li").because("误登"), Hazard.objects.open().get())
    assert ask("hazards.found", tianxin, **span).number == 1


def test_queries_do_not_grow(
    login: Login, cast: Cast, plate: Plate, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        actions.raise_hazard(
            cast.actor("li"), plate.organ, plate, kind=f"第{number}处", grade="一般"
        )
    client = login("li")
    client.get(HAZARDS)
    with django_assert_max_num_queries(20):
        assert client.get(HAZARDS).status_code == 200
    with django_assert_max_num_queries(20):
        assert client.get("/inspections/mine/").status_code == 200
