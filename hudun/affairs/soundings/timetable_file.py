"""Reading a file of signals and timetables, strictly: what the file does not say is not guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from hudun.core.error import Problem
from hudun.wire.signals import Pattern

from . import problems as _problems  # noqa: F401  (makes the numbers known)
from .timetable import DAY_S, Round, Timetable, build_programme, ends_at

CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")


@dataclass(frozen=True, slots=True)
class Announced:
    """What the public notice said; seconds of the day, ``end`` before ``start`` over midnight."""

    signal: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    timetable: Timetable
    announced: tuple[Announced, ...]


@dataclass(frozen=True, slots=True)
class TimetableFile:
    signals: Mapping[str, Pattern]
    cases: tuple[Case, ...]


def read(path: Path) -> TimetableFile:
    """Problem 400.40 when the file cannot be read, 400.41 when its content is not of the form."""
    try:
        whole = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Problem("400.40", path=path, reason=error) from error
    return parse(whole)


def parse(whole: Any) -> TimetableFile:
    top = _object(whole, "文件")
    signals = {
        name: _pattern(one, f"信号“{name}”")
        for name, one in _object(top.get("signals"), "signals").items()
    }
    cases = tuple(_case(one, where, signals) for where, one in _list(top, "timetables", "文件"))
    if not cases:
        _malformed("文件", "timetables 里没有时间表")
    return TimetableFile(signals, cases)


def seconds_of_day(text: Any, where: str) -> int:
    """``HH:MM`` or ``HH:MM:SS``; 24:00 is the end of the day."""
    match = CLOCK.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        _malformed(where, f"时刻 {text!r} 应写作 09:30 或 09:30:00")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    whole = hours * 3600 + minutes * 60 + seconds
    if whole > DAY_S:
        _malformed(where, f"时刻 {text} 不在一天之内")
    return whole


def _case(one: Any, where: str, signals: Mapping[str, Pattern]) -> Case:
    item = _object(one, where)
    name = item.get("where")
    if not isinstance(name, str) or not name:
        _malformed(where, "缺 where（时间表的名称）")
    rounds = tuple(
        _round(round_, place, signals) for place, round_ in _list(item, "rounds", f"“{name}”")
    )
    if not rounds:
        _malformed(f"“{name}”", "rounds 里没有轮次")
    timetable = Timetable(name, rounds)
    programme = build_programme(timetable, signals)
    if ends_at(programme, signals) - programme[0].at > DAY_S:
        _malformed(f"“{name}”", "从头到尾超过 24 小时")
    return Case(timetable, tuple(_announcements(item, name)))


def _round(one: Any, where: str, signals: Mapping[str, Pattern]) -> Round:
    item = _object(one, where)
    names = tuple(name for _, name in _list(item, "signals", where))
    for name in names:
        if not isinstance(name, str) or name not in signals:
            _malformed(where, f"信号 {name!r} 不在 signals 里")
    if not names:
        _malformed(where, "没有信号")
    times = {
        name: _whole(count, f"{where} times “{name}”", least=1)
        for name, count in _object(item.get("times") or {}, f"{where} times").items()
    }
    return Round(
        seconds_of_day(item.get("start"), where), names, _gap(item, names, times, where), times,
        _optional(item, "gap_within_s", where),
    )  # fmt: skip


def _gap(item: dict[str, Any], names: tuple[str, ...], times: dict[str, int], where: str) -> int:
    """A round of one signal has no gap between signals and need not state any."""
    gap = _optional(item, "gap_s", where)
    if gap is not None:
        return gap
    repeated = any(times.get(name, 1) > 1 for name in names)
    if len(names) > 1 or (repeated and item.get("gap_within_s") is None):
        _malformed(where, "缺 gap_s（两个信号之间的间隔）")
    return 0


def _pattern(one: Any, where: str) -> Pattern:
    item = _object(one, where)
    strokes = tuple(_stroke(stroke, place) for place, stroke in _list(item, "pattern", where))
    repeat = _whole(item.get("repeat", 1), f"{where} repeat", least=1)
    pattern = Pattern(strokes, repeat)
    if not pattern.on_seconds:
        _malformed(where, "没有鸣响的一秒")
    if pattern.seconds > DAY_S:
        _malformed(where, "超过 24 小时")
    return pattern


def _stroke(stroke: Any, where: str) -> tuple[int, int]:
    if not isinstance(stroke, list) or len(stroke) != 2:
        _malformed(where, "应为 [响的秒数, 停的秒数]")
    return _whole(stroke[0], where), _whole(stroke[1], where)


def _announcements(item: dict[str, Any], name: str) -> Iterator[Announced]:
    """None at all stays none: then nothing agrees."""
    if item.get("announced") is None:
        return
    for where, one in _list(item, "announced", f"“{name}”"):
        if not isinstance(one, list) or len(one) != 3 or not isinstance(one[0], str):
            _malformed(where, "应为 [信号, 起, 止]")
        yield Announced(one[0], seconds_of_day(one[1], where), seconds_of_day(one[2], where))


def _object(item: Any, where: str) -> dict[str, Any]:
    if not isinstance(item, dict):
        _malformed(where, "应为 {…} 形式的对象")
    return item


def _list(item: dict[str, Any], key: str, where: str) -> Iterator[tuple[str, Any]]:
    """The elements of a list, each with its place in words."""
    rows = item.get(key)
    if not isinstance(rows, list):
        _malformed(where, f"缺 {key}，或者它不是 […] 形式的列表")
    return ((f"{where} {key} 第 {n} 项", row) for n, row in enumerate(rows, 1))


def _optional(item: dict[str, Any], key: str, where: str) -> int | None:
    return None if item.get(key) is None else _whole(item[key], f"{where} {key}")


def _whole(number: Any, where: str, least: int = 0) -> int:
    """A number of seconds or of times: none is larger than the seconds of a day."""
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if type(number) is not int or not least <= number <= DAY_S:
        _malformed(where, f"{number!r} 应为 {least} 至 {DAY_S} 的整数")
    return number


def _malformed(where: str, reason: str) -> NoReturn:
    raise Problem("400.41", where=where, reason=reason)
