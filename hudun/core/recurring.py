"""What recurs. Each piece of work is done once per turn, however many workers there are.

    @every(seconds=60)
    def find_overdue() -> None: ...

    @daily("08:00")
    def remind() -> None: ...

The claim and the work are one transaction: a worker that is killed in the middle leaves the turn
to the next one. Keep the work short; what is long goes to a task.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction

from hudun.core import clock
from hudun.core.processes.models import Tick

log = logging.getLogger(__name__)

Work = Callable[[], None]
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
REST = timedelta(seconds=60)


@dataclass
class Recurring:
    name: str
    work: Work
    turn: Callable[[datetime], datetime]
    """The start of the turn that a moment lies in."""
    rest_until: datetime = BEGINNING
    """After a failure this process leaves the work alone for a while."""

    def is_due(self, moment: datetime) -> bool:
        if clock.wall() < self.rest_until:
            return False
        tick = Tick.objects.filter(name=self.name).first()
        return tick is None or tick.last < self.turn(moment)

    def do(self, moment: datetime) -> bool:
        """Whether this process had the turn and did the work."""
        try:
            with transaction.atomic():
                if not self._claim(moment):
                    return False
                self.work()
        except Exception:
            log.exception("recurring work %s failed", self.name)
            self.rest_until = clock.wall() + REST
            return False
        return True

    def _claim(self, moment: datetime) -> bool:
        Tick.objects.bulk_create([Tick(name=self.name, last=BEGINNING)], ignore_conflicts=True)
        turn = self.turn(moment)
        return bool(Tick.objects.filter(name=self.name, last__lt=turn).update(last=turn))


recurring: dict[str, Recurring] = {}


def every(*, seconds: int) -> Callable[[Work], Work]:
    def turn(moment: datetime) -> datetime:
        passed = int((moment - BEGINNING).total_seconds())
        return BEGINNING + timedelta(seconds=passed - passed % seconds)

    return lambda work: _register(work, turn)


def daily(at: str) -> Callable[[Work], Work]:
    """`at` is Beijing time, "08:00". A worker that was down at that hour catches up."""
    hour = time.fromisoformat(at)

    def turn(moment: datetime) -> datetime:
        today = datetime.combine(clock.beijing(moment).date(), hour, clock.BEIJING)
        return today if today <= moment else today - timedelta(days=1)

    return lambda work: _register(work, turn)


def _register(work: Work, turn: Callable[[datetime], datetime]) -> Work:
    name = f"{work.__module__}.{work.__qualname__}"
    recurring[name] = Recurring(name, work, turn)
    return work


def run_due() -> int:
    """Does what is due now; returns how much was done."""
    moment = clock.now()
    return sum(each.do(moment) for each in list(recurring.values()) if each.is_due(moment))
