"""结建核算 on the page."""

from typing import Any

import pytest
from django.test import Client

from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db

BUILDING = {
    "b-TOTAL_FORMS": "1",
    "b-INITIAL_FORMS": "0",
    "b-0-name": "1号楼",
    "b-0-use": "dwelling",
    "b-0-above_ground": "10000",
    "b-0-first_floor": "900",
    "b-0-floors": "11",
    "b-0-depth": "4",
}
HENAN = {**BUILDING, "place": "41", "day": "2026-11-01", "city_class": "全省"}


def enter(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_sum_stands_with_its_clauses_and_what_is_unchecked(cast: Cast) -> None:
    answer = enter(cast.zhang).get("/works/levy/", HENAN)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "700.00 m²" in page
    assert "1,190,000.00 元" in page
    assert "易地建设费每平方米 1700 元" in page
    assert "待核" in page
    assert "levy/41/2000-01-01#" in page


def test_it_opens_with_the_rule_of_ones_own_province(cast: Cast) -> None:
    page = enter(cast.qian).get("/works/levy/").content.decode()
    assert '<a href="?place=41" aria-current="page">' in page, "源汇区 lies in 河南"
    page = enter(cast.zhang).get("/works/levy/").content.decode()
    assert '<a href="?place=00" aria-current="page">' in page, "湖南 has no rule here yet"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"b-0-first_floor": "10001"}, "首层面积不应大于"),
        ({"b-0-above_ground": "-1"}, "等于0"),
        ({"price": "1000"}, "请写明文号"),
        ({"day": "nonsense"}, "有效"),
        ({"b-TOTAL_FORMS": "x"}, "请至少填写一栋楼"),
        ({"b-TOTAL_FORMS": "0"}, "请至少填写一栋楼"),
        ({"city_class": "一类城市"}, "一类城市"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_lost(
    cast: Cast, change: dict[str, str], said: str
) -> None:
    answer = enter(cast.zhang).get("/works/levy/", {**HENAN, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "核算结果" not in answer.content.decode()


def test_a_missing_local_percentage_is_asked_for(cast: Cast) -> None:
    asked = {**BUILDING, "place": "00", "day": "2026-11-01", "city_class": "一类重点城市"}
    asked |= {"b-0-use": "other", "b-0-floors": "5", "b-0-depth": "0"}
    answer = enter(cast.zhang).get("/works/levy/", asked)
    assert answer.status_code == 422
    assert "4～5 之间的比例（422.140）" in answer.content.decode()


def test_one_more_building_keeps_what_was_typed(cast: Cast) -> None:
    page = enter(cast.zhang).get("/works/levy/", {**HENAN, "rows": "2"}).content.decode()
    assert 'name="b-1-name"' in page
    assert 'value="10000"' in page


def test_a_stranger_logs_in_first_and_nothing_is_posted(cast: Cast) -> None:
    assert Client().get("/works/levy/").status_code == 302
    assert enter(cast.zhang).post("/works/levy/").status_code == 405
