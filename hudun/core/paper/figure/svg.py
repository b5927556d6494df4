"""A few lines of SVG. All lengths are millimetres on paper."""

from collections.abc import Iterable
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from hudun.core.paper.prepare import clean

FONTS = "SimHei, 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif"
TEXT_MM, SMALL_MM = 3.4, 2.6


def tag(name: str, *inside: str, **attributes: object) -> str:
    """`stroke_width=0.2` becomes stroke-width="0.2"."""
    said = "".join(
        f" {key.replace('_', '-')}={quoteattr(_plain(value))}" for key, value in attributes.items()
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>"


def _plain(value: object) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def text(
    x: float,
    y: float,
    said: str,
    anchor: Literal["start", "middle", "end"] = "start",
    size: float = TEXT_MM,
    weight: int = 400,
) -> str:
    """`y` is the baseline."""
    return tag(
        "text",
        escape(clean(said)),
        x=x,
        y=y,
        text_anchor=anchor,
        font_size=size,
        font_weight=weight,
    )


def drawing(width: float, height: float, parts: Iterable[str]) -> bytes:
    return tag(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        width=f"{_plain(float(width))}mm",
        height=f"{_plain(float(height))}mm",
        viewBox=f"0 0 {_plain(float(width))} {_plain(float(height))}",
        font_family=FONTS,
    ).encode()
