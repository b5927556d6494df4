"""The journal line and the events that an action leaves."""

from typing import Any

from django.db import models

from hudun.core.journal.canonical import plain
from hudun.core.journal.write import Draft, chain_of
from hudun.core.organ import Organ
from hudun.core.outbox.models import Event
from hudun.core.remembered import Remembered

from .act import Act
from .stored import stored

HIDDEN = "（不记录）"


def draft_line(
    act: Act, target: models.Model | None, result: object, claimed: dict[str, Any]
) -> Draft:
    subject = subject_of(target, result)
    content = {
        "title": act.label,
        "label": str(subject) if subject else "",
        "reason": act.reason,
        "who": str(act.actor),
        "source": act.actor.source,
        "device": act.actor.device,
        "changes": changes(subject, claimed) if subject else {},
        "also": [_also(other) for other in act.others],
        "note": act.notes,
    }
    user = act.actor.user
    return Draft(
        chain=chain_of(act.organ),
        at=act.now,
        verb=act.verb,
        organ_id=act.organ.pk if act.organ else None,
        person_id=user.pk if user else None,
        object_type=subject._meta.label if subject else "",
        object_id=str(subject.pk) if subject else "",
        content=content,
    )


def subject_of(target: models.Model | None, result: object) -> models.Model | None:
    """What is made in an organ is the line's subject, not the organ."""
    makes = target is None or isinstance(target, Organ)
    return result if makes and isinstance(result, models.Model) else target


def changes(record: models.Model, claimed: dict[str, Any]) -> dict[str, list[Any]]:
    """Column → value before and after, as the database now has it."""
    before = {**_as_read(record), **claimed}
    after = stored(record)
    hidden = record.journal_hidden if isinstance(record, Remembered) else frozenset()
    return {
        name: [HIDDEN, HIDDEN] if name in hidden else [plain(before.get(name)), plain(value)]
        for name, value in after.items()
        if before.get(name) != value
    }


def _as_read(record: models.Model) -> dict[str, Any]:
    return record.as_read if isinstance(record, Remembered) else {}


def _also(record: models.Model) -> dict[str, Any]:
    return {
        "type": record._meta.label,
        "id": str(record.pk),
        "label": str(record),
        "changes": changes(record, {}),
    }


def store_events(act: Act) -> None:
    Event.objects.bulk_create(
        Event(
            name=name,
            organ=act.organ,
            payload=plain(payload),
            made_at=act.now,
            not_before=act.now,
        )
        for name, payload in act.events
    )
