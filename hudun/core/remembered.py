"""A record that remembers how it was read, so that a change can be shown before and after."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models


def values_of(record: models.Model) -> dict[str, Any]:
    """The loaded column values of a record, by column attribute."""
    deferred = record.get_deferred_fields()
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.attname not in deferred
    }


class Remembered(models.Model):
    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        record = super().from_db(db, field_names, values)
        record.__dict__["_as_read"] = values_of(record)
        return record

    @property
    def as_read(self) -> dict[str, Any]:
        """Empty for a record that was made, not read."""
        return self.__dict__.get("_as_read", {})
