"""A page is told every change once, also what commits late."""

from datetime import timedelta

import pytest

from hudun.core import clock
from hudun.core.live.announce import announce, prune
from hudun.core.live.models import Change
from hudun.core.live.tail import PATIENCE, Tail
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db


def put(cast: Cast, seq: int) -> Change:
    organ = cast.stage.tianxin
    return Change.objects.create(seq=seq, organ=organ, topic="thing", payload={}, at=clock.wall())


def read(tail: Tail, later: timedelta = timedelta()) -> list[int]:
    return [change.seq for change in tail.read(Change.objects.all(), clock.wall() + later)]


def test_a_late_commit_is_told_and_nothing_twice(cast: Cast) -> None:
    tail = Tail(0)
    put(cast, 1)
    put(cast, 3)
    assert read(tail) == [1, 3]
    assert tail.floor == 1
    assert read(tail) == []
    put(cast, 2)
    assert read(tail) == [2]
    assert tail.floor == 3
    assert tail.told == set()


def test_a_gap_that_stays_is_given_up(cast: Cast) -> None:
    tail = Tail(0)
    put(cast, 5)
    assert read(tail) == [5]
    assert tail.floor == 0
    assert read(tail, PATIENCE + timedelta(seconds=1)) == []
    assert tail.floor == 5


def test_old_changes_are_forgotten(cast: Cast) -> None:
    announce("thing", cast.stage.tianxin, {"n": 1})
    assert prune() == 0
    Change.objects.update(at=clock.wall() - timedelta(days=2))
    assert prune() == 1
