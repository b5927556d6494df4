"""From the text of a cell to what a form field takes."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django import forms

from hudun.core.organ import Organ

from .forms import Fields, Pick, PickMany, YesNo
from .words import say

COMMITTEE = re.compile(r"(居委会|村委会|居民委员会|村民委员会)$")
YES = {"是", "有", "纳入", "true", "1", "√", "y", "yes"}
NO = {"否", "无", "未纳入", "false", "0", "×", "n", "no"}
Reader = Callable[[str], Any]


def readers(fields: Fields) -> dict[str, Reader]:
    return {name: reader(field) for name, field in fields.items()}


def reader(field: forms.Field) -> Reader:
    match field:
        case PickMany():
            return partial(_many, _names(field.records.items()))
        case Pick():
            return partial(_one, _names(field.records.items()))
        case YesNo():
            return _yes_no
        case forms.ChoiceField():
            return partial(_one, {str(label): str(value) for value, label in _flat(field)})
        case forms.DateField():
            return _date
        case forms.IntegerField() | forms.FloatField() | forms.DecimalField():
            return _number
        case _:
            return str.strip


def _flat(field: forms.ChoiceField) -> Iterable[tuple[Any, Any]]:
    return [(value, label) for value, label in field.choices if value != ""]  # type: ignore[union-attr, misc]


def _names(records: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Every way in which a record may be named in a sheet; what names two names none."""
    found: dict[str, str | None] = {}
    for key, record in records:
        for name in {*_ways(record)}:
            found[name] = None if name in found else key
    return {name: key for name, key in found.items() if key is not None}


def _ways(record: Any) -> Iterable[str]:
    yield say(record)
    if isinstance(record, Organ):
        yield from _organ_ways(record)
    elif number := getattr(record, "number", None):
        yield from (str(number), str(getattr(record, "name", number)))


def _organ_ways(organ: Organ) -> Iterable[str]:
    """By code, and as people write it: 坡子街街道/西牌楼社区, 西牌楼社区, 西牌楼社区居委会."""
    if organ.code:
        yield organ.code
    for name in {organ.name, COMMITTEE.sub("", organ.name)}:
        yield name
        if organ.parent is not None:
            yield from (f"{organ.parent.name}{name}", f"{organ.parent.name}/{name}")


def _one(names: dict[str, str], text: str) -> str:
    """What is not known stays as it is, so that the field can name it in its refusal."""
    return names.get(text.strip(), text.strip())


def _many(names: dict[str, str], text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[、,，;；\n]+", text)]
    return [names.get(part, part) for part in parts if part]


def _yes_no(text: str) -> str:
    word = text.strip().lower()
    return "true" if word in YES else "false" if word in NO else text


def _number(text: str) -> str:
    return re.sub(r"[\s,，]", "", text)


def _date(text: str) -> str:
    """2020-5-1, 2020/5/1, 2020.5.1, 2020年5月1日, and 2020年5月 or 2020.5 as its first day."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?[日月]?", text.strip())
    if not found:
        return text
    year, month, day = found.groups()
    return f"{year}-{int(month):02}-{int(day or 1):02}"
