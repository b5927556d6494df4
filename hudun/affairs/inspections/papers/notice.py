"""限期整改通知书, with its 送达回证 on a page of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from hudun.affairs.inspections.models import Hazard
from hudun.core import clock
from hudun.core.calendar import Due
from hudun.core.organ import Organ
from hudun.core.paper.issue import PaperKind
from hudun.core.paper.numbering import chinese_date
from hudun.core.paper.tree import (
    Align,
    Attachment,
    Block,
    Column,
    Lead,
    Paper,
    Paragraph,
    Signature,
    Table,
)
from hudun.core.plate import Plate
from hudun.office.letterhead import Letterhead

KEY, MARK = "inspections.notice", "限改"
DEMO = "（演示）"
BASIS = "《中华人民共和国人民防空法》第二十五条"


@dataclass(frozen=True)
class NoticeDraft:
    """What a notice will say, worked out before its number is taken."""

    plate: Plate
    hazards: tuple[Hazard, ...]
    dues: tuple[Due, ...]
    addressee: str
    addressee_organ: Organ | None


def NOTICE(head: Letterhead) -> PaperKind:  # noqa: N802 - a series of numbers
    return PaperKind(KEY, head.prefix + MARK)


def notice_paper(draft: NoticeDraft, head: Letterhead, at: datetime) -> Paper:
    return Paper(
        title="限期整改通知书" + (DEMO if settings.DEMO else ""),
        issuer=head.name,
        addressee=draft.addressee,
        red_head=True,
        body=tuple(_body(draft, head)),
        signature=Signature(head.name, clock.beijing(at).date()),
        attachments=(Attachment("送达回证", tuple(_receipt(draft))),),
        source_notes=tuple(_notes(draft)),
    )


def _body(draft: NoticeDraft, head: Letterhead) -> Iterator[Block]:
    first = min(hazard.found_on for hazard in draft.hazards)
    yield Lead(
        f"经检查（{chinese_date(first)}{'起' if _several_days(draft.hazards) else ''}），"
        f"你单位负责维护管理的{draft.plate.title}存在下列隐患。依据{BASIS}，现通知你单位限期整改："
    )
    yield Table(
        (
            Column("序号", 0.8),
            Column("隐患", 2.4),
            Column("等级", 1),
            Column("情况", 5, Align.LEFT),
            Column("整改期限", 2.6),
        ),
        tuple(
            (str(n), hazard.kind, hazard.grade, hazard.detail or "—", chinese_date(due.date))
            for n, (hazard, due) in enumerate(zip(draft.hazards, draft.dues, strict=True), start=1)
        ),
        "隐患清单",
        name="hazards",
    )
    yield Paragraph(
        "整改完成后，请及时报告整改情况并附整改后的照片，可以用随本通知发出的回复链接填报，"
        f"也可以书面报送{head.name}。我办将派人复查，复查合格的予以销号。"
    )
    yield Paragraph(
        "因故不能按期完成的，请在期限届满前书面申请延期并说明理由。逾期未整改的，"
        "将逐级通报社区、街道督办；拒不整改的，依法移送执法。"
    )


def _several_days(hazards: Sequence[Hazard]) -> bool:
    return len({hazard.found_on for hazard in hazards}) > 1


def _notes(draft: NoticeDraft) -> Iterator[str]:
    calendar = "、".join(sorted({due.version for due in draft.dues}))
    yield f"整改期限自本通知发出次日起按法定工作日计算，日历版本：{calendar}。"
    if any(due.provisional for due in draft.dues):
        yield "期限跨入国务院尚未公布放假安排的日期，暂按周一至周五为工作日。"


def _receipt(draft: NoticeDraft) -> Iterator[Block]:
    blank = "　"
    rows = (
        ("送达文书", f"限期整改通知书（{draft.plate.title}）"),
        ("受送达单位", draft.addressee),
        ("送达地点", blank),
        ("送达方式", "□直接送达　□留置送达　□邮寄送达　□电子送达"),
        ("送达时间", "　　　　年　　月　　日　　时"),
        ("收件人签名（盖章）", blank),
        ("代收人及理由", blank),
        ("送达人签名", blank),
        ("备注", blank),
    )
    yield Table((Column("事项", 2), Column("内容", 6, Align.LEFT)), rows)
