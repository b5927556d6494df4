"""A record that remembers how it was read, so that a change can be shown before and after."""

from typing import Any, ClassVar, Self

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
    journal_hidden: ClassVar[frozenset[str]] = frozenset()
    """Columns whose value the journal does not keep: that they changed is enough."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        record = super().from_db(*args, **kwargs)
        record.__dict__["_as_read"] = values_of(record)
        return record

    @property
    def as_read(self) -> dict[str, Any]:
        """Empty for a record that was made, not read."""
        values: dict[str, Any] = self.__dict__.get("_as_read", {})
        return values
