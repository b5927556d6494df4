"""Setting, meeting and dropping a deadline, inside the action that causes it; and finding what
is overdue, once."""

from datetime import datetime

from django.db import models

from hudun.core import clock
from hudun.core.action import Act, Actor, action
from hudun.core.calendar import Due
from hudun.core.deadline.models import Deadline
from hudun.core.organ import Organ
from hudun.core.recurring import every


def set_deadline(
    act: Act, record: models.Model, topic: str, label: str, due: Due | datetime, organ: Organ
) -> Deadline:
    """One open deadline per record and topic: an earlier one is moved."""
    counted = due if isinstance(due, Due) else None
    due_at = due.moment if isinstance(due, Due) else due
    deadline, _ = Deadline.objects.open().update_or_create(
        object_type=record._meta.label,
        object_id=str(record.pk),
        topic=topic,
        defaults={
            "organ": organ,
            "label": label,
            "due_at": due_at,
            "calendar": counted.version if counted else "",
            "provisional": bool(counted and counted.provisional),
            "told_at": None,
        },
    )
    act.changed(deadline)
    return deadline


def meet(act: Act, record: models.Model, topic: str) -> None:
    _close(act, record, topic, "met_at")


def drop(act: Act, record: models.Model, topic: str) -> None:
    _close(act, record, topic, "dropped_at")


def _close(act: Act, record: models.Model, topic: str, column: str) -> None:
    for deadline in Deadline.objects.of(record).open().filter(topic=topic):
        setattr(deadline, column, act.now)
        deadline.save(update_fields=[column])
        act.changed(deadline)


@action("deadlines.tell", label="逾期提醒")
def tell_overdue(act: Act, deadline: Deadline) -> None:
    """The event goes out once, however often the clock comes round."""
    rows = Deadline.objects.overdue().filter(pk=deadline.pk, told_at=None)
    if rows.update(told_at=act.now):
        act.emit(
            "deadline.overdue",
            {
                "deadline": deadline.pk,
                "topic": deadline.topic,
                "object_type": deadline.object_type,
                "object_id": deadline.object_id,
            },
        )


@every(seconds=60)
def find_overdue() -> None:
    for deadline in Deadline.objects.overdue().filter(told_at=None, due_at__lte=clock.now()):
        tell_overdue(Actor.system(), deadline)
