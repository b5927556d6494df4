"""Horizontal bars, each a part of its own whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from hudun.core.paper.layout import width_in_chars
from hudun.core.paper.numbering import percent

from .svg import TEXT_MM, drawing, tag, text

ROW_MM, BAR_MM, LABEL_MM, VALUE_MM, GAP_MM = 6.4, 4.2, 52.0, 30.0, 2.0
INK, FULL, REST = "#000", "#555", "#fff"


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    part: int
    whole: int


def ratio_bars(bars: Sequence[Bar], width_mm: float = 150.0) -> bytes:
    """The filled length is part ÷ whole; both counts stand beside it, so no colour is needed."""
    widest = max((width_in_chars(bar.label) for bar in bars), default=0) * TEXT_MM
    left = min(LABEL_MM, widest) + GAP_MM
    room = width_mm - left - VALUE_MM - GAP_MM
    rows = [_row(bar, n * ROW_MM, left, room) for n, bar in enumerate(bars)]
    foot = len(bars) * ROW_MM
    return drawing(width_mm, foot + 6, [*rows, _scale(left, room, foot)])


def _row(bar: Bar, top: float, left: float, room: float) -> str:
    middle = top + ROW_MM / 2
    share = bar.part / bar.whole if bar.whole else 0.0
    box = {"x": left, "y": middle - BAR_MM / 2, "height": BAR_MM}
    frame = tag("rect", **box, width=room, fill=REST, stroke=INK, stroke_width=0.2)
    filled = tag("rect", **box, width=room * min(1.0, share), fill=FULL)
    value = f"{bar.part}/{bar.whole}　{percent(bar.part, bar.whole)}"
    said = text(left + room + GAP_MM, middle + TEXT_MM * 0.36, value)
    return _label(bar.label, left - GAP_MM, middle) + frame + filled + said


def _label(label: str, right: float, middle: float) -> str:
    """A long label is set small enough to fit."""
    size = min(TEXT_MM, right / max(1.0, width_in_chars(label)))
    return text(right, middle + size * 0.36, label, "end", size)


def _scale(left: float, room: float, top: float) -> str:
    marks = []
    for tenth in (0, 5, 10):
        x = left + room * tenth / 10
        tick = tag("line", x1=x, x2=x, y1=top, y2=top + 1.2, stroke=INK, stroke_width=0.2)
        marks.append(tick + text(x, top + 4.2, f"{tenth * 10}%", "middle", 2.8))
    return "".join(marks)
