"""What recurs is done once a turn, and a turn that failed is not lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from hudun.core import clock
from hudun.core.clock import BEIJING
from hudun.core.recurring import BEGINNING, daily, every, recurring, run_due

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 1, 9, 0, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def own_clockwork() -> Iterator[None]:
    known = dict(recurring)
    recurring.clear()
    yield
    recurring.clear()
    recurring.update(known)


def runs(at: datetime) -> int:
    with clock.frozen(at):
        return run_due()


def test_a_minute_comes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[datetime] = []
    every(seconds=60)(lambda: done.append(clock.now()))
    seconds = [0, 1, 30, 59, 60, 61]
    assert [runs(NINE + timedelta(seconds=s)) for s in seconds] == [1, 0, 0, 0, 1, 0]
    assert len(done) == 2


def test_a_day_comes_at_its_hour_in_beijing_and_is_caught_up() -> None:
    daily("08:00")(lambda: None)
    at = [NINE, NINE + timedelta(hours=22), NINE + timedelta(hours=23), NINE + timedelta(days=4)]
    assert [runs(moment) for moment in at] == [1, 0, 1, 1]


def test_a_failed_turn_is_left_and_taken_again() -> None:
    faults = [RuntimeError("x")]

    @every(seconds=3600)
    def work() -> None:
        if faults:
            raise faults.pop()

    assert runs(NINE) == 0
    assert runs(NINE) == 0  # resting
    next(iter(recurring.values())).rest_until = BEGINNING
    assert runs(NINE) == 1
    assert runs(NINE) == 0
