"""What came of a sounding: every number is right and opens its list."""

import re
from typing import Any

import pytest
from django.test import Client

from hudun.affairs.soundings.models import Plan
from hudun.affairs.soundings.testing import Office, Time
from hudun.core.testing import Cast

from .sounded import LOST, SILENT, UNPROVED, Sounded, finished


def enter(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def plan(office: Office, time: Time) -> Plan:
    fates = {3: LOST, 4: SILENT, 5: UNPROVED, 6: finished(start_ms=2500)}
    return Sounded(office, time).whole(12, fates, by_hand=[12])


@pytest.fixture
def url(plan: Plan) -> str:
    return f"/soundings/plans/{plan.pk}/result/"


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_the_rates_stand_with_numerator_and_denominator(cast: Cast, url: str) -> None:
    page = text_of(enter(cast.wang), url)
    figures = re.findall(r'rate-figure"><b>([^<]+)</b>', page)
    assert figures[:3] == ["66.6 %", "58.3 %", "66.6 %"]
    assert ">8</a> ÷" in page


def test_every_number_opens_the_list_it_counts(cast: Cast, url: str) -> None:
    client = enter(cast.wang)
    page = text_of(client, url)
    links = re.findall(rf'href="({re.escape(url)}\?list=[^"]+)">(?:差 )?(\d+)', page)
    assert len(links) >= 10
    for link, number in links:
        heading = re.search(r"<h1>.*?：(\d+) 台", text_of(client, link.replace("&amp;", "&")))
        assert heading and heading[1] == number, link


def test_the_failed_are_named_with_their_reason(cast: Cast, url: str) -> None:
    page = text_of(enter(cast.wang), f"{url}?list=failed")
    assert "失联" in page
    assert "未鸣响" in page
    assert "无任何回音" in page


def test_a_list_that_is_none_is_no_page(cast: Cast, url: str) -> None:
    client = enter(cast.wang)
    assert client.get(f"{url}?list=nonsense").status_code == 404
    assert client.get(f"{url}?list=failed&signal=9").status_code == 404
    assert client.get(f"{url}?list=timeline")["Location"].endswith("#timeline")


def test_another_district_the_auditor_and_a_wrong_method(cast: Cast, plan: Plan, url: str) -> None:
    paper = f"/soundings/plans/{plan.pk}/papers/report/"
    assert enter(cast.qian).get(url).status_code == 404
    assert enter(cast.qian).post(paper).status_code == 404
    assert enter(cast.shenji).get(url).status_code == 200
    assert enter(cast.shenji).post(paper).status_code == 403
    assert enter(cast.li).get(paper).status_code == 405
    assert enter(cast.li).post(paper.replace("report", "nonsense")).status_code == 404
    assert enter(cast.wang).post(url).status_code == 405


def test_no_more_queries_for_many_sirens(
    office: Office, time: Time, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    plan = Sounded(office, time).whole(60, {})
    client = enter(cast.wang)
    with django_assert_max_num_queries(45):
        page = text_of(client, f"/soundings/plans/{plan.pk}/result/")
    assert "100.0 %" in page


def test_before_anything_went_out_there_is_no_result(office: Office, cast: Cast) -> None:
    Sounded(office, Time.__new__(Time)).plant(2)
    plan = office.plan()
    answer = enter(cast.wang).get(f"/soundings/plans/{plan.pk}/result/")
    assert answer.status_code == 404
