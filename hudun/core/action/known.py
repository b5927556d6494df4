"""What need not be asked twice within one transaction: organs, their seats, a person's posts.

An organ is locked when it is first asked for, so that nobody else can change it; an action that
changes an organ, a post or a person makes everything forgotten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models

from hudun.core.organ import Organ, Post, User
from hudun.core.organ.user import Held

TREE = (Organ, Post, User)


@dataclass
class Known:
    organs: dict[UUID, Organ] = field(default_factory=dict)
    held: dict[UUID, list[Held]] = field(default_factory=dict)

    def forget(self) -> None:
        self.organs.clear()
        self.held.clear()


_known: ContextVar[Known | None] = ContextVar("known", default=None)


@contextmanager
def knowing() -> Iterator[None]:
    """For the outermost transaction; what fails inside it may have changed the tree."""
    token = _known.set(_known.get() or Known())
    try:
        yield
    except BaseException:
        _now().forget()
        raise
    finally:
        _known.reset(token)


def _now() -> Known:
    return _known.get() or Known()


def organ_locked(organ: Organ) -> Organ | None:
    """As it now is, held until the end of the transaction; None if it is gone."""
    known = _now().organs
    if organ.pk not in known:
        found = Organ.objects.select_for_update(of=("self",)).filter(pk=organ.pk).first()
        if found is None:
            return None
        known[organ.pk] = found
    return known[organ.pk]


def held_by(user: User) -> list[Held]:
    known = _now().held
    if user.pk not in known:
        known[user.pk] = user.held_now()
    return known[user.pk]


def forget_if_changed(*records: object) -> None:
    """After an action that made or changed these."""
    if any(isinstance(record, TREE) or not isinstance(record, models.Model) for record in records):
        _now().forget()
