"""What other affairs did; hudun/wiring.py names which."""

from datetime import date
from uuid import UUID

from hudun.core.action import Actor
from hudun.core.outbox.models import Event

from .actions import record_silence


def silent_sirens(event: Event) -> None:
    """Of a sounding that was heard: who did not hear it today."""
    if event.organ is None:
        return
    said = event.payload
    record_silence(
        Actor.system(event.organ), event.organ, order=UUID(said["order"]),
        day=date.fromisoformat(said["day"]), title=said["title"], url=said["url"],
        ordered=said["ordered"], numbers=said["silent"],
    )  # fmt: skip
