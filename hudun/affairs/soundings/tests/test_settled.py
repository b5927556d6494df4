"""A sounding that was heard tells who did not sound; the coverage map shows who did not hear."""

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.testing import Office, Time, system
from hudun.core import clock
from hudun.core.outbox.models import Event
from hudun.wire.frames import Mode

from .sounded import LOST, SILENT, UNPROVED, Sounded

pytestmark = pytest.mark.django_db


@pytest.fixture
def sounded(office: Office, time: Time) -> Sounded:
    return Sounded(office, time)


def test_the_silent_sirens_of_a_day_are_noted(sounded: Sounded) -> None:
    plan = sounded.whole(6, {2: SILENT, 3: {1: LOST}, 4: UNPROVED})
    event = Event.objects.get(name="soundings.settled")
    assert event.organ == plan.organ
    assert event.payload["silent"] == [2, 3]
    assert event.payload["ordered"] == 6
    assert event.payload["day"] == clock.beijing(plan.start).date().isoformat()
    assert event.payload["url"] == f"/soundings/plans/{plan.pk}/result/"
    assert event.payload["title"] == plan.name


def test_who_was_started_by_hand_was_heard(sounded: Sounded) -> None:
    sounded.plant(3)
    order = sounded.order()
    sounded.begin(order)
    sounded.judge(order, {2: SILENT, 3: SILENT})
    actions.record_hand_start(
        sounded.office.cast.actor("li"), order, number=2, positions=[0, 1, 2],
        at=clock.now(), note="手动",
    )  # fmt: skip
    sounded.close(order)
    assert Event.objects.get(name="soundings.settled").payload["silent"] == [3]


def test_a_silent_test_says_nothing_about_coverage(sounded: Sounded) -> None:
    sounded.plant(2)
    order = sounded.office.immediate(Mode.SILENT, "预先")
    sounded.judge(order, {2: SILENT})
    sounded.time.move(300)
    actions.begin_order(system(sounded.office), order)
    actions.close_order(system(sounded.office), order)
    assert not Event.objects.filter(name="soundings.settled").exists()
