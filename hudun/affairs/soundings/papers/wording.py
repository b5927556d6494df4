"""Words and times as the papers of a sounding write them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hudun.affairs.soundings.result import Result, SignalAt, SirenRow
from hudun.affairs.soundings.result.lists import OUTCOME_NAMES
from hudun.core import clock
from hudun.core.paper.numbering import chinese_date
from hudun.wire.frames import Mode

WHAT = {Mode.LIVE: "防空警报鸣放", Mode.TRIAL: "防空警报试鸣", Mode.SILENT: "静默测试"}
SHORT = {Mode.LIVE: "鸣放", Mode.TRIAL: "试鸣", Mode.SILENT: "测试"}
DASH = "—"


ONE_LINE = 19
"""Characters of a title that fit one line."""


def title(result: Result) -> str:
    """A long one is broken before the words that name the trade, not within them."""
    name = result.title
    if "警报" not in name and "鸣" not in name:
        name += WHAT[result.mode]
    said = f"关于{name}情况的报告"
    before, trade, after = said.partition("防空警报")
    broken = len(said) > ONE_LINE and trade and len(before) > 2
    return f"{before.rstrip()}\n{trade}{after}" if broken else said


def day(moment: datetime) -> str:
    return chinese_date(clock.beijing(moment).date())


def month_day(moment: datetime) -> str:
    here = clock.beijing(moment)
    return f"{here.month}月{here.day}日"


def said_time(moment: datetime) -> str:
    """9时30分, with the seconds only where there are any."""
    here = clock.beijing(moment)
    return f"{here.hour}时{here.minute:02d}分" + (f"{here.second:02d}秒" if here.second else "")


def exact_time(moment: datetime) -> str:
    here = clock.beijing(moment)
    return f"{here.hour}时{here.minute:02d}分{here.second:02d}秒"


def clock_time(moment: datetime) -> str:
    return f"{clock.beijing(moment):%H:%M:%S}"


def short_time(moment: datetime) -> str:
    here = clock.beijing(moment)
    return f"{here:%H:%M:%S}" if here.second else f"{here:%H:%M}"


def length(span: timedelta) -> str:
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    said = f"{minutes}分" if minutes else ""
    return f"{said}{seconds}秒" if seconds else f"{minutes}分钟"


def signal_with_times(signal: SignalAt) -> str:
    begins, ends = short_time(signal.starts_at), short_time(signal.ends_at)
    return f"{signal.name}警报（{begins}至{ends}）"


def ending(row: SirenRow) -> str:
    """How the siren came off, in a word."""
    if row.outcome.name == "FINISHED":
        return "准确" if row.accurate else "不准确"
    return OUTCOME_NAMES[row.outcome]


def error_in_seconds(ms: int | None) -> str:
    return DASH if ms is None else f"{ms / 1000:+.2f}"


def joined(names: Sequence[str]) -> str:
    return "、".join(names)
