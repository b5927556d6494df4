"""警报试鸣情况报告: a result, told to the upper level."""

from collections.abc import Iterator
from datetime import datetime

from hudun.affairs.soundings.result import Result
from hudun.core import clock
from hudun.core.paper.tree import (
    Attachment,
    Block,
    Heading,
    Imprint,
    Paper,
    Paragraph,
    Run,
    Signature,
)

from .basics import basics, lead
from .figures import figures
from .notes import DEMO_TITLE, demo_words, source_notes
from .office import Letterhead
from .shortfall import shortfall, shortfall_attachment
from .tables import composition_table, per_siren_table, rates_table, signal_table
from .timeline import timeline
from .wording import title

HOW = (
    "每台警报器须各信号均做到才计入各率；信号相符，起始、时长与命令各相差不超过1秒的为准确；"
    "手动鸣响计入鸣响率，不计入统控率和准确率；无鸣响证明的均不计入。"
)


def report(
    result: Result, head: Letterhead, at: datetime, *, approver: str = "", remark: str = ""
) -> Paper:
    """Without a number: issuing gives it one. Every figure opens the list behind it."""
    today = clock.beijing(at).date()
    demo = demo_words(result)
    return Paper(
        title=title(result) + (DEMO_TITLE if demo else ""),
        issuer=head.name,
        addressee=head.superior,
        body=tuple(_body(result, demo)),
        signature=Signature(head.name, today),
        attachments=tuple(_attachments(result)),
        remark=remark,
        source_notes=source_notes(result, at),
        imprint=Imprint(head.name, today),
        red_head=True,
        approver=approver,
    )


def _body(result: Result, demo: str) -> Iterator[Block]:
    if demo:
        yield Paragraph(Run(demo, strong=True))
    yield lead(result)
    yield Heading(1, "基本情况")
    yield from basics(result)
    yield Heading(1, "鸣放结果")
    yield Paragraph(
        [HOW, "各项指标见", Run("表1", "#rates"), "，构成见", Run("表2", "#composition"), "。"]
    )
    yield rates_table(result)
    yield composition_table(result)
    yield Heading(1, "各信号情况")
    yield signal_table(result)
    yield Heading(1, "未达到要求的警报器及原因")
    yield from shortfall(result)
    yield Heading(1, "时间线")
    yield timeline(result)
    yield Heading(1, "图")
    yield from figures(result)
    yield Paragraph("特此报告。")


def _attachments(result: Result) -> Iterator[Attachment]:
    yield Attachment("逐台鸣放情况表", (per_siren_table(result),))
    yield from shortfall_attachment(result)
