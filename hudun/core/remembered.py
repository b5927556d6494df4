"""A record that remembers how it was read, so that a change can be shown before and after."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models


class Remembered(models.Model):
    journal_hidden: ClassVar[frozenset[str]] = frozenset()
    """Columns whose value the journal does not keep: that they changed is enough."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        record = super().from_db(db, field_names, values, **more)
        record.__dict__["_as_read"] = dict(zip(field_names, values, strict=True))
        return record

    @property
    def as_read(self) -> dict[str, Any]:
        """Empty for a record that was made, not read."""
        values: dict[str, Any] = self.__dict__.get("_as_read", {})
        return values
