"""Days are counted as a patient person would count them, one by one."""

from datetime import date, timedelta
from unittest.mock import patch

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.core.calendar import add_working_days, days, is_working, last_day_before
from hudun.core.calendar.actions import set_day
from hudun.core.journal.models import JournalLine
from hudun.core.testing import Cast

DAYS = st.dates(date(2016, 1, 1), date(2025, 12, 1))
"""Ten years with their holidays and the Sundays worked for them."""
LAST_PUBLISHED = max(day.year for day in chinese_calendar.constants.holidays)


@given(DAYS, st.integers(0, 40))
def test_working_days_agree_with_a_walk(start: date, n: int) -> None:
    due = add_working_days(start, n)
    walked = [start + timedelta(days=i) for i in range(1, (due.date - start).days + 1)]
    assert sum(chinese_calendar.is_workday(day) for day in walked) == n
    assert n == 0 or chinese_calendar.is_workday(due.date)


@given(
    st.dates(date(2016, 1, 1), date(2045, 12, 1)),
    st.integers(0, 40),
    st.dictionaries(st.integers(1, 60), st.booleans(), max_size=12),
)
def test_an_offices_own_days_and_unpublished_years_agree_with_a_walk(
    start: date, n: int, offsets: dict[int, bool]
) -> None:
    own = {start + timedelta(days=offset): working for offset, working in offsets.items()}
    with patch.object(days, "_own_days", return_value=own):
        due = add_working_days(start, n)
    day, left, guessed = start, n, False
    while left:
        day += timedelta(days=1)
        published = day in own or day.year <= LAST_PUBLISHED
        national = chinese_calendar.is_workday if day.year <= LAST_PUBLISHED else is_weekday
        guessed |= not published
        left -= own[day] if day in own else national(day)
    assert (due.date, due.provisional) == (day, guessed)
    assert ("+" in due.version) == bool(own)


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


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


class Patient:
    """Counts by walking over a table of days written out one by one, 调休 and all, and knows
    nothing of the code it judges."""

    FIRST, LAST = date(2016, 1, 1), date(2027, 12, 31)

    def __init__(self, own: dict[date, bool]) -> None:
        years = {day.year for day in chinese_calendar.constants.workdays}
        known = {day.year for day in chinese_calendar.constants.holidays} & years
        self.known, self.own = known, own
        span = (self.LAST - self.FIRST).days + 1
        days = [self.FIRST + timedelta(days=i) for i in range(span)]
        self.works = {day: self._works(day) for day in days}

    def _works(self, day: date) -> bool:
        if day in self.own:
            return self.own[day]
        if day in chinese_calendar.constants.workdays:
            return True
        return day not in chinese_calendar.constants.holidays and day.isoweekday() <= 5

    def walk(self, start: date, n: int) -> tuple[date, bool]:
        """The n-th working day, and whether a day on the way was not yet published."""
        day, unknown = start, False
        while n:
            day += timedelta(days=1)
            unknown |= day not in self.own and day.year not in self.known
            n -= self.works[day]
        return day, unknown


TEN_YEARS = st.dates(date(2016, 1, 1), date(2027, 6, 30))
NATION = Patient({})


@given(TEN_YEARS, st.integers(0, 90))
def test_ten_years_agree_with_a_walk_over_a_written_calendar(start: date, n: int) -> None:
    due = add_working_days(start, n)
    assert (due.date, due.provisional) == NATION.walk(start, n)


@given(
    TEN_YEARS,
    st.integers(0, 60),
    st.dictionaries(st.integers(-20, 120), st.booleans(), max_size=12),
)
def test_an_offices_own_days_agree_with_the_walk(
    start: date, n: int, near: dict[int, bool]
) -> None:
    own = {start + timedelta(days=offset): working for offset, working in near.items()}
    with pytest.MonkeyPatch.context() as office:
        office.setattr(days, "_own_days", lambda _organ: own)
        due = add_working_days(start, n)
    assert (due.date, due.provisional) == Patient(own).walk(start, n)


@given(TEN_YEARS, st.integers(0, 40), st.integers(0, 40))
def test_two_limits_one_after_the_other_are_their_sum(start: date, n: int, m: int) -> None:
    first = add_working_days(start, n)
    assert add_working_days(first.date, m).date == add_working_days(start, n + m).date
