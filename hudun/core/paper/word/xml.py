"""WordprocessingML by hand: what python-docx has no words for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from hudun.core.paper import layout
from hudun.core.paper.fonts import WORD_NAMES, Face

Element = Any

LINE_TWIPS = int(layout.TEXT_HEIGHT_MM * layout.MM * 20) // layout.LINES
"""Rounded down: twenty-two lines must fit."""


def el(tag: str, *children: Element, **attributes: object) -> Element:
    """`el("tab", val="right")` is <w:tab w:val="right"/>."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


SCHEMA_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs autoSpaceDE "
    "autoSpaceDN snapToGrid spacing ind jc outlineLvl rFonts color w sz szCs u lang"
)
"""The sequence in which the schema wants the properties of paragraphs and runs (ECMA-376 §17)."""


RANK = {name: n for n, name in enumerate(SCHEMA_ORDER.split())}


def ordered(tag: str, *properties: Element) -> Element:
    return el(tag, *sorted(properties, key=lambda p: RANK[p.tag.partition("}")[2]]))


def twips(points: float) -> int:
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    return twips(millimetres * layout.MM)


def chars_twips(chars: float) -> int:
    return twips(chars * layout.CHAR_PT)


def fonts(face: Face) -> Element:
    name = WORD_NAMES[face]
    return el("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")


def half_points(size_pt: float) -> list[Element]:
    return [el(tag, val=round(size_pt * 2)) for tag in ("sz", "szCs")]
