"""What the body of an action is given."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from hudun.core.organ import Organ

from .actor import Actor


@dataclass
class Act:
    actor: Actor
    now: datetime
    verb: str
    label: str
    organ: Organ | None
    reason: str = ""
    notes: dict[str, Any] = field(default_factory=dict)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    others: list[models.Model] = field(default_factory=list)

    def emit(self, event: str, payload: dict[str, Any]) -> None:
        """Puts an event in the outbox; it leaves after commit. Ids may be UUIDs."""
        self.events.append((event, payload))

    def note(self, **extra: Any) -> None:
        """Adds to the journal line what no field shows."""
        self.notes.update(extra)

    def changed(self, *records: models.Model) -> None:
        """Names other records that this action made or changed, so that the line shows them."""
        self.others.extend(record for record in records if record not in self.others)
