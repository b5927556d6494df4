"""A siren's part in a sounding, down to its receipts: the page a report's row opens."""

import pytest
from django.test import Client

from hudun.affairs.soundings.result import result_of
from hudun.affairs.soundings.testing import Office, Time

from .sounded import LOST, Sounded, finished

pytestmark = pytest.mark.django_db


@pytest.fixture
def sounded(office: Office, time: Time) -> Sounded:
    return Sounded(office, time)


def page(sounded: Sounded, name: str, url: str) -> tuple[int, str]:
    client = Client()
    client.force_login(getattr(sounded.office.cast, name))
    answer = client.get(url)
    return answer.status_code, answer.content.decode()


def test_it_shows_verdicts_and_receipts(sounded: Sounded) -> None:
    result = result_of(sounded.whole(3, {2: {0: finished(3200), 1: LOST}}))
    status, text = page(sounded, "wang", result.siren_url(result.row[2]))
    assert status == 200
    assert "起始晚3.2秒" in text
    assert "无任何回音" in text
    assert "终端签名回执 1 份" in text
    assert "开始鸣响" in text


def test_a_silent_terminal_has_left_none(sounded: Sounded) -> None:
    result = result_of(sounded.whole(3, {2: LOST}))
    assert "没有收到回执" in page(sounded, "wang", result.siren_url(result.row[2]))[1]


@pytest.mark.parametrize(
    ("name", "number", "status"),
    [("wang", "9", 404), ("wang", "x", 404), ("wang", "²", 404), ("qian", "2", 404)],
)
def test_who_sees_what(sounded: Sounded, name: str, number: str, status: int) -> None:
    path = result_of(sounded.whole(3, {})).path
    assert page(sounded, name, f"{path}?siren={number}")[0] == status
