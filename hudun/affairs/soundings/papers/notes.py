"""What a reader must know of the data: where from, as of when, how counted, whether real."""

from datetime import datetime

from django.conf import settings

from hudun.affairs.soundings.result import Result
from hudun.core.paper.tree import Content

from .wording import day, said_time

DEMO_TITLE = "\n（演示数据）"


def demo_words(result: Result) -> str:
    """Empty where every terminal is a real one."""
    if settings.DEMO:
        return (
            "演示数据：本报告中的警报器位置、设点单位和人员均为虚构，终端为模拟终端，"
            "不反映任何单位的真实情况。"
        )
    if result.simulated:
        of = f"{len(result.rows)}台中有{result.simulated}台"
        return f"演示数据：应鸣警报器{of}为模拟终端，不反映真实设备的情况。"
    return ""


def source_notes(result: Result, at: datetime) -> tuple[Content, ...]:
    notes = [
        f"数据取自命令、终端签名回执和结论，截至{day(at)}{said_time(at)}；完好率按当日台账计算；"
        f"时间按终端时差订正{_uncertainty(result)}。带点线的数字可打开所依据的名单。"
    ]
    late = sum(bool(one.verdict and one.verdict.late) for row in result.rows for one in row.signals)
    if late:
        notes.append(f"有{late}项结论据迟到的回执作过改判。")
    return tuple(notes)


def _uncertainty(result: Result) -> str:
    known = [
        one.verdict.uncertainty_ms
        for row in result.rows
        for one in row.signals
        if one.verdict and one.verdict.uncertainty_ms is not None
    ]
    return f"，不确定度不超过{max(known)}毫秒" if known else ""
