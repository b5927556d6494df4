"""Events are handed to the functions that answer them, in the worker.

An answer's effects and the row that says so are one transaction: a database-only answer happens
exactly once, whoever is killed. What reaches outside the database may happen again and must bear
it. A failed answer waits longer each time; after MOST_TRIES the event is dead and stands on the
system administrator's page until it is revived.
"""

import logging
import traceback
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from hudun.core import clock
from hudun.core.outbox.models import Attempt, Event

log = logging.getLogger(__name__)

Answer = Callable[[Event], object]
LEASE = timedelta(minutes=5)
MOST_TRIES = 10
LONGEST_WAIT = timedelta(hours=1)


def deliver_due(most: int = 100) -> int:
    """Answers what is due; returns how many events were taken up."""
    return sum(_take_up(event) for event in Event.objects.due()[:most])


def answers_to(name: str) -> list[str]:
    table: list[tuple[str, str]] = import_string(settings.WIRING)
    return [answer for event, answer in table if event == name]


def _take_up(event: Event) -> bool:
    if not _claim(event):
        return False
    done = set(event.attempts.filter(done=True).values_list("answer", flat=True))
    results = [_try(event, answer) for answer in answers_to(event.name) if answer not in done]
    _settle(event, all(results))
    return True


def _claim(event: Event) -> bool:
    """Hidden from other workers for the length of the lease."""
    seen = Event.objects.filter(pk=event.pk, done_at=None, not_before=event.not_before)
    event.tries += 1
    return bool(seen.update(not_before=clock.now() + LEASE, tries=event.tries))


def _try(event: Event, answer: str) -> bool:
    try:
        with transaction.atomic():
            _function(answer)(event)
            Attempt.objects.create(event=event, answer=answer, at=clock.now(), done=True)
    except Exception:
        log.exception("event %s: %s failed", event.name, answer)
        fault = traceback.format_exc(limit=-3)
        Attempt.objects.create(event=event, answer=answer, at=clock.now(), done=False, fault=fault)
        return False
    return True


def _function(path: str) -> Answer:
    """`package.module:function`."""
    answer: Answer = import_string(path.replace(":", "."))
    return answer


def _settle(event: Event, answered: bool) -> None:
    moment = clock.now()
    if answered:
        event.done_at = moment
    elif event.tries >= MOST_TRIES:
        event.dead_at = moment
    else:
        event.not_before = moment + min(timedelta(seconds=2**event.tries), LONGEST_WAIT)
    event.save(update_fields=["done_at", "dead_at", "not_before"])
