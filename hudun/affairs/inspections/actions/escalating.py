"""逐级督办: what is overdue is put before the next rung of the ladder. Only the clock does it."""

from hudun.affairs.inspections.holding import put_before, rungs_left
from hudun.affairs.inspections.limits import limits_of
from hudun.affairs.inspections.models import Escalation, Hazard
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.error import Problem

from .telling import tell_rung


@action("inspections.escalate", label="逐级督办")
def escalate(act: Act, hazard: Hazard) -> Escalation:
    """One rung. Refused if it is not due, so a second call changes nothing."""
    left = rungs_left(hazard)
    if not hazard.is_open or hazard.next_on is None or hazard.next_on > clock.today() or not left:
        raise Problem("409.123")
    assert hazard.until is not None
    rung = Escalation.objects.create(
        hazard=hazard, level=left[0].kind, organ=left[0], state=hazard.state,
        due_on=hazard.until, ought_on=hazard.next_on, done_at=act.now,
    )  # fmt: skip
    limits = limits_of(hazard.organ, clock.today())
    hazard.save(update_fields=put_before(hazard, left[0], limits))
    tell_rung(act, hazard, rung)
    act.note(level=rung.level, ought_on=rung.ought_on)
    return rung
