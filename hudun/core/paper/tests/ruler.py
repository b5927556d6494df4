"""Measures a PDF page by what it tells the printer to do, not by what we meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ByteStringObject, ContentStream, TextStringObject

MM = 72 / 25.4
ABOVE, BELOW = 0.88, 0.12
"""How far a Chinese character reaches from its baseline, of its size."""


@dataclass(frozen=True)
class Line:
    """One piece of set text: its ends and baseline in points from the left and the top."""

    left: float
    right: float
    baseline: float
    size: float
    font: str
    glyphs: int


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def lines(page: PageObject) -> Iterator[Line]:
    """For pages that typst sets: `cm`, `Tf`, `Tm` and `TJ`, nothing turned or slanted."""
    fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
    stack: list[tuple[float, float]] = []
    x = y = size = 0.0
    name = ""
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        match operator:
            case b"q":
                stack.append((x, y))
            case b"Q":
                x, y = stack.pop()
            case b"cm":
                x, y = x + float(operands[4]), y + float(operands[5])
            case b"Tf":
                name, size = operands[0], float(operands[1])
            case b"TJ":
                widths = _widths(fonts[name])
                wide, glyphs = _run(operands[0], widths)
                top = float(page.mediabox.height) - y
                face = str(fonts[name]["/BaseFont"])
                yield Line(x, x + wide * size / 1000, top, size, face, glyphs)


def _run(pieces: Any, widths: dict[int, float]) -> tuple[float, int]:
    wide, glyphs = 0.0, 0
    for piece in pieces:
        if isinstance(piece, TextStringObject | ByteStringObject):
            codes = piece.original_bytes
            numbers = [high * 256 + low for high, low in zip(codes[::2], codes[1::2], strict=True)]
            wide += sum(widths.get(code, 0.0) for code in numbers)
            glyphs += len(numbers)
        else:
            wide -= float(piece)
    return wide, glyphs


def _widths(font: Any) -> dict[int, float]:
    """CID widths: `first last width` triples, as typst writes them."""
    table = font["/DescendantFonts"][0].get_object()["/W"]
    triples = zip(table[::3], table[1::3], table[2::3], strict=True)
    return {code: float(wide) for first, last, wide in triples for code in range(first, last + 1)}


def pitches(page_lines: list[Line]) -> list[float]:
    baselines = sorted({round(line.baseline, 2) for line in page_lines})
    return [low - high for high, low in pairwise(baselines)]
