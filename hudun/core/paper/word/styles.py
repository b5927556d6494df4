"""The styles of a paper, in the names by which Word knows them."""

from dataclasses import dataclass
from math import floor
from typing import Literal

from docx.document import Document

from hudun.core.paper import layout
from hudun.core.paper.fonts import WORD_NAMES, Face

from .xml import LINE_TWIPS, Element, chars_twips, el, fonts, half_points, twips

CLOSER = floor((layout.CHAR_PT - layout.BODY_PT) * 20)
"""Twips between body characters: 28 of them must fit where 27.6 would."""

SMALL_LINE = twips(layout.TABLE_LINE_PT)


CELL_SIDE = 60
"""Twips left free at both sides of a cell."""


@dataclass(frozen=True, slots=True)
class Style:
    key: str
    name: str
    face: Face = Face.FANG
    size_pt: float = layout.BODY_PT
    align: Literal["both", "left", "center", "right"] = "both"
    indent_chars: float = 0
    line: int = LINE_TWIPS
    """Exact height in twips; 0 lets the line grow with what stands in it."""
    outline: int = 0
    keep_next: bool = False


STYLES = (
    Style("Normal", "Normal"),
    Style("BodyText", "Body Text", indent_chars=2),
    Style("Title", "Title", Face.XIAOBIAO, layout.TITLE_PT, "center", keep_next=True),
    Style("Heading1", "heading 1", Face.HEI, indent_chars=2, outline=1, keep_next=True),
    Style("Heading2", "heading 2", Face.KAI, indent_chars=2, outline=2, keep_next=True),
    Style("Heading3", "heading 3", Face.FANG, indent_chars=2, outline=3, keep_next=True),
    Style("Heading4", "heading 4", Face.FANG, indent_chars=2, outline=4, keep_next=True),
    Style("DocumentNumber", "发文字号", align="center"),
    Style("RedHead", "发文机关标志", Face.XIAOBIAO, layout.RED_HEAD_PT, "center", line=0),
    Style("Mark", "密级和紧急程度", Face.HEI, align="left"),
    Style("Signature", "Signature", align="right"),
    Style("Caption", "caption", Face.HEI, 12, "center", keep_next=True),
    Style("Picture", "图", align="center", line=0, keep_next=True),
    Style("CellText", "表文", size_pt=layout.TABLE_PT, align="left", line=SMALL_LINE),
    Style("CellHead", "表头", Face.HEI, layout.TABLE_PT, "center", line=SMALL_LINE),
    Style("MomentText", "时间线", size_pt=12, align="left", line=twips(20)),
    Style("Note", "注", size_pt=layout.NOTE_PT, line=SMALL_LINE),
    Style("Imprint", "版记", size_pt=layout.IMPRINT_PT, align="left"),
    Style("Footer", "footer", Face.SONG, layout.PAGE_NUMBER_PT, "right", line=twips(14)),
)

ALTERNATIVES = {
    Face.FANG: "仿宋",
    Face.KAI: "楷体",
    Face.HEI: "SimHei",
    Face.SONG: "SimSun",
    Face.XIAOBIAO: "华文中宋",
}
"""What Word may show where a named font is not installed."""


def write_styles(document: Document) -> None:
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(_defaults())
    for style in STYLES:
        root.append(_style(style))
    root.append(_plain_table())


def _defaults() -> Element:
    run = el("rPr", fonts(Face.FANG), *half_points(layout.BODY_PT))
    run.append(el("lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA"))
    return el("docDefaults", el("rPrDefault", run), el("pPrDefault", el("pPr")))


def _style(style: Style) -> Element:
    made = el("style", el("name", val=style.name), type="paragraph", styleId=style.key)
    if style.key == "Normal":
        made.append(el("qFormat"))
        made.attrib[f"{{{made.nsmap['w']}}}default"] = "1"
    else:
        made.append(el("basedOn", val="Normal"))
    made.append(_paragraph_properties(style))
    spacing = CLOSER if style.size_pt == layout.BODY_PT else 0
    closer = el("spacing", val=spacing)
    made.append(el("rPr", fonts(style.face), closer, *half_points(style.size_pt)))
    return made


def _paragraph_properties(style: Style) -> Element:
    properties = el("pPr")
    if style.keep_next:
        properties.append(el("keepNext"))
    properties.append(el("widowControl", val=0))
    properties.append(el("autoSpaceDE", val=0))
    properties.append(el("autoSpaceDN", val=0))
    if style.line != LINE_TWIPS or style.size_pt > layout.BODY_PT:
        properties.append(el("snapToGrid", val=0))
    properties.append(_spacing(style.line))
    if style.indent_chars:
        chars = style.indent_chars
        properties.append(el("ind", firstLineChars=int(chars * 100), firstLine=chars_twips(chars)))
    properties.append(el("jc", val=style.align))
    if style.outline:
        properties.append(el("outlineLvl", val=style.outline - 1))
    return properties


def _spacing(line: int) -> Element:
    if line:
        return el("spacing", before=0, after=0, line=line, lineRule="exact")
    return el("spacing", before=120, after=0, line=240, lineRule="auto")


def _plain_table() -> Element:
    made = el("style", el("name", val="Normal Table"), type="table", styleId="TableNormal")
    made.attrib[f"{{{made.nsmap['w']}}}default"] = "1"
    made.append(el("tblPr", el("tblInd", w=0, type="dxa"), cell_margins()))
    return made


def cell_margins() -> Element:
    return el("tblCellMar", *(el(side, w=CELL_SIDE, type="dxa") for side in ("left", "right")))


def font_table() -> Element:
    return el("fonts", *(_font(face) for face in Face))


def _font(face: Face) -> Element:
    return el(
        "font",
        el("altName", val=ALTERNATIVES[face]),
        el("charset", val=86),
        el("family", val="modern" if face is Face.HEI else "roman"),
        name=WORD_NAMES[face],
    )
