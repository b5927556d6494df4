"""Timetables and signals as JSON: in the rules, and in the snapshot that a plan keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hudun.wire.signals import Pattern

from .timetable import Round, Signals, Timetable
from .timetable_file import seconds_of_day


def signals_from_json(items: Mapping[str, Any]) -> Signals:
    """{name: {"number", "pattern": [[on, off], …], "repeat"}}."""
    return {
        name: Pattern(tuple((on, off) for on, off in one["pattern"]), one.get("repeat", 1))
        for name, one in items.items()
    }


def timetable_from_json(item: Mapping[str, Any]) -> Timetable:
    """{"name", "rounds": [{"start", "signals", "gap_s", "times"?, "gap_within_s"?}, …]}."""
    return Timetable(item["name"], tuple(_round(one) for one in item["rounds"]))


def _round(one: Mapping[str, Any]) -> Round:
    return Round(
        seconds_of_day(one["start"], "start"), tuple(one["signals"]), one.get("gap_s", 0),
        one.get("times", {}), one.get("gap_within_s"),
    )  # fmt: skip
