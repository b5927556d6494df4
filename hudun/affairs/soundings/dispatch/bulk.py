"""Many rows in one statement: arrays through ``unnest`` on PostgreSQL, executemany on SQLite.

No model instance is made for a row. A row whose key is already there is left alone or updated, so
that a batch may be written again when nobody knows whether its commit went through.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, connection, models, transaction

log = logging.getLogger(__name__)

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """Where rows go. Without a ``key`` every row is new; ``update`` says what a second row with
    the same key changes, nothing being the default."""

    model: type[models.Model]
    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    update: tuple[str, ...] = field(default=())

    def _column(self, name: str) -> "models.Field[Any, Any]":
        column = self.model._meta.get_field(name)
        assert isinstance(column, models.Field)
        return column

    def insert_singly(self, rows: Sequence[Row]) -> None:
        """For a batch in which something cannot be stored: that row is left out and logged."""
        for row in rows:
            try:
                with transaction.atomic():
                    self.insert([row])
            except (DataError, IntegrityError):
                log.exception("left out of %s: %r", self.model._meta.db_table, row)

    def insert(self, rows: Sequence[Row]) -> None:
        """In the caller's transaction. No two rows may have the same key."""
        if not rows:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(self._unnest, [list(column) for column in zip(*rows, strict=True)])
            else:
                cursor.executemany(self._values, [_plain(row) for row in rows])

    @cached_property
    def _unnest(self) -> str:
        types = (self._column(name).db_type(connection) for name in self.columns)
        arrays = ", ".join(f"%s::{kind}[]" for kind in types)
        return f"{self._into} SELECT * FROM unnest({arrays}){self._conflict}"  # noqa: S608

    @cached_property
    def _values(self) -> str:
        marks = ", ".join(["%s"] * len(self.columns))
        return f"{self._into} VALUES ({marks}){self._conflict}"

    @property
    def _into(self) -> str:
        return f'INSERT INTO "{self.model._meta.db_table}" ({self._listed(self.columns)})'

    @property
    def _conflict(self) -> str:
        if not self.key:
            return ""
        key = self._listed(self.key)
        if not self.update:
            return f" ON CONFLICT ({key}) DO NOTHING"
        changes = ", ".join(f"{name} = excluded.{name}" for name in self.update)
        return f" ON CONFLICT ({key}) DO UPDATE SET {changes}"

    def _listed(self, names: tuple[str, ...]) -> str:
        return ", ".join(str(self._column(name).column) for name in names)


def _plain(row: Row) -> Row:
    """SQLite knows no UUID; Django keeps them there as 32 hex digits."""
    return tuple(value.hex if isinstance(value, UUID) else value for value in row)
