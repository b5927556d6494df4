"""The roster: one person in one place at a time."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.core import clock
from hudun.core.clock import BEIJING
from hudun.core.error import Problem
from hudun.core.organ import User
from hudun.core.testing import Cast
from hudun.office.actions import cancel_shift, edit_shift, plan_shift
from hudun.office.models import Shift, ShiftKind
from hudun.office.roster import gaps, uncovered

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 11, 1, 8, tzinfo=BEIJING)
DAY = timedelta(days=1)


def plan(
    cast: Cast, begins: datetime = EIGHT, person: User | None = None, who: str = "li"
) -> Shift:
    return plan_shift(
        cast.actor(who),
        cast.stage.tianxin,
        person=person or cast.wang,
        kind=ShiftKind.DUTY,
        begins=begins,
        ends=begins + DAY,
    )


def test_the_roster_knows_who_is_on_duty(cast: Cast) -> None:
    shift = plan(cast)
    at = Shift.objects.under(cast.stage.tianxin).at
    assert list(at(EIGHT)) == [shift]
    assert list(at(EIGHT + DAY)) == []
    with clock.frozen(EIGHT + timedelta(hours=1)):
        assert Shift.objects.now().get().person == cast.wang
    assert str(shift) == "王值班 11-01 08:00 至 11-02 08:00"


def test_shifts_of_one_person_do_not_overlap(cast: Cast) -> None:
    plan(cast)
    plan(cast, EIGHT + DAY)
    plan(cast, EIGHT, cast.zhang)
    with pytest.raises(Problem, match=r"409\.25"):
        plan(cast, EIGHT + timedelta(hours=5))


def test_a_stranger_to_the_office_is_not_on_its_roster(cast: Cast) -> None:
    with pytest.raises(Problem, match=r"422\.25"):
        plan(cast, person=cast.qian)
    with pytest.raises(Problem, match=r"403\.1"):
        plan(cast, who="wang")
    with pytest.raises(Problem, match=r"404\.1"):
        plan(cast, who="qian")


def test_a_shift_is_swapped_and_cancelled_until_it_is_over(cast: Cast) -> None:
    shift = plan(cast)
    with clock.frozen(EIGHT - DAY):
        edit_shift(cast.actor("li"), shift, person=cast.zhang)
        cancel_shift(cast.actor("li").because("停电"), shift)
    assert not Shift.objects.at(EIGHT).exists()
    late = plan(cast)
    with clock.frozen(EIGHT + DAY), pytest.raises(Problem, match=r"409\.27"):
        cancel_shift(cast.actor("li").because("补记"), late)


def test_it_ends_after_it_begins(cast: Cast) -> None:
    with pytest.raises(Problem, match=r"422\.24"):
        plan_shift(
            cast.actor("li"),
            cast.stage.tianxin,
            person=cast.wang,
            kind=ShiftKind.LEAD,
            begins=EIGHT,
            ends=EIGHT,
        )


def test_a_night_without_anybody_shows(cast: Cast) -> None:
    plan(cast)
    plan(cast, EIGHT + 2 * DAY)
    found = uncovered(cast.stage.tianxin, EIGHT, EIGHT + 3 * DAY)
    assert found == [(EIGHT + DAY, EIGHT + 2 * DAY)]


HOURS = st.integers(0, 48)
PERIODS = st.lists(st.tuples(HOURS, HOURS).filter(lambda pair: pair[0] < pair[1]), max_size=6)


@given(PERIODS)
def test_gaps_are_the_hours_that_no_shift_covers(periods: list[tuple[int, int]]) -> None:
    def at(hour: int) -> datetime:
        return EIGHT + timedelta(hours=hour)

    found = gaps(at(12), at(36), [(at(a), at(b)) for a, b in periods if b > 12 and a < 36])
    bare = {hour for hour in range(12, 36) if not any(a <= hour < b for a, b in periods)}
    assert bare == {h for h in range(12, 36) if any(a <= at(h) < b for a, b in found)}
    assert all(a < b for a, b in found)
