"""The row of a record as the database now has it.

Read once for every journal line. Django would compile the same query anew each time, which for a
noun of fifty columns takes longer than everything else that an action does; here the text of the
query is kept.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

from django.db import connection, models

Convert = Callable[[Any], Any]


class _Query(NamedTuple):
    text: str
    columns: list[str]
    converters: list[tuple[int, Convert]]


def stored(record: models.Model) -> dict[str, Any]:
    """Column attribute → value; nothing if the row is gone."""
    query = _query(type(record), connection.vendor)
    key = record._meta.pk.get_db_prep_value(record.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(query.text, [key])
        found = cursor.fetchone()
    if found is None:
        return {}
    row = list(found)
    for i, convert in query.converters:
        row[i] = convert(row[i])
    return dict(zip(query.columns, row, strict=True))


@cache
def _query(model: type[models.Model], _vendor: str) -> _Query:
    fields, name = model._meta.concrete_fields, connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in fields)
    pk = str(model._meta.pk.column)
    text = f"SELECT {columns} FROM {name(model._meta.db_table)} WHERE {name(pk)} = %s"  # noqa: S608 - no value in it
    made = [(i, each) for i, field in enumerate(fields) for each in _converters(field)]
    return _Query(text, [field.attname for field in fields], made)


def _converters(field: "models.Field[Any, Any]") -> list[Convert]:
    """First the database's own, then the field's, as the compiler does."""
    column = field.get_col(field.model._meta.db_table)
    listed = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    return [partial(_convert, each, column) for each in listed]


def _convert(convert: Callable[..., Any], column: Any, value: Any) -> Any:
    return convert(value, column, connection)
