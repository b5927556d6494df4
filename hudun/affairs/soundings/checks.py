"""`hudun check KIND FILE [--json]`: exits 0 if all agrees, 1 on a difference, 2 on a bad file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hudun.core.error import Problem

from . import timetable_file
from .timetable import DAY_S
from .timetable_check import Difference, Outcome, Sound, check

AGREES, DIFFERS, BAD = 0, 1, 2


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="hudun check", description="核对：全部一致才返回 0。")
    parser.add_argument("kind", metavar="种类", help="、".join(CHECKS))
    parser.add_argument("file", metavar="文件", type=Path)
    parser.add_argument("--json", action="store_true", help="结果写成 JSON")
    asked = parser.parse_args(argv)
    try:
        if asked.kind not in CHECKS:
            raise Problem("400.42", kind=asked.kind, known="、".join(CHECKS))
        return CHECKS[asked.kind](asked.file, asked.json)
    except Problem as problem:
        _say_problem(problem, asked.json)
        return BAD


def check_timetables(path: Path, as_json: bool) -> int:
    outcomes = check(timetable_file.read(path))
    agrees = all(one.agrees for one in outcomes)
    if as_json:
        rows = [_as_json(one) for one in outcomes]
        print(json.dumps({"agrees": agrees, "timetables": rows}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(line for one in outcomes for line in _lines(one)))
    return AGREES if agrees else DIFFERS


CHECKS: dict[str, Callable[[Path, bool], int]] = {"timetables": check_timetables}


def _lines(one: Outcome) -> Iterator[str]:
    octets = "、".join(str(len(frame)) for frame in one.frames)
    verdict = "每秒一致" if one.agrees else "不一致"
    yield f"{one.name}：{verdict}（命令 {len(one.frames)} 帧，{octets} 字节）"
    if not one.announced:
        yield f"{one.name}：没有公告时刻（announced），无从比较"
    for first, second in one.overlapping:
        yield (
            f"{one.name}：{_clock(second.at)} “{second.signal}”开始时，"
            f"“{first.signal}”（{_clock(first.at)} 起）尚未结束"
        )
    for difference in one.differences:
        yield f"{one.name}：{_difference(difference)}"


def _difference(one: Difference) -> str:
    names = "、".join(sorted({name for name, _ in one.planned | one.announced}))
    run = f"起 {one.seconds} 秒" if one.seconds > 1 else "这一秒"
    return (
        f"“{names}” {_clock(one.second)} {run}不符："
        f"时间表为 {_value(one.planned)}，公告为 {_value(one.announced)}"
    )


def _value(sounds: frozenset[Sound]) -> str:
    words = [f"{name} {'响' if heard else '停'}" for name, heard in sorted(sounds)]
    return " + ".join(words) or "无信号"


def _clock(second: int) -> str:
    second %= DAY_S
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def _as_json(one: Outcome) -> dict[str, Any]:
    return {
        "where": one.name,
        "agrees": one.agrees,
        "programme": [
            [step.signal, _clock(step.at), _clock(step.at + one.signals[step.signal].seconds)]
            for step in one.programme
        ],
        "order_octets": [len(frame) for frame in one.frames],
        "announced": one.announced,
        "overlaps": [[a.signal, _clock(a.at), b.signal, _clock(b.at)] for a, b in one.overlapping],
        "differences": [
            {
                "second": _clock(difference.second),
                "seconds": difference.seconds,
                "planned": sorted(difference.planned),
                "announced": sorted(difference.announced),
            }
            for difference in one.differences
        ],
    }


def _say_problem(problem: Problem, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"agrees": False, "problem": problem.as_json()}, ensure_ascii=False))
    else:
        print(f"{problem.number} {problem.what}\n{problem.safe}{problem.todo}", file=sys.stderr)
