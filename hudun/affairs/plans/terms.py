"""What a planner may ask of a plan, checked before anything is computed."""

from __future__ import annotations

from typing import Any

from hudun.core.error import Problem

NUMBERS: dict[str, tuple[str, float, float, float]] = {
    "limit_m": ("最远步行距离", 1_000.0, 50, 20_000),
    "warning_s": ("警报传到", 60.0, 0, 7_200),
    "start_s": ("收拾出门", 120.0, 0, 7_200),
    "total": ("总人数", 0, 0, 50_000_000),
    "sites": ("建议新建处数", 10, 0, 100),
    "size": ("新建容量", 2_000, 1, 100_000),
}
"""Label, usual value, least, most."""
WHOLE = ("total", "sites", "size")
SWITCHES = {
    "fair": "先使最远的人尽量近",
    "whole": "一栋楼尽量不拆",
    "together": "同一社区尽量进同一个工程",
    "with_bad": "状况较差的工程也用",
}
WHEN = {"": "常住（没有则夜间）", "night": "夜间", "day": "白天"}


def checked(said: dict[str, Any]) -> dict[str, Any]:
    """Complete terms; 422.303 for a number nobody can have meant."""
    made: dict[str, Any] = {name: bool(said.get(name)) for name in SWITCHES}
    made["when"] = said["when"] if said.get("when") in WHEN else ""
    for name, (label, usual, least, most) in NUMBERS.items():
        given = said.get(name)
        number = _number(usual if given in (None, "") else given)
        if number is None or not least <= number <= most:
            why = f"{least:g} 到 {most:g}"
            raise Problem("422.303", label=label, why=why, fields={name: f"应在 {why} 之间"})
        made[name] = int(number) if name in WHOLE else number
    return made


def _number(given: Any) -> float | None:
    try:
        return float(given)
    except (TypeError, ValueError):
        return None


def words(terms: dict[str, Any]) -> list[tuple[str, str]]:
    """As they are printed."""
    numbers = [
        ("最远步行距离", f"{terms['limit_m']:g} 米"), ("警报传到", f"{terms['warning_s']:g} 秒"),
        ("收拾出门", f"{terms['start_s']:g} 秒"), ("时段", WHEN[terms["when"]]),
    ]  # fmt: skip
    asked = [label for name, label in SWITCHES.items() if terms.get(name)]
    return [*numbers, ("另外", "；".join(asked) or "无")]
