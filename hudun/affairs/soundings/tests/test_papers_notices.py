"""Public notices: of a sounding, that it was stopped, that a siren sounded by itself."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from hudun.affairs.soundings.actions import issue_notice, issue_stop_notice
from hudun.affairs.soundings.models import Alert, AlertKind, Order, Plan
from hudun.affairs.soundings.papers import letterhead, public_notice, stop_text
from hudun.affairs.soundings.testing import Office, Time
from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Organ
from hudun.core.paper.models import IssuedPaper, Media, PaperFile
from hudun.core.paper.tree import Heading, Paragraph, plain

from .sounded import Sounded

pytestmark = pytest.mark.django_db


@pytest.fixture
def sounded(office: Office, time: Time) -> Sounded:
    made = Sounded(office, time)
    made.open_office()
    made.plant(3)
    return made


def read(issued: IssuedPaper) -> str:
    file = PaperFile.objects.get(paper=issued, media=Media.PDF)
    pages = PdfReader(BytesIO(bytes(file.content))).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def plan_of(order: Order) -> Plan:
    assert order.plan is not None
    return Plan.objects.get(pk=order.plan.pk)


def test_the_notice_is_the_text_of_the_plan(sounded: Sounded) -> None:
    plan = plan_of(sounded.order())
    issued = issue_notice(sounded.office.cast.actor("li"), plan)
    assert issued.number == "天人防告〔2026〕1号"
    assert issued.title == "关于2026 年 11·1 防空警报试鸣的公告"
    said = read(issued)
    assert "一、时间和信号" in said
    assert "（1）预先警报：09:30至09:33" in said
    assert "特此公告。" in said
    line = JournalLine.objects.get(verb="soundings.issue_notice")
    assert line.content["note"]["paper"] == issued.number


def test_the_demo_s_notice_cannot_be_taken_for_a_real_one(
    sounded: Sounded, settings: Settings
) -> None:
    settings.DEMO = True
    issued = issue_notice(sounded.office.cast.actor("li"), plan_of(sounded.order()))
    assert "（演示数据）" in read(issued)


def test_no_notice_before_the_release(sounded: Sounded) -> None:
    plan = sounded.office.plan()
    with pytest.raises(Problem, match=r"409\.63.*拟定"):
        issue_notice(sounded.office.cast.actor("li"), plan)


def test_a_second_notice_needs_a_reason(sounded: Sounded) -> None:
    plan, li = plan_of(sounded.order()), sounded.office.cast.actor("li")
    issue_notice(li, plan)
    with pytest.raises(Problem, match=r"409\.61"):
        issue_notice(li, plan)
    assert issue_notice(li, plan, reason="更正时间").serial == 2


def test_headings_are_recognised_only_where_they_count_right(district: Organ) -> None:
    text = "关于试鸣的公告\n\n　　一、时间\n  三、错号\n二、地点\n（1）全区\n一、又一"
    paper = public_notice(text, letterhead(district), clock.now())
    shown = [(type(b), b.text if isinstance(b, Heading) else plain(b.content))
             for b in paper.body if isinstance(b, Heading | Paragraph)]  # fmt: skip
    assert shown == [
        (Heading, "时间"), (Paragraph, "三、错号"), (Heading, "地点"), (Paragraph, "（1）全区"),
        (Paragraph, "一、又一"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "  \n ", "只有标题"])
def test_an_empty_notice_is_refused(district: Organ, text: str) -> None:
    with pytest.raises(Problem, match=r"422\.62"):
        public_notice(text, letterhead(district), clock.now())


def test_a_stop_has_its_notice_at_once(sounded: Sounded) -> None:
    order = sounded.order()
    sounded.begin(order)
    stop = sounded.stop(order, 100)
    issued = issue_stop_notice(sounded.office.cast.actor("wang"), stop)
    said = read(issued)
    assert "2026年11月1日09:31" in said
    assert "防空警报试鸣（全部警报器）已经停止" in said
    assert list(IssuedPaper.objects.about(stop)) == [issued]


def test_a_siren_that_sounded_by_itself_is_explained(sounded: Sounded) -> None:
    siren = Siren.objects.get(number=2)
    alert = Alert.objects.create(
        organ=siren.organ, kind=AlertKind.UNSOLICITED, siren=siren, number=2,
        began_at=clock.now(), text="",
    )  # fmt: skip
    assert "（解放西路2号）1台防空警报器鸣响，现正在处置" in stop_text(alert)
    alert.ended_at = clock.now()
    assert "12时00分00秒停止" in stop_text(alert)
    issued = issue_stop_notice(sounded.office.cast.actor("wang"), alert)
    assert issued.title == "关于警报器误鸣情况的公告"
    assert "这次鸣响不是防空警报，也不是防空警报试鸣" in read(issued)


def test_people_may_write_their_own_words(sounded: Sounded) -> None:
    order = sounded.order()
    sounded.begin(order)
    stop = sounded.stop(order, 100)
    text = "关于停止试鸣的公告\n因暴雨停止试鸣，请市民放心。"
    issued = issue_stop_notice(sounded.office.cast.actor("wang"), stop, text=text)
    assert "因暴雨停止试鸣" in read(issued)


def test_who_may(sounded: Sounded) -> None:
    order = sounded.order()
    sounded.begin(order)
    stop, cast = sounded.stop(order, 100), sounded.office.cast
    for name, number in (("qian", r"404\.1"), ("zhang", r"403\.1")):
        with pytest.raises(Problem, match=number):
            issue_stop_notice(cast.actor(name), stop)
    with pytest.raises(Problem, match=r"403\.1"):
        issue_notice(cast.actor("wang"), plan_of(order))


def test_the_page_shows_the_prepared_text_and_issues_it(sounded: Sounded, client: Client) -> None:
    order = sounded.order()
    sounded.begin(order)
    stop, cast = sounded.stop(order, 100), sounded.office.cast
    page = f"/soundings/stops/{stop.pk}/notice/"
    client.force_login(cast.wang)
    assert "已经停止" in client.get(page).content.decode()
    assert client.post(page, {"text": "关于停止的公告\n请放心。"}).status_code == 302
    refused = client.post(page, {"text": "再来一份\n没有理由。"})
    assert refused.status_code == 409 and "再来一份" in refused.content.decode()
    assert IssuedPaper.objects.about(stop).count() == 1
    client.force_login(cast.qian)
    assert client.get(page).status_code == 404
    client.force_login(cast.zhang)
    assert client.post(page, {"text": "科员"}).status_code == 403
