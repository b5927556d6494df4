"""The tables of the report. A column of failures that did not happen is left out."""

from collections.abc import Sequence

from hudun.affairs.soundings.rates import FAILURES, Outcome, Ratio, Tally
from hudun.affairs.soundings.result import Result, SignalAt, SirenRow
from hudun.affairs.soundings.result.lists import OUTCOME_NAMES, outcome_list
from hudun.assets.sirens.facts import REGISTER
from hudun.core.paper.numbering import percent
from hudun.core.paper.tree import Align, Column, Content, Run, Table, number

from .wording import DASH, ending, error_in_seconds, short_time

TOTAL = "合计"
SHOWN_SIGNALS = 4
"""A siren's row shows each signal by itself up to here, and only their count beyond."""

NARROW, WIDE = 28.0, 38.0
"""Points: room for two characters, and for three or a percentage."""

IN_A_COLUMN = {Outcome.BY_HAND: "手动", Outcome.SILENT: "未响", Outcome.UNREPORTED: "未报"}
"""Shorter names where a column is narrow."""

Row = tuple[Content, ...]


def rates_table(result: Result) -> Table:
    whole = result.whole
    rows = [
        _rate(result, "鸣响率", "按令鸣响 ÷ 应鸣", whole.sounding_rate, "sounded"),
        _rate(result, "准确率", "信号、起始、时长均准确 ÷ 应鸣", whole.accuracy_rate, "accurate"),
        _rate(result, "统控率", "统控鸣响 ÷ 应鸣", whole.control_rate, "controlled"),
    ]
    columns = (
        Column("指标", 1.1), Column("计算方法", 3.6, Align.LEFT), Column("分子（台）", 1.3),
        Column("分母（台）", 1.3), Column("比率", 1.1),
    )  # fmt: skip
    return Table(columns, (*rows, _working(result)), "鸣放指标", "rates")


def _rate(result: Result, label: str, how: str, ratio: Ratio, name: str) -> Row:
    share = percent(ratio.numerator, ratio.denominator)
    return (
        label, how, number(ratio.numerator, result.url(name)),
        number(ratio.denominator, result.url("ordered")), Run(share, result.url(f"not-{name}")),
    )  # fmt: skip


def _working(result: Result) -> Row:
    value = result.working
    part, whole = int(value.number or 0), int(value.denominator or 0)
    return (
        "完好率", "完好 ÷ 登记在册", number(part, value.url), number(whole, REGISTER),
        Run(percent(part, whole), REGISTER),
    )  # fmt: skip


def composition_table(result: Result) -> Table:
    """Where every ordered siren stands; the parts add up to the last row."""
    whole = result.whole
    parts = (
        ("统控鸣响", "controlled", whole.central, "由命令启动，各信号均有鸣响证明"),
        ("手动鸣响", "by-hand", whole.by_hand, "有信号由人工启动，已登记"),
        ("无证明", "unproved", whole.unproved, "终端没有检测装置，不计入鸣响"),
        ("未按令鸣响", "failed", whole.failed, "至少一个信号没有鸣响或没有鸣完"),
    )
    rows: list[Row] = [
        (label, number(len(numbers), result.url(name)), why) for label, name, numbers, why in parts
    ]
    rows.append((TOTAL, number(len(whole.ordered), result.url("ordered")), "应鸣警报器"))
    columns = (Column("类别", 1.4), Column("台数", 0.9), Column("含义", 4.2, Align.LEFT))
    return Table(columns, tuple(rows), "应鸣警报器构成", "composition")


def signal_table(result: Result) -> Table:
    failures = [one for one in FAILURES if any(tally.of(one) for tally in result.by_signal)]
    titles = ["应鸣", "统控", "手动", "准确", "无证明"]
    titles += [short_name(one) for one in failures]
    longest = max(len(signal.label) for signal in result.signals)
    columns = (
        Column("信号", WIDE if longest > 2 else NARROW), Column("开始", WIDE),
        *(Column(title, _width(title)) for title in titles),
        Column("鸣响率", WIDE), Column("准确率", WIDE),
    )  # fmt: skip
    rows = [
        _signal(result, signal, tally, failures)
        for signal, tally in zip(result.signals, result.by_signal, strict=True)
    ]
    note = "" if failures else "没有未鸣响、中断、拒绝和失联的警报器。"
    return Table(columns, tuple(rows), "各信号鸣放情况（台）", "signals", note)


def short_name(outcome: Outcome) -> str:
    return IN_A_COLUMN.get(outcome, OUTCOME_NAMES[outcome])


def _width(title: str) -> float:
    return NARROW if len(title) <= 2 else WIDE


def _signal(result: Result, signal: SignalAt, tally: Tally, failures: Sequence[Outcome]) -> Row:
    def count(numbers: frozenset[int], name: str) -> Run:
        return number(len(numbers), result.url(name, signal))

    return (
        signal.label, short_time(signal.starts_at), count(tally.ordered, "ordered"),
        count(tally.central, "controlled"), count(tally.by_hand, "by-hand"),
        count(tally.accurate, "accurate"), count(tally.unproved, "unproved"),
        *(count(tally.of(one), outcome_list(one)) for one in failures),
        Run(_percent(tally.sounding_rate), result.url("not-sounded", signal)),
        Run(_percent(tally.accuracy_rate), result.url("not-accurate", signal)),
    )  # fmt: skip


def _percent(ratio: Ratio) -> str:
    return percent(ratio.numerator, ratio.denominator)


def per_siren_table(result: Result) -> Table:
    few = len(result.signals) <= SHOWN_SIGNALS
    shown = (
        [Column(signal.name, 1.2) for signal in result.signals]
        if few
        else [Column("完成信号", 1.5)]
    )
    columns = (
        Column("编号", 0.9), Column("名称", 5.0, Align.LEFT), Column("所在街道", 2.0), *shown,
        Column("起始偏差（秒）", 1.4, Align.RIGHT), Column("结果", 1.2),
    )  # fmt: skip
    rows = tuple(_siren(result, row, few) for row in result.rows)
    note = "注：起始偏差为实际起始与命令起始之差，正数为晚；各信号中取绝对值最大的一个。"
    return Table(columns, rows, "", "sirens", note)


def _siren(result: Result, row: SirenRow, few: bool) -> Row:
    signals: list[Content] = [_short(one.outcome, one.accurate) for one in row.signals]
    if not few:
        done = sum(one.outcome <= Outcome.BY_HAND for one in row.signals)
        signals = [f"{done}/{len(row.signals)}"]
    return (
        str(row.number), row.siren.name, row.siren.street or DASH, *signals,
        Run(error_in_seconds(row.start_error_ms), result.siren_url(row)),
        Run(_short(row.outcome, row.accurate), result.siren_url(row)),
    )  # fmt: skip


def _short(outcome: Outcome, accurate: bool) -> str:
    """For a narrow column."""
    if outcome is Outcome.FINISHED:
        return "准确" if accurate else "不准确"
    return short_name(outcome)


def shortfall_table(result: Result, rows: Sequence[SirenRow], caption: str) -> Table:
    columns = (
        Column("编号", 0.9), Column("名称", 3.6, Align.LEFT), Column("所在街道", 2.0),
        Column("结果", 1.5), Column("原因", 4.6, Align.LEFT),
    )  # fmt: skip
    cells: list[Row] = [
        (
            str(row.number), row.siren.name, row.siren.street or DASH,
            Run(ending(row), result.siren_url(row)), row.reason or DASH,
        )
        for row in rows
    ]  # fmt: skip
    return Table(columns, tuple(cells), caption, "shortfall")
