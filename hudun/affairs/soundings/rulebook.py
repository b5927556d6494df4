"""The rules of soundings as they hold for an office on a day."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from hudun.core.error import Problem
from hudun.core.organ import Organ
from hudun.core.rule import coming_days, rule


@dataclass(frozen=True)
class SoundingRules:
    """Numbers are seconds unless named otherwise."""

    notice_whole_days: int
    trial_notice_s: int
    trial_from: time
    trial_until: time
    test_button_s: int
    arm_window_s: int
    late_s: int
    lead_s: int
    lost_after_s: int
    health_every_s: int
    silent_test_signal: str
    silent_test_weekday: int
    stop_redriven_s: int
    telemetry_kept_days: int


def sounding_rules(organ: Organ, day: date) -> SoundingRules:
    value = dict(rule("soundings", organ.province, day, organ).value)
    for name in ("trial_from", "trial_until"):
        value[name] = time.fromisoformat(value[name])
    return SoundingRules(**value)


def signals(organ: Organ, day: date) -> dict[str, Any]:
    """{name: {"number", "pattern", "repeat"}}."""
    value: dict[str, Any] = rule("signals", organ.province, day, organ).value
    return value


def timetables(organ: Organ, day: date) -> list[dict[str, Any]]:
    """Each is whole: it carries its signals and the versions of the rules it came from."""
    tables = rule("timetables", organ.province, day, organ)
    known = rule("signals", organ.province, day, organ)
    return [
        {
            **table,
            "signals": known.value,
            "version": tables.version,
            "signals_version": known.version,
            "clause": tables.clause,
        }
        for table in tables.value
    ]


def timetables_from(organ: Organ, today: date) -> dict[str, str]:
    """Key → name of every timetable that holds today or is to hold; the day of a plan decides
    which of them it may have."""
    days = [today, *coming_days("timetables", organ.province, today, organ)]
    names: dict[str, str] = {}
    for day in days:
        for table in timetables(organ, day):
            later = f"（{day} 起）" if day > today else ""
            names.setdefault(table["key"], f"{table['name']}{later}")
    return names


def timetable(organ: Organ, day: date, key: str) -> dict[str, Any]:
    for table in timetables(organ, day):
        if table["key"] == key:
            return table
    raise Problem("404.40", key=key)
