"""How a shelter fills: people at its doors (dashed) and inside (solid) after each minute, and its
places as a level line."""

from __future__ import annotations

from collections.abc import Sequence

from hudun.core.paper.figure.svg import drawing, tag, text

WIDE, HIGH = 178.0, 46.0
LEFT, RIGHT, TOP, FOOT = 14.0, 4.0, 5.0, 8.0
INK, GREY = "#000", "#999"


def fill_curve(arrived: Sequence[int], inside: Sequence[int], places: int) -> bytes:
    last = max(1, len(inside) - 1)
    most = max(1, places, *arrived, *inside)
    wide, high = WIDE - LEFT - RIGHT, HIGH - TOP - FOOT

    def at(minute: float, people: float) -> str:
        return f"{LEFT + minute / last * wide:.1f},{HIGH - FOOT - people / most * high:.1f}"

    def curve(values: Sequence[int], **look: object) -> str:
        points = " ".join(at(minute, people) for minute, people in enumerate(values))
        return tag("polyline", points=points, fill="none", stroke=INK, **look)

    level = HIGH - FOOT - places / most * high
    step = max(1, -(-last // 12))
    return drawing(
        WIDE, HIGH,
        [
            tag("path", d=f"M{LEFT} {TOP}V{HIGH - FOOT}H{WIDE - RIGHT}", fill="none", stroke=INK,
                stroke_width=0.3),
            tag("path", d=f"M{LEFT} {level:.1f}H{WIDE - RIGHT}", stroke=GREY, stroke_width=0.3,
                stroke_dasharray="2 1"),
            text(WIDE - RIGHT, level - 1, f"容量 {places}", "end", 2.6),
            text(LEFT - 1.5, HIGH - FOOT + 1, "0", "end", 2.6),
            text(LEFT - 1.5, TOP + 1, str(most), "end", 2.6),
            *(text(LEFT + minute / last * wide, HIGH - FOOT + 3.6, str(minute), "middle", 2.6)
              for minute in range(0, last + 1, step)),
            text(WIDE - RIGHT, HIGH - 0.8, "警报后分钟", "end", 2.6),
            curve(arrived, stroke_width=0.4, stroke_dasharray="1 0.8") if inside else "",
            curve(inside, stroke_width=0.7) if inside else "",
        ],
    )  # fmt: skip
