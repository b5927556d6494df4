"""公告: the text that people wrote or passed, laid out; nothing is added to what it says."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from hudun.affairs.soundings.models import Alert, Order, StopOrder
from hudun.affairs.soundings.notices import draft_stop_notice
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.paper.numbering import chinese_date, heading_number
from hudun.core.paper.tree import Block, Heading, Paper, Paragraph, Signature

from .notes import DEMO_TITLE
from .office import Letterhead
from .wording import exact_time, said_time

NUMBERED = re.compile(r"^[一二三四五六七八九十]+、")
LONGEST_HEADING = 24


def public_notice(text: str, head: Letterhead, at: datetime, *, remark: str = "") -> Paper:
    """A page to be posted, so without a red head. The first line is the title; a short line
    counted 一、二、 is a heading."""
    title, *lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    if not lines:
        raise Problem("422.62", fields={"text": "第一行为标题，其余为正文"})
    return Paper(
        title=title + (DEMO_TITLE if settings.DEMO else ""),
        issuer=head.name,
        body=tuple(_blocks(lines)),
        signature=Signature(head.name, clock.beijing(at).date()),
        remark=remark,
    )


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Headings are counted by the paper; a line that counts otherwise is printed as it is."""
    counted = 0
    for line in lines:
        mark = heading_number(1, counted + 1)
        if NUMBERED.match(line) and line.startswith(mark) and len(line) <= LONGEST_HEADING:
            counted += 1
            yield Heading(1, line.removeprefix(mark))
        else:
            yield Paragraph(line)


def stop_text(cause: StopOrder | Alert) -> str:
    """The prepared text: for a sounding that was stopped, for a siren that sounded by itself."""
    if isinstance(cause, Alert):
        return _unsolicited(cause)
    return draft_stop_notice(cause, list(_ended_by(cause)))


def _ended_by(stop: StopOrder) -> Iterator[Order]:
    ended = Order.objects.sent().by_issuer(stop.issuer).filter(released_at__lte=stop.pressed_at)
    yield from ended.filter(state="stopped", ends_at__gte=stop.pressed_at)


def _unsolicited(alert: Alert) -> str:
    began = clock.beijing(alert.began_at)
    siren = alert.siren
    place = siren.site_address or siren.address or siren.position
    where = f"{alert.organ.full_name()}{f'（{place}）' if place else ''}"
    ended = f"，{exact_time(alert.ended_at)}停止" if alert.ended_at else "，现正在处置"
    return "\n".join(
        [
            "关于警报器误鸣情况的公告",
            f"{chinese_date(began.date())}{said_time(began)}许，{where}1台防空警报器鸣响{ended}。"
            "本单位没有下达鸣放命令，这次鸣响不是防空警报，也不是防空警报试鸣。",
            "目前没有需要采取防护行动的情况，请广大市民保持正常的工作、学习和生活秩序，"
            "不信谣、不传谣。具体情况以本单位发布的消息为准。",
            "特此公告。",
        ]
    )
