"""未达到要求的警报器及原因: every siren that was not right in all signals, and why."""

from collections import Counter
from collections.abc import Iterator

from hudun.affairs.soundings.rates import FAILURES, Numbers
from hudun.affairs.soundings.result import Result, SirenRow
from hudun.affairs.soundings.result.lists import OUTCOME_NAMES, outcome_list
from hudun.core.paper.tree import Attachment, Block, Paragraph, Run, number

from .tables import shortfall_table

MOST_IN_TEXT = 20
"""A longer list becomes an attachment of its own."""

CAPTION = "未达到要求的警报器及原因"


def wanting(result: Result) -> list[SirenRow]:
    """The worst first."""
    rows = [row for row in result.rows if row.number in result.whole.accuracy_rate.missing]
    return sorted(rows, key=lambda row: (-row.outcome, row.number))


def shortfall(result: Result) -> Iterator[Block]:
    rows = wanting(result)
    if not rows:
        yield Paragraph("应鸣警报器在全部信号中均按令鸣响且准确，没有未达到要求的警报器。")
        return
    yield Paragraph(_summary(result, len(rows)))
    if len(rows) <= MOST_IN_TEXT:
        yield shortfall_table(result, rows, CAPTION)
    else:
        yield Paragraph(f"逐台原因见附件2《{CAPTION}》。")


def shortfall_attachment(result: Result) -> Iterator[Attachment]:
    rows = wanting(result)
    if len(rows) > MOST_IN_TEXT:
        yield Attachment(CAPTION, (shortfall_table(result, rows, ""),))


def _summary(result: Result, total: int) -> list[str | Run]:
    said: list[str | Run] = ["没有做到各信号均准确的警报器共"]
    said += [number(total, result.url("not-accurate"), "台"), "："]
    for n, (label, numbers, name) in enumerate(_parts(result)):
        said += ["，"] if n else []
        said += [label, number(len(numbers), result.url(name), "台"), _why(result, numbers)]
    return [*said, "。"]


def _why(result: Result, numbers: Numbers) -> str:
    """（无任何回音2台、接令后失去联系1台）: by what befell each in its worst signal."""
    causes = Counter(cause for number in numbers if (cause := _cause(result.row[number])))
    if len(causes) == 1:
        return f"（{next(iter(causes))}）"
    counted = "、".join(f"{cause}{times}台" for cause, times in causes.most_common())
    return f"（{counted}）" if counted else ""


def _cause(row: SirenRow) -> str:
    worst = next(one for one in row.signals if one.outcome is row.outcome)
    return worst.verdict.reason if worst.verdict and worst.outcome in FAILURES else ""


def _parts(result: Result) -> Iterator[tuple[str, Numbers, str]]:
    whole = result.whole
    yield from (
        (OUTCOME_NAMES[one], whole.of(one), outcome_list(one))
        for one in reversed(FAILURES)
        if whole.of(one)
    )
    others = (
        ("无证明", whole.unproved, "unproved"),
        ("手动鸣响", whole.by_hand, "by-hand"),
        ("已鸣响但不准确", whole.inaccurate, "inaccurate"),
    )
    yield from (part for part in others if part[1])
