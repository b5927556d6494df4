"""通报: what is open in one street, for the street to chase."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.conf import settings

from hudun.affairs.inspections.models import Hazard
from hudun.core import clock
from hudun.core.organ import Organ
from hudun.core.paper.issue import PaperKind
from hudun.core.paper.numbering import chinese_date
from hudun.core.paper.tree import (
    Align,
    Block,
    Column,
    Lead,
    Paper,
    Paragraph,
    Signature,
    Table,
    number,
)
from hudun.office.letterhead import Letterhead

from .notice import DEMO

KEY, MARK = "inspections.bulletin", "隐通"
LIST = "#list"


def BULLETIN(head: Letterhead) -> PaperKind:  # noqa: N802 - a series of numbers
    return PaperKind(KEY, head.prefix + MARK)


def bulletin_paper(
    street: Organ, hazards: Sequence[Hazard], head: Letterhead, at: datetime
) -> Paper:
    today = clock.beijing(at).date()
    return Paper(
        title=f"关于{street}\n隐患整改情况的通报" + (DEMO if settings.DEMO else ""),
        issuer=head.name,
        addressee=_addressee(street),
        red_head=True,
        body=tuple(_body(hazards, today)),
        signature=Signature(head.name, today),
        source_notes=(f"数据截至{chinese_date(today)}。",),
    )


def _addressee(street: Organ) -> str:
    return f"{street}办事处" if street.name.endswith("街道") else f"{street}"


def _body(hazards: Sequence[Hazard], today: date) -> Iterator[Block]:
    late = [hazard for hazard in hazards if hazard.until and hazard.until < today]
    replied = [hazard for hazard in hazards if hazard.state == "replied"]
    yield Lead(
        (
            "截至",
            chinese_date(today),
            "，你辖区共有未销号隐患",
            number(len(hazards), LIST, "处"),
            "，其中逾期",
            number(len(late), LIST, "处"),
            "，已回复待复查",
            number(len(replied), LIST, "处"),
            "。现将清单通报如下，请督促社区和物业按期整改：",
        )
    )
    yield Table(
        (
            Column("序号", 0.8),
            Column("对象", 3, Align.LEFT),
            Column("隐患（等级）", 2.6, Align.LEFT),
            Column("责任单位", 3, Align.LEFT),
            Column("整改期限", 1.9),
            Column("现状", 2.6, Align.LEFT),
        ),
        tuple(_row(n, hazard, today) for n, hazard in enumerate(hazards, start=1)),
        "未销号隐患清单",
        name="list",
    )
    yield Paragraph("整改完成的，请社区和物业用通知所附的回复链接填报，由我办派人复查销号。")


def _row(n: int, hazard: Hazard, today: date) -> tuple[str, ...]:
    late = hazard.until is not None and hazard.until < today
    state = hazard.shown.label + (f"，逾期{(today - hazard.until).days}天" if late else "")  # type: ignore[operator]
    kind = f"{hazard.kind}（{hazard.grade}）"
    return str(n), hazard.plate.title, kind, hazard.unit, f"{hazard.due_on}", state
