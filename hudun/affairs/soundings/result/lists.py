"""The lists behind the numbers, by the names that links carry: see docs/soundings-report.md."""

from collections.abc import Callable
from typing import NamedTuple

from hudun.affairs.soundings.rates import FAILURES, Numbers, Outcome, Tally
from hudun.core.error import Problem

from .nouns import Result, SirenRow


class List(NamedTuple):
    label: str
    holds: Callable[[SirenRow, Tally], bool]


OUTCOME_NAMES = {
    Outcome.FINISHED: "统控鸣响",
    Outcome.BY_HAND: "手动鸣响",
    Outcome.UNPROVED: "无证明",
    Outcome.PENDING: "结论未出",
    Outcome.UNREPORTED: "未报鸣放",
    Outcome.INTERRUPTED: "中断",
    Outcome.REFUSED: "拒绝",
    Outcome.SILENT: "未鸣响",
    Outcome.UNREACHABLE: "失联",
}


def outcome_list(outcome: Outcome) -> str:
    """The name of the list of one outcome: `interrupted`, `unreachable`, …"""
    return outcome.name.lower().replace("_", "-")


def _of(numbers: Callable[[Tally], Numbers]) -> Callable[[SirenRow, Tally], bool]:
    return lambda row, tally: row.number in numbers(tally)


def _ended_as(outcome: Outcome) -> Callable[[SirenRow, Tally], bool]:
    return _of(lambda tally: tally.of(outcome))


LISTS: dict[str, List] = {
    "ordered": List("应鸣警报器", _of(lambda t: t.ordered)),
    "remote": List("应鸣，有终端", lambda row, _: not row.by_hand),
    "local": List("应鸣，无终端，由人工启动", lambda row, _: row.by_hand),
    "sounded": List("按令鸣响", _of(lambda t: t.sounded)),
    "not-sounded": List("未计入鸣响", _of(lambda t: t.sounding_rate.missing)),
    "controlled": List("统控鸣响", _of(lambda t: t.central)),
    "not-controlled": List("未计入统控", _of(lambda t: t.control_rate.missing)),
    "accurate": List("准确鸣响", _of(lambda t: t.accurate)),
    "not-accurate": List("未计入准确", _of(lambda t: t.accuracy_rate.missing)),
    "inaccurate": List("鸣响但不准确", _of(lambda t: t.inaccurate)),
    "by-hand": List("手动鸣响", _of(lambda t: t.by_hand)),
    "unproved": List("无证明", _of(lambda t: t.unproved)),
    "pending": List("结论未出", _of(lambda t: t.pending)),
    "failed": List("未按令鸣响", _of(lambda t: t.failed)),
    **{outcome_list(one): List(OUTCOME_NAMES[one], _ended_as(one)) for one in FAILURES},
    "unplaced": List("没有登记坐标", lambda row, _: row.siren.point is None),
}


def listed(result: Result, name: str, signal: int | None = None) -> list[SirenRow]:
    """The sirens of a list over the whole sounding, or for its n-th signal (from 1)."""
    if name not in LISTS or (signal is not None and not 1 <= signal <= len(result.by_signal)):
        raise Problem("404.0")
    over = result.whole if signal is None else result.by_signal[signal - 1]
    return [row for row in result.rows if LISTS[name].holds(row, over)]
