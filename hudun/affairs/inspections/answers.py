"""What other affairs did that makes a hazard; hudun/wiring.py names which."""

from hudun.core.action import Actor
from hudun.core.outbox.models import Event
from hudun.core.plate import Plate

from .actions.finding import raise_hazard


def from_tipoff(event: Event) -> None:
    """群众反映 that the office has looked at and graded."""
    if not event.payload["grade"]:
        return
    plate = Plate.objects.select_related("organ").get(pk=event.payload["plate"])
    raise_hazard(
        Actor.system(plate.organ).because("采纳群众反映"),
        plate.organ,
        plate,
        kind="群众反映",
        grade=event.payload["grade"],
        detail=event.payload["text"],
    )
