"""What is late is found without anybody opening a page, and told once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from hudun.core import clock
from hudun.core.action import Act, Action, action, actions
from hudun.core.calendar import add_working_days
from hudun.core.deadline.models import Deadline
from hudun.core.deadline.watch import drop, find_overdue, meet, set_deadline
from hudun.core.journal.models import JournalLine
from hudun.core.organ import Organ, Role
from hudun.core.outbox.models import Event
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db
Verbs = tuple[Action[Organ, ..., Deadline], Action[Organ, ..., None]]
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def verbs() -> Iterator[Verbs]:
    @action("test.promise", label="承诺", roles={Role.CLERK})
    def promise(act: Act, organ: Organ, days: int) -> Deadline:
        due = add_working_days(TODAY, days, organ)
        return set_deadline(act, organ, "reply", "答复", due, organ)

    @action("test.keep", label="完成", roles={Role.CLERK})
    def keep(act: Act, organ: Organ, how: str) -> None:
        {"meet": meet, "drop": drop}[how](act, organ, "reply")

    yield promise, keep
    for verb in ("test.promise", "test.keep"):
        del actions[verb]


def overdue_events(at: datetime) -> int:
    with clock.frozen(at):
        find_overdue()
    return Event.objects.filter(name="deadline.overdue").count()


def test_overdue_is_told_once(cast: Cast, verbs: Verbs) -> None:
    promise, _ = verbs
    deadline = promise(cast.actor("zhang"), cast.stage.pozijie, 3)
    assert deadline.calendar.startswith("chinesecalendar-")
    assert overdue_events(deadline.due_at - timedelta(seconds=1)) == 0
    assert overdue_events(deadline.due_at + timedelta(seconds=1)) == 1
    assert overdue_events(deadline.due_at + timedelta(days=1)) == 1
    assert JournalLine.objects.of(deadline).filter(verb="deadlines.tell").count() == 1


@pytest.mark.parametrize("how", ["meet", "drop"])
def test_what_is_met_or_dropped_is_never_late(cast: Cast, verbs: Verbs, how: str) -> None:
    promise, keep = verbs
    deadline = promise(cast.actor("zhang"), cast.stage.pozijie, 3)
    keep(cast.actor("zhang"), cast.stage.pozijie, how)
    assert overdue_events(deadline.due_at + timedelta(days=9)) == 0


def test_a_new_limit_moves_the_open_one(cast: Cast, verbs: Verbs) -> None:
    promise, _ = verbs
    first = promise(cast.actor("zhang"), cast.stage.pozijie, 3)
    overdue_events(first.due_at + timedelta(seconds=1))
    second = promise(cast.actor("zhang"), cast.stage.pozijie, 5)
    assert second.pk == first.pk and Deadline.objects.count() == 1
    assert overdue_events(second.due_at + timedelta(seconds=1)) == 2
