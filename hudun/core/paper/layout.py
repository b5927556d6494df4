"""GB/T 9704-2012 in numbers: one place for both writers. Lengths in mm or pt as named."""

from dataclasses import dataclass
from datetime import date

from .numbering import chinese_date

MM = 72 / 25.4
"""Points in a millimetre."""

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
TOP_MM, RIGHT_MM, BOTTOM_MM, LEFT_MM = 37.0, 26.0, 35.0, 28.0
TEXT_WIDTH_MM = PAGE_WIDTH_MM - LEFT_MM - RIGHT_MM
TEXT_HEIGHT_MM = PAGE_HEIGHT_MM - TOP_MM - BOTTOM_MM

LINES, CHARS = 22, 28
LINE_PT = TEXT_HEIGHT_MM * MM / LINES
CHAR_PT = TEXT_WIDTH_MM * MM / CHARS

TITLE_PT, BODY_PT, PAGE_NUMBER_PT, IMPRINT_PT = 22.0, 16.0, 14.0, 14.0
TABLE_PT, TABLE_LINE_PT, NOTE_PT, TRACE_PT = 10.5, 16.0, 10.5, 6.5

TABLE_KEPT_ROWS = 6
"""A table of so few rows is not broken over two pages."""
RED = "E60012"

PAGE_NUMBER_DROP_MM = 7.0
"""From the foot of the text block down to the dashes of the page number (§7.5)."""

RED_HEAD_DROP_MM, RED_HEAD_PT, RED_HEAD_NARROWEST = 35.0, 48.0, 0.6
RED_LINE_GAP_MM = 4.0
RED_LINE_GAP_PT = RED_LINE_GAP_MM * MM - (LINE_PT - BODY_PT) / 2
"""4 mm from the characters themselves, which stand in the middle of their line."""

WHOLE_TIMELINE = 12
"""Moments that are kept on one page."""


def width_in_chars(text: str) -> float:
    """Width in Chinese characters; Latin letters and digits count half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Characters left free at the right of the organ and of the date."""

    organ_right: float
    day_right: float


def place_signature(organ: str, day: date, sealed: bool) -> SignaturePlace:
    """§7.3.5: a sealed organ stands centred over its date, an unsealed one two characters in."""
    wide, dated = width_in_chars(organ), width_in_chars(chinese_date(day))
    if sealed:
        right = max(2.0, 4.0 + (dated - wide) / 2)
        return SignaturePlace(right, right + (wide - dated) / 2)
    if dated > wide:
        return SignaturePlace(4.0 + dated - wide, 2.0)
    return SignaturePlace(2.0, max(0.0, wide - dated))


@dataclass(frozen=True, slots=True)
class RedHead:
    size_pt: float
    narrowed: float
    """Horizontal scale of the characters: a long name is set narrow before it is set small."""


def fit_red_head(text: str) -> RedHead:
    room = TEXT_WIDTH_MM * MM * 0.98 / (width_in_chars(text) * RED_HEAD_PT)
    narrowed = min(1.0, max(RED_HEAD_NARROWEST, room))
    return RedHead(RED_HEAD_PT * min(1.0, room / narrowed), narrowed)


GOOD_BEFORE_BREAK = "的、，和与及暨》”"
BAD_AFTER_BREAK = "的、，。；：）》〕”和与及暨"
BAD_BEFORE_BREAK = "（《〔“第"


def title_lines(title: str) -> tuple[str, ...]:
    """Lines of a title, near equal and broken where the sense allows; a line feed breaks it too."""
    return tuple(line for part in title.splitlines() for line in _balanced(part.strip()))


def _balanced(title: str) -> list[str]:
    room = TEXT_WIDTH_MM * MM / TITLE_PT - 1
    wide = width_in_chars(title)
    if wide <= room:
        return [title]
    lines = -(-wide // room)
    at = min(range(1, len(title)), key=lambda i: _break_cost(title, i, wide / lines))
    return [title[:at], *_balanced(title[at:])]


def _break_cost(title: str, at: int, ideal: float) -> float:
    left, right = title[at - 1], title[at]
    cost = abs(width_in_chars(title[:at]) - ideal)
    if width_in_chars(title[:at]) > TEXT_WIDTH_MM * MM / TITLE_PT:
        cost += 50
    if (left.isascii() and right.isascii()) or (left.isdigit() and right in "年月日号"):
        cost += 20
    if right in BAD_AFTER_BREAK or left in BAD_BEFORE_BREAK:
        cost += 20
    return cost - 3 * (left in GOOD_BEFORE_BREAK) - 3 * (title[at : at + 2] == "关于")
