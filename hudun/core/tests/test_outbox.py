"""An event leaves after commit, is answered once, waits after a failure, and never vanishes."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from hudun.core import clock
from hudun.core.action import Act, Actor
from hudun.core.action.record import store_events
from hudun.core.organ import Organ
from hudun.core.outbox.actions import revive_event
from hudun.core.outbox.deliver import LEASE, MOST_TRIES, deliver_due
from hudun.core.outbox.models import Attempt, Event
from hudun.core.testing import Cast, Stage

pytestmark = pytest.mark.django_db

HERE = "hudun.core.tests.test_outbox"
ANSWERS: list[tuple[str, str]] = [("lamp.lit", f"{HERE}:ring"), ("lamp.lit", f"{HERE}:write_name")]
broken: set[str] = set()
rung: list[str] = []


def ring(event: Event) -> None:
    rung.append(event.payload["name"])


def write_name(event: Event) -> None:
    Organ.objects.filter(code="430103").update(phone=event.payload["name"])
    if "write_name" in broken:
        raise RuntimeError("线路不通")


@pytest.fixture(autouse=True)
def wired(settings: Settings) -> None:
    settings.WIRING = f"{HERE}.ANSWERS"
    broken.clear()
    rung.clear()


@pytest.fixture
def event(stage: Stage) -> Event:
    act = Act(Actor.system(), clock.now(), "x", "x", stage.tianxin)
    act.emit("lamp.lit", {"name": "甲"})
    store_events(act)
    return Event.objects.get()


def later(**passed: int) -> AbstractContextManager[None]:
    return clock.frozen(clock.now() + timedelta(**passed))


def test_every_answer_is_given_once(event: Event, stage: Stage) -> None:
    assert deliver_due() == 1
    with later(days=1):
        assert deliver_due() == 0
    stage.tianxin.refresh_from_db()
    assert (rung, stage.tianxin.phone) == (["甲"], "甲")
    assert Attempt.objects.filter(done=True).count() == 2


def test_a_failed_answer_leaves_nothing_waits_and_is_tried_alone(
    event: Event, stage: Stage
) -> None:
    broken.add("write_name")
    deliver_due()
    stage.tianxin.refresh_from_db()
    assert stage.tianxin.phone == ""
    assert "线路不通" in Attempt.objects.get(done=False).fault
    assert deliver_due() == 0
    broken.clear()
    with later(hours=1):
        assert deliver_due() == 1
    event.refresh_from_db()
    assert event.done_at and rung == ["甲"]


def test_waiting_grows_and_ends_in_a_dead_letter(event: Event) -> None:
    broken.add("write_name")
    waits = []
    moment = clock.now()
    for _ in range(MOST_TRIES):
        with clock.frozen(moment):
            deliver_due()
        event.refresh_from_db()
        waits.append(event.not_before - moment)
        moment = event.not_before
    assert waits[:3] == [timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8)]
    assert list(Event.objects.dead()) == [event]
    with clock.frozen(moment + timedelta(days=30)):
        assert deliver_due() == 0


def test_a_dead_event_is_revived_by_the_system_administrator(cast: Cast, event: Event) -> None:
    Event.objects.update(dead_at=clock.now(), tries=MOST_TRIES)
    revive_event(cast.actor("xiguan"), event)
    assert deliver_due() == 1
    assert rung == ["甲"]


def test_another_worker_leaves_a_claimed_event_alone_until_the_lease_ends(event: Event) -> None:
    Event.objects.update(not_before=clock.now() + LEASE)  # claimed by one that was then killed
    assert deliver_due() == 0
    with later(seconds=LEASE.seconds + 1):
        assert deliver_due() == 1


def test_two_that_read_the_same_event_do_not_both_take_it(event: Event) -> None:
    from hudun.core.outbox.deliver import _take_up

    first, second = Event.objects.get(), Event.objects.get()
    assert _take_up(first) and not _take_up(second)
    assert rung == ["甲"]


def test_an_answered_event_is_not_answered_again_even_past_its_lease(event: Event) -> None:
    """The second worker finds the first one's row when it tries to write its own."""
    deliver_due()
    Event.objects.update(done_at=None, not_before=clock.now())
    deliver_due()
    assert rung == ["甲"]


def test_an_event_of_a_rolled_back_action_never_was(stage: Stage) -> None:
    act = Act(Actor.system(), clock.now(), "x", "x", stage.tianxin)
    act.emit("lamp.lit", {"name": "乙"})
    with pytest.raises(RuntimeError), transaction.atomic():
        store_events(act)
        raise RuntimeError
    assert deliver_due() == 0


def test_an_event_nobody_answers_is_settled(stage: Stage) -> None:
    act = Act(Actor.system(), clock.now(), "x", "x", stage.tianxin)
    act.emit("lamp.unknown", {})
    store_events(act)
    deliver_due()
    assert Event.objects.get().done_at
