"""Days are counted as a patient person would count them, one by one."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.core.calendar import add_working_days, is_working, last_day_before
from hudun.core.calendar.actions import set_day
from hudun.core.journal.models import JournalLine
from hudun.core.testing import Cast

DAYS = st.dates(date(2020, 1, 1), date(2025, 12, 1))


@given(DAYS, st.integers(0, 40))
def test_working_days_agree_with_a_walk(start: date, n: int) -> None:
    due = add_working_days(start, n)
    walked = [start + timedelta(days=i) for i in range(1, (due.date - start).days + 1)]
    assert sum(chinese_calendar.is_workday(day) for day in walked) == n
    assert n == 0 or chinese_calendar.is_workday(due.date)


@given(DAYS, st.integers(0, 30))
def test_whole_days_lie_between(day: date, n: int) -> None:
    last = last_day_before(day, n)
    between = [last + timedelta(days=i) for i in range(1, 100) if last + timedelta(days=i) < day]
    assert len(between) == n


def test_the_national_day_week_of_2025_is_skipped_and_its_sunday_worked() -> None:
    assert is_working(date(2025, 9, 28))
    assert add_working_days(date(2025, 9, 30), 1).date == date(2025, 10, 9)


def test_the_notice_of_november_first_is_out_on_october_26() -> None:
    assert last_day_before(date(2025, 11, 1), 5) == date(2025, 10, 26)


def test_unpublished_years_are_provisional() -> None:
    far = add_working_days(date(2045, 3, 3), 3)
    assert far.provisional and far.date == date(2045, 3, 8)
    assert not add_working_days(date(2025, 3, 3), 3).provisional


def test_the_due_moment_is_the_end_of_the_day_in_beijing() -> None:
    due = add_working_days(date(2025, 3, 3), 1)
    assert due.moment.isoformat() == "2025-03-05T00:00:00+08:00"


@pytest.mark.django_db
def test_an_office_day_counts_below_it_only_and_changes_the_version(cast: Cast) -> None:
    monday, organ = date(2025, 3, 3), cast.stage.pozijie
    before = add_working_days(monday, 1, organ)
    set_day(cast.actor("li"), cast.stage.tianxin, date(2025, 3, 4), working=False, note="防汛")
    after = add_working_days(monday, 1, organ)
    assert (before.date, after.date) == (date(2025, 3, 4), date(2025, 3, 5))
    assert before.version != after.version
    assert add_working_days(monday, 1, cast.stage.yuanhui) == before
    assert JournalLine.objects.get().verb == "calendar.set_day"


@pytest.mark.django_db
def test_the_nearer_office_wins(cast: Cast) -> None:
    day = date(2025, 3, 4)
    set_day(cast.actor("li"), cast.stage.tianxin, day, working=False)
    set_day(cast.actor("li"), cast.stage.pozijie, day, working=True)
    assert is_working(day, cast.stage.pozijie)
    assert not is_working(day, cast.stage.chengnanlu)
