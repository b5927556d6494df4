"""`announce(topic, organ, payload)`: what just changed, for every page that shows it."""

from datetime import timedelta

from hudun.core import clock
from hudun.core.live.models import Change
from hudun.core.organ import Organ

KEPT = timedelta(days=1)


def announce(topic: str, organ: Organ, payload: object) -> None:
    """Part of the caller's transaction. The payload names what changed, e.g. {"things": [3, 5]};
    pages then ask for its rows, so that a change told twice or late does no harm."""
    Change.objects.announce(topic, organ, payload)


def prune() -> int:
    """Forgets what no open page can still ask for. A page that slept longer loads itself anew."""
    deleted, _ = Change.objects.before(clock.wall() - KEPT).delete()
    return deleted
