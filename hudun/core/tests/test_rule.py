"""The rule that holds is that of the place and the day; a record can name it for ever."""

import json
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from hudun.core.error import Problem
from hudun.core.rule import rule
from hudun.core.rule.actions import end_override, override_rule
from hudun.core.testing import Cast

DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def book(tmp_path: Path, settings: Settings) -> None:
    settings.RULES_DIR = tmp_path
    entries = [
        entry(None, "2000-01-01", None, 60),
        entry("43", "2010-01-01", "2019-12-31", 70),
        entry("43", "2020-01-01", None, 80),
    ]
    (tmp_path / "lamps.json").write_text(json.dumps(entries))


def entry(province: str | None, since: str, until: str | None, value: int) -> dict[str, object]:
    return {
        "province": province,
        "from": since,
        "to": until,
        "clause": f"第{value}条",
        "source": "办法",
        "value": value,
    }


def test_the_province_comes_before_the_nation() -> None:
    assert rule("lamps", "43", DAY).value == 80
    assert rule("lamps", "41", DAY).value == 60
    assert rule("lamps", "41", DAY).province is None


def test_the_day_decides_to_the_last_day() -> None:
    assert rule("lamps", "43", date(2019, 12, 31)).value == 70
    assert rule("lamps", "43", date(2020, 1, 1)).value == 80
    assert rule("lamps", "43", date(2009, 12, 31)).value == 60


def test_no_rule_is_a_problem_that_says_which() -> None:
    with pytest.raises(Problem) as caught:
        rule("lamps", "43", date(1999, 1, 1))
    assert caught.value.number == "422.3" and "lamps" in caught.value.what


def test_the_version_names_place_start_and_text(tmp_path: Path) -> None:
    version = rule("lamps", "43", DAY).version
    assert version.startswith("lamps/43/2020-01-01#")
    assert version != rule("lamps", "43", date(2015, 1, 1)).version


@pytest.mark.django_db
def test_an_office_overrides_with_a_reason_and_below_itself_only(cast: Cast) -> None:
    own = override_rule(
        cast.actor("li").because("试点"),
        cast.stage.tianxin,
        topic="lamps",
        value=99,
        since=date(2026, 1, 1),
        clause="区办发1号",
    )
    assert rule("lamps", "43", DAY, cast.stage.pozijie).value == 99
    assert rule("lamps", "43", DAY, cast.stage.pozijie).clause == "区办发1号"
    assert rule("lamps", "43", DAY, cast.stage.changsha).value == 80
    assert rule("lamps", "43", date(2025, 12, 31), cast.stage.pozijie).value == 80
    end_override(cast.actor("zhou"), own, until=date(2026, 5, 31))
    assert rule("lamps", "43", DAY, cast.stage.pozijie).value == 80


@pytest.mark.django_db
def test_an_override_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Problem, match=r"422\.1"):
        override_rule(
            cast.actor("li"), cast.stage.tianxin, topic="lamps", value=1, since=DAY, clause="x"
        )
