"""People say which sirens they started by hand: the page, what it refuses, what it changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import HandStart, Order, Plan
from hudun.affairs.soundings.rates import Outcome
from hudun.affairs.soundings.result import Result, result_of
from hudun.affairs.soundings.testing import Office, Time
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.testing import Cast
from hudun.wire.frames import Mode

from .sounded import LOST, Sounded

GIVEN = {
    "sirens": "4-5", "signals": ["1", "2", "3"], "at": "2026-11-01T09:30:05", "note": "陈管理启动",
}  # fmt: skip


@pytest.fixture
def plan(office: Office, time: Time) -> Plan:
    return Sounded(office, time).whole(6, {3: LOST}, by_hand=[4, 5, 6])


@pytest.fixture
def url(plan: Plan) -> str:
    return f"/soundings/plans/{plan.pk}/by-hand/"


def enter(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def outcomes(result: Result) -> dict[int, Outcome]:
    return {row.number: row.outcome for row in result.rows}


def test_the_page_names_whom_nobody_has_recorded_yet(cast: Cast, plan: Plan, url: str) -> None:
    client = enter(cast.wang)
    result = client.get(f"/soundings/plans/{plan.pk}/result/").content.decode()
    assert "登记手动鸣放" in result
    page = client.get(url).content.decode()
    assert "4、5、6 号" in page
    assert 'value="2026-11-01T09:30:00"' in page
    assert page.count("checked") == 3
    assert 'value="3"' in client.get(f"{url}?siren=3").content.decode()


def test_many_are_recorded_at_once_and_counted_apart(cast: Cast, plan: Plan, url: str) -> None:
    answer = enter(cast.wang).post(url, GIVEN)
    assert answer["Location"].endswith("/result/?list=by-hand")
    result = result_of(plan)
    assert result.whole.by_hand == {4, 5}
    assert result.whole.central == {1, 2}
    assert outcomes(result)[6] is Outcome.UNREPORTED
    assert JournalLine.objects.filter(verb="soundings.record_hand_start").count() == 2
    assert clock.beijing(HandStart.objects.get(number=4).at).isoformat()[:19] == GIVEN["at"]


def test_a_siren_that_its_terminal_failed_is_mended_signal_by_signal(
    cast: Cast, plan: Plan, url: str
) -> None:
    enter(cast.li).post(url, {**GIVEN, "sirens": "3", "signals": ["2"]})
    row = result_of(plan).row[3]
    assert [one.outcome for one in row.signals] == [
        Outcome.UNREACHABLE, Outcome.BY_HAND, Outcome.UNREACHABLE
    ]  # fmt: skip


def test_what_was_recorded_wrongly_is_taken_back_with_a_reason(
    cast: Cast, plan: Plan, url: str
) -> None:
    client = enter(cast.wang)
    client.post(url, {**GIVEN, "sirens": "4"})
    without = {**GIVEN, "sirens": "4", "signals": []}
    assert client.post(url, {**without, "note": ""}).status_code == 422
    assert result_of(plan).whole.by_hand == {4}
    assert client.post(url, {**without, "note": "登记错了一台"}).status_code == 302
    assert not result_of(plan).whole.by_hand


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sirens": "4、99"}, "没有给 99 号警报器下令"),
        ({"sirens": "四"}, "请写编号"),
        ({"signals": []}, "422.55"),
        ({"signals": ["9"]}, "选择一个有效的选项"),
        ({"at": "2026-11-01T08:30:00"}, "422.56"),
        ({"at": "昨天"}, "输入一个有效的日期"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    cast: Cast, plan: Plan, url: str, change: dict[str, Any], words: str
) -> None:
    answer = enter(cast.wang).post(url, {**GIVEN, **change})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "陈管理启动" in page
    assert not HandStart.objects.exists()


def test_who_may_and_how(cast: Cast, url: str) -> None:
    assert enter(cast.zhang).post(url, GIVEN).status_code == 403
    assert enter(cast.shenji).get(url).status_code == 403
    assert enter(cast.qian).post(url, GIVEN).status_code == 404
    assert enter(cast.wang).put(url).status_code == 405
    assert not HandStart.objects.exists()


def test_neither_before_the_start_nor_after_the_end_of_it_all(
    office: Office, time: Time, plan: Plan
) -> None:
    actions.archive_plan(office.cast.actor("li"), plan)
    wang = office.cast.actor("wang")

    def record(one: Order) -> None:
        actions.record_hand_start(
            wang, one, number=4, positions=[0], at=one.starts_at or clock.now(), note=""
        )

    with pytest.raises(Problem, match=r"^409\.46 "):
        record(plan.orders.get())
    time.set(clock.now() + timedelta(days=1))
    with pytest.raises(Problem, match=r"^409\.46 "):
        record(office.immediate(Mode.SILENT, "解除"))
    assert not HandStart.objects.exists()
