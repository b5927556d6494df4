"""What is overdue is found without anybody opening a page."""

import logging

from hudun.affairs.inspections.actions.escalating import escalate
from hudun.affairs.inspections.models import Hazard
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.core.recurring import every

log = logging.getLogger(__name__)

MOST = 200
"""A turn; what is left over comes with the next one."""


@every(seconds=60)
def escalate_overdue() -> None:
    """After days of downtime a hazard climbs as many rungs as were missed, one after the other."""
    for hazard in Hazard.objects.to_escalate(clock.today()).order_by("next_on", "id")[:MOST]:
        _climb(hazard)


def _climb(hazard: Hazard) -> None:
    try:
        while hazard.next_on is not None and hazard.next_on <= clock.today():
            escalate(Actor.system(hazard.organ.seat()), hazard)
            hazard.refresh_from_db()
    except Problem as problem:
        log.warning("hazard %s: %s", hazard.pk, problem)
