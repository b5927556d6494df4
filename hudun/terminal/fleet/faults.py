"""Faults to order: what a simulated siren does wrong (docs/terminal.md, 故障文件)."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# fault → the fields it must have, and the fields it may have
FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "offline": (frozenset(), frozenset()),
    "slow": (frozenset({"seconds"}), frozenset()),
    "clock_off": (frozenset({"seconds"}), frozenset()),
    "dead_amplifier": (frozenset(), frozenset()),
    "no_evidence": (frozenset(), frozenset()),
    "reboot": (frozenset({"at", "for"}), frozenset({"signal"})),
    "sounds_by_itself": (frozenset({"at", "for"}), frozenset({"signal"})),
}
MAY_BE_NEGATIVE = {("clock_off", "seconds"), ("reboot", "at"), ("sounds_by_itself", "at")}


class FaultFileError(ValueError):
    """Numbered as every error a user can see."""

    def __init__(self, number: str, text: str) -> None:
        super().__init__(f"{number} {text}")
        self.number = number


@dataclass(frozen=True, slots=True)
class Fault:
    """``at`` counts from the start of the sounding, or of its ``signal``-th signal (from 0).

    For ``sounds_by_itself`` without ``signal`` it counts from the start of the fleet.
    """

    siren: int
    name: str
    seconds: float = 0.0
    at: float = 0.0
    duration: float = 0.0
    signal: int | None = None

    def to_json(self) -> dict[str, Any]:
        given = {
            "seconds": self.seconds,
            "at": self.at,
            "for": self.duration,
            "signal": self.signal,
        }
        must, may = FIELDS[self.name]
        shown = {name: given[name] for name in given if name in must or name in may}
        if shown.get("signal", 0) is None:
            del shown["signal"]
        return {"siren": self.siren, "fault": self.name, **shown}


def read_faults(path: str | Path, sirens: Collection[int] | None = None) -> list[Fault]:
    """The faults of a file; ``sirens``: which numbers there are.

    Raises:
        FaultFileError: 422.1 not a fault file · 422.2 no such fault · 422.3 a field is missing,
            unknown or has a wrong value · 422.4 no such siren · 422.5 the same fault twice.
    """
    try:
        data = json.loads(Path(path).read_text())
    except (OSError, ValueError, RecursionError) as error:
        raise FaultFileError("422.1", f"故障文件 {path} 读不出来：{error}") from error
    return parse_faults(data, sirens)


def parse_faults(data: object, sirens: Collection[int] | None = None) -> list[Fault]:
    rows = data.get("faults") if isinstance(data, dict) and len(data) == 1 else None
    if not isinstance(rows, list):
        raise FaultFileError("422.1", '故障文件应为 {"faults": [{"siren": 7, "fault": "offline"}]}')
    faults = [_fault(number, row, sirens) for number, row in enumerate(rows, 1)]
    seen: set[tuple[int, str]] = set()
    for number, fault in enumerate(faults, 1):
        if (fault.siren, fault.name) in seen:
            raise FaultFileError(
                "422.5", f"第 {number} 条：{fault.siren} 号警报器的 {fault.name} 写了两次"
            )
        seen.add((fault.siren, fault.name))
    return faults


def _fault(number: int, row: object, sirens: Collection[int] | None) -> Fault:
    if not isinstance(row, dict):
        raise FaultFileError("422.1", f"第 {number} 条不是一个对象")
    name, siren = row.get("fault"), row.get("siren")
    if not isinstance(name, str) or name not in FIELDS:
        known = "、".join(FIELDS)
        raise FaultFileError("422.2", f"第 {number} 条：没有名为 {name} 的故障，可用的有 {known}")
    if type(siren) is not int or siren < 0:
        raise FaultFileError("422.3", f"第 {number} 条：siren 应为警报器编号，而不是 {siren}")
    if sirens is not None and siren not in sirens:
        raise FaultFileError("422.4", f"第 {number} 条：没有 {siren} 号警报器")
    fields = {key: value for key, value in row.items() if key not in ("fault", "siren")}
    _check(number, name, fields)
    return Fault(
        siren, name, fields.get("seconds", 0.0), fields.get("at", 0.0), fields.get("for", 0.0),
        fields.get("signal"),
    )  # fmt: skip


def _check(number: int, name: str, fields: Mapping[str, Any]) -> None:
    must, may = FIELDS[name]
    if missing := must - set(fields):
        raise FaultFileError("422.3", f"第 {number} 条：{name} 缺 {'、'.join(sorted(missing))}")
    if unknown := set(fields) - must - may:
        raise FaultFileError("422.3", f"第 {number} 条：{name} 没有 {'、'.join(sorted(unknown))}")
    for field, value in fields.items():
        whole = field == "signal"
        right = type(value) is int if whole else _is_number(value)
        if not right or (value < 0 and (name, field) not in MAY_BE_NEGATIVE):
            raise FaultFileError("422.3", f"第 {number} 条：{name} 的 {field} 不能是 {value}")


def _is_number(value: object) -> bool:
    """JSON as Python reads it also has NaN and Infinity: moments that never come."""
    return isinstance(value, int | float) and type(value) is not bool and math.isfinite(value)
