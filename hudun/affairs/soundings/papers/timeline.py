"""The timeline of the report."""

from hudun.affairs.soundings.result import Moment, Result
from hudun.core import clock
from hudun.core.paper.tree import Moment as Shown
from hudun.core.paper.tree import Run, Timeline

from .wording import clock_time, month_day

TENTHS = {"first-sound", "stopped", "silent"}
"""Where a second is not fine enough."""


def timeline(result: Result) -> Timeline:
    return Timeline(tuple(_shown(result, one) for one in result.timeline), "鸣放过程", "timeline")


def _shown(result: Result, moment: Moment) -> Shown:
    tenth = f".{clock.beijing(moment.at).microsecond // 100_000}" if moment.kind in TENTHS else ""
    when = f"{month_day(moment.at)} {clock_time(moment.at)}{tenth}"
    return Shown(when, Run(moment.text, result.url("timeline")))
