"""Cells as a spreadsheet file has them, poured into a prepared sheet."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import IO
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from .words import Plain

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
MOST_TEXT = 32_767
"""Characters that a cell takes."""
END = b"</sheetData>"
EXTENT = re.compile(rb'(<dimension ref="A1:[A-Z]+)1("/>)')
"""Of the headings alone: some readers would stop there."""
AT_ONCE = 256


def disarm(value: Plain) -> Plain:
    """No text may be taken for a formula by whoever opens the sheet."""
    risky = isinstance(value, str) and value.startswith(RISKY)
    return f"'{value}" if risky else value


def pour(target: IO[bytes], frame: bytes, rows: Iterable[Sequence[Plain]], count: int = 0) -> None:
    """The sheet of the frame with the rows below its headings; how many, where that is known."""
    head, _, tail = frame.partition(END)
    stated = rb"\g<1>%d\g<2>" % (count + 1) if count else b""
    target.write(EXTENT.sub(stated, head))
    waiting: list[str] = []
    for number, row in enumerate(rows, start=2):
        waiting.append(_row(number, row))
        if len(waiting) == AT_ONCE:
            target.write("".join(waiting).encode())
            waiting.clear()
    target.write("".join(waiting).encode())
    target.write(END + tail)


def _row(number: int, row: Sequence[Plain]) -> str:
    cells = (_cell(column, number, value) for column, value in enumerate(row, start=1))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(column: int, number: int, value: Plain) -> str:
    if value is None or value == "":
        return ""
    place = f"{_letter(column)}{number}"
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    text = (value.isoformat() if isinstance(value, date) else str(disarm(value)))[:MOST_TEXT]
    said = text if text.isalnum() else escape(UNWRITABLE.sub("", text))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


@cache
def _letter(column: int) -> str:
    return get_column_letter(column)
