"""How a value of a record is said: on pages, in sheets, in the history."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from hudun.core.clock import beijing
from hudun.core.organ import Organ, OrganKind

LONG = 80
"""A text column of this many characters may be broken over lines."""

Plain = str | int | float | bool | date | None


def organ_words(organ: Organ) -> str:
    """A community is named with its street. Wants `parent` loaded."""
    if organ.kind == OrganKind.COMMUNITY and organ.parent is not None:
        return f"{organ.parent.name}/{organ.name}"
    return organ.name


def field_of(model: type[models.Model], name: str) -> "models.Field[Any, Any] | None":
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def label_of(model: type[models.Model], name: str) -> str:
    field = field_of(model, name)
    return str(field.verbose_name) if field else name


def is_number(model: type[models.Model], name: str) -> bool:
    field = field_of(model, name)
    kinds = (models.IntegerField, models.FloatField, models.DecimalField)
    return isinstance(field, kinds) and not field.choices


def is_long(model: type[models.Model], name: str) -> bool:
    """Text that may fill more than one line of a table."""
    field = field_of(model, name)
    if isinstance(field, models.CharField) and not field.choices:
        return (field.max_length or 0) >= LONG
    return isinstance(field, models.TextField)


def words(record: models.Model, name: str) -> str:
    """The value as people read it; empty where there is none."""
    return _sayer(type(record), name)(record)


@cache
def _sayer(model: type[models.Model], name: str) -> Callable[[models.Model], str]:
    """Found out once for a column."""
    field = field_of(model, name)
    if isinstance(field, models.ManyToManyField):
        return lambda record: "、".join(str(other) for other in getattr(record, name).all())
    if field is not None and field.choices:
        return lambda record: str(getattr(record, f"get_{name}_display")() or "")
    return lambda record: say(getattr(record, name))


def say(value: object) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return f"{beijing(value):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float():
            return f"{value:.6f}".rstrip("0").rstrip(".")
        case Organ():
            return organ_words(value)
        case _:
            return str(value)


def plain(record: models.Model, name: str) -> Plain:
    """The value for a sheet or JSON: numbers stay numbers, everything else is said."""
    return _plainer(type(record), name)(record)


@cache
def _plainer(model: type[models.Model], name: str) -> Callable[[models.Model], Plain]:
    """Found out once for a column: a sheet asks it of a hundred thousand rows."""
    field = field_of(model, name)
    if field is None or field.is_relation:
        return lambda record: words(record, name)
    if field.choices:
        labels = dict(field.flatchoices)
        return lambda record: str(labels.get(value := getattr(record, name), value) or "")
    if is_number(model, name):
        return lambda record: _number(getattr(record, name))
    return lambda record: say(getattr(record, name))


def _number(value: Any) -> Plain:
    match value:
        case Decimal():
            return float(value)
        case int() | float():
            return value
        case _:
            return say(value)


def say_stored(model: type[models.Model], column: str, value: Any) -> str:
    """A value as the journal keeps it, by column name."""
    field = next((f for f in model._meta.concrete_fields if f.attname == column), None)
    if field is None or value is None:
        return say(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation and isinstance(value, str | UUID):
        return _named(field, value)
    return say(field.to_python(value))


def _named(field: "models.Field[Any, Any]", key: str | UUID) -> str:
    other = field.related_model
    if not isinstance(other, type):
        return str(key)
    found = other._base_manager.filter(pk=key).first()
    return say(found) if found else str(key)
