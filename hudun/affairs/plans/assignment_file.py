"""Reading a plain assignment instance, strictly; docs/assignment-file.md is its description.

Every fault is found, not only the first: a planner mends a file once."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from hudun.core.error import Problem
from hudun.engines.sheltering.instance import ROOM, BadInstance, Instance

from . import problems as _problems  # noqa: F401  (makes the numbers known)

SHOWN = 20
LARGEST = 10**12
NAMES = {"demand": "需求点", "shelter": "工程", "arc": "路"}
LISTS = {"demand": "demands", "shelter": "shelters", "arc": "arcs"}
KEYS = {
    "demand": ("id", "people"),
    "shelter": ("id", "capacity"),
    "arc": ("demand", "shelter", "cost"),
}


@dataclass(frozen=True, slots=True)
class AssignmentFile:
    demands: list[str]
    shelters: list[str]
    instance: Instance
    decimals: int
    """Costs of the instance are the file's, times ten to this power."""
    rounded: bool
    """The file gave more decimals than exact sums have room for."""

    def said(self, cost: int) -> Decimal:
        """A sum of costs as the file would write it."""
        return Decimal(cost).scaleb(-self.decimals)


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    where: str
    kind: str
    values: tuple[Any, ...]


@dataclass
class _Content:
    """What is gathered row by row; a fault with the number of its row."""

    faults: list[tuple[int, Problem]] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    costs: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)


def read(path: Path) -> AssignmentFile:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("400.300", path=path, reason=error) from error
    if not text.strip():
        raise Problem("400.302", label="任何内容")
    rows = list(_json_rows(text) if text.lstrip().startswith(("{", "[")) else _text_rows(text))
    content = _Content()
    content.faults = [(row.number, _unknown(row)) for row in rows if row.kind not in KEYS]
    for kind in KEYS:  # arcs last, wherever they stand: they name the other two
        for row in rows:
            if row.kind == kind:
                _take(content, row)
    _report([fault for _, fault in sorted(content.faults, key=lambda pair: pair[0])])
    return _built(content)


def _json_rows(text: str) -> Iterator[Row]:
    try:
        data = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise Problem("400.301", where="JSON", reason=error) from error
    if not isinstance(data, dict):
        raise Problem("400.301", where="JSON", reason="最外层应为对象")
    count = itertools.count()
    for kind, name in LISTS.items():
        entries = data.get(name)
        if not isinstance(entries, list):
            raise Problem("400.301", where=name, reason="应为数组")
        for number, entry in enumerate(entries, 1):
            yield Row(next(count), f"{name} 第 {number} 项", kind, _values(kind, entry))


def _values(kind: str, entry: object) -> tuple[Any, ...]:
    """An object by its keys, an array by position; what is missing shows up as a fault later."""
    if isinstance(entry, dict):
        return tuple(entry.get(key) for key in KEYS[kind])
    return tuple(entry) if isinstance(entry, list) else (entry,)


def _text_rows(text: str) -> Iterator[Row]:
    lines = csv.reader(text.splitlines(), skipinitialspace=True)
    for cells in lines:
        words = [cell.strip() for cell in cells]
        if not any(words) or words[0].startswith("#"):
            continue
        yield Row(lines.line_num, f"第 {lines.line_num} 行", words[0].lower(), tuple(words[1:]))


def _take(content: _Content, row: Row) -> None:
    try:
        _check_shape(row)
        if row.kind == "arc":
            _take_arc(content, row)
        else:
            _take_point(content, row)
    except Problem as fault:
        content.faults.append((row.number, fault))


def _unknown(row: Row) -> Problem:
    reason = f"“{row.kind}”不是 {'、'.join(KEYS)} 之一"
    return Problem("400.301", where=row.where, reason=reason)


def _check_shape(row: Row) -> None:
    keys = KEYS[row.kind]
    if len(row.values) != len(keys) or None in row.values:
        reason = f"应有 {len(keys)} 个值：{'、'.join(keys)}"
        raise Problem("400.301", where=row.where, reason=reason)


def _take_point(content: _Content, row: Row) -> None:
    name = _id(row, row.values[0])
    first = content.seen.setdefault((row.kind, name), row.where)
    if first != row.where:
        raise Problem("400.303", where=row.where, id=name, first=first)
    held = content.people if row.kind == "demand" else content.places
    held[name] = 0  # known from here on, so that a bad number is not also an unknown id
    label = "人数" if row.kind == "demand" else "容量"
    number = _number(row, label, row.values[1], "整数")
    if number != number.to_integral_value():
        raise _not_a_number(row, label, row.values[1], "整数")
    held[name] = int(number)


def _take_arc(content: _Content, row: Row) -> None:
    demand, shelter = _id(row, row.values[0]), _id(row, row.values[1])
    for kind, name in (("demand", demand), ("shelter", shelter)):
        if (kind, name) not in content.seen:
            raise Problem("400.305", where=row.where, id=name, label=NAMES[kind])
    if (demand, shelter) in content.costs:
        raise Problem("400.306", where=row.where, demand=demand, shelter=shelter)
    content.costs[demand, shelter] = _number(row, "距离", row.values[2], "数").normalize()


def _id(row: Row, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).strip():
        raise Problem("400.301", where=row.where, reason="编号应为文字或整数，不能为空")
    return str(value).strip()


def _number(row: Row, label: str, value: object, kind: str) -> Decimal:
    try:
        number = Decimal("NaN") if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not (number.is_finite() and 0 <= number <= LARGEST):
        raise _not_a_number(row, label, value, kind)
    return number


def _not_a_number(row: Row, label: str, value: object, kind: str) -> Problem:
    return Problem("400.304", where=row.where, label=label, value=value, kind=kind)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _report(faults: list[Problem]) -> None:
    """The first fault is raised; the others go with it."""
    if not faults:
        return
    first, others = faults[0], faults[1:]
    shown = {f"第 {k} 处": f"{one.number} {one.what}" for k, one in enumerate(others[:SHOWN], 2)}
    if len(others) > SHOWN:
        shown["…"] = f"另有 {len(others) - SHOWN} 处"
    raise Problem(first.number, first.what, safe=first.safe, todo=first.todo, fields=shown)


def _built(content: _Content) -> AssignmentFile:
    for held, label in ((content.people, "需求点（demand）"), (content.places, "工程（shelter）")):
        if not held:
            raise Problem("400.302", label=label)
    demands, shelters = list(content.people), list(content.places)
    costs = content.costs.values()
    written = max(map(_decimals, costs), default=0)
    decimals = min(written, _room_for(content))
    try:
        instance = Instance.of_arcs(
            list(content.people.values()),
            list(content.places.values()),
            _places_of((demand for demand, _ in content.costs), demands),
            _places_of((shelter for _, shelter in content.costs), shelters),
            [int(cost.scaleb(decimals).to_integral_value()) for cost in costs],
        )
    except (BadInstance, OverflowError) as error:
        raise Problem("400.307") from error
    return AssignmentFile(demands, shelters, instance, decimals, written > decimals)


def _room_for(content: _Content) -> int:
    """With how many decimals every sum is still exact (see `Instance.ceiling`)."""
    dearest = max(content.costs.values(), default=Decimal(0)) + 1
    largest = max(1, sum(content.people.values())) * (len(content.places) + 2) * dearest
    return max(0, (Decimal(ROOM) / largest).adjusted())


def _places_of(names: Iterable[str], known: list[str]) -> list[int]:
    place = {name: k for k, name in enumerate(known)}
    return [place[name] for name in names]
