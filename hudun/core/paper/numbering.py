"""How a paper counts: headings, tables, figures, list items, its own number."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from .tree import Block, Figure, Heading, Mark, Table, Timeline

DIGITS = "零一二三四五六七八九"


def chinese(n: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一; for 1 to 99."""
    if not 1 <= n <= 99:
        raise ValueError(f"no Chinese ordinal for {n}")
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def document_number(code: str, year: int, serial: int) -> str:
    """发文字号: no 第 before the serial and no leading zeros (GB/T 9704-2012 §7.2.5)."""
    return f"{code}〔{year}〕{serial}号"


def heading_number(level: int, n: int) -> str:
    match level:
        case 1:
            return f"{chinese(n)}、"
        case 2:
            return f"（{chinese(n)}）"
        case 3:
            return f"{n}．"
        case _:
            return f"（{n}）"


def item_mark(mark: Mark, n: int) -> str:
    match mark:
        case Mark.SAID:
            return f"{chinese(n)}是"
        case Mark.ARABIC:
            return f"{n}．"
        case Mark.BRACKET:
            return f"（{n}）"
        case Mark.CIRCLE:
            return chr(ord("①") + n - 1) if n <= 20 else f"（{n}）"
        case Mark.NONE:
            return ""


def counted(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same blocks, each heading, table and figure with its number."""
    levels = [0, 0, 0, 0]
    tables = figures = 0
    for block in blocks:
        match block:
            case Heading(level=level):
                levels[level - 1 :] = [levels[level - 1] + 1, *[0] * (4 - level)]
                yield replace(block, counted=heading_number(level, levels[level - 1]))
            case Table() | Timeline() if block.caption:
                tables += 1
                yield replace(block, counted=f"表{tables}")
            case Figure():
                figures += 1
                yield replace(block, counted=f"图{figures}")
            case _:
                yield block


def percent(part: int, whole: int, digits: int = 1) -> str:
    """Rounded half up, but 100 % only when nothing is missing and 0 only when nothing is there."""
    if not whole:
        return "—"
    unit = 10**digits
    share = (200 * unit * part + whole) // (2 * whole)
    if 0 < part < whole:
        share = min(max(share, 1), 100 * unit - 1)
    if share % (100 * unit) == 0 or not digits:
        return f"{share // unit}%"
    return f"{share // unit}.{share % unit:0{digits}d}%"
