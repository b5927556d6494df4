"""A dead event is looked at by a person."""

from hudun.core.action import Act, action
from hudun.core.error import Problem
from hudun.core.organ import Role
from hudun.core.outbox.models import Event


@action("outbox.revive", label="重新处理", roles={Role.SYSTEM_ADMIN})
def revive_event(act: Act, event: Event) -> Event:
    """It is tried again from the start; what was already answered is not repeated."""
    if event.dead_at is None:
        raise Problem("409.4", label=act.label)
    event.dead_at, event.tries, event.not_before = None, 0, act.now
    event.save(update_fields=["dead_at", "tries", "not_before"])
    return event
