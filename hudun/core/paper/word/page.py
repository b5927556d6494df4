"""The page: margins, the grid of 22 lines by 28 characters, the page number."""

from datetime import datetime

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm

from hudun.core.paper import layout
from hudun.core.paper.lower import trace
from hudun.core.paper.tree import Paper

from .styles import font_table, write_styles
from .text import text_elements
from .xml import LINE_TWIPS, Element, el, half_points, mm_twips, ordered, twips

FOOTER_MM = layout.BOTTOM_MM - layout.PAGE_NUMBER_DROP_MM - 0.56 * layout.PAGE_NUMBER_PT / layout.MM
"""From the edge of the paper to the foot of the page number's line, so that its dashes stand
7 mm below the text."""

EM = twips(layout.PAGE_NUMBER_PT)


def set_up(document: Document, paper: Paper, at: datetime) -> None:
    write_styles(document)
    _describe(document, paper, at)
    _settings(document)
    _fonts(document)
    section = document.sections[0]
    _measures(section)
    _grid(section)
    _footers(section, paper)


def _describe(document: Document, paper: Paper, at: datetime) -> None:
    about = document.core_properties
    about.title = paper.title.replace("\n", "")
    about.author = about.last_modified_by = paper.issuer
    about.language, about.comments = "zh-CN", ""
    about.created = about.modified = at


def _settings(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    for new in (
        el("characterSpacingControl", val="compressPunctuation"),
        el("themeFontLang", val="zh-CN", eastAsia="zh-CN"),
    ):
        settings.replace(settings.find(new.tag), new)
    [mode] = settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']")
    mode.set(qn("w:val"), "15")


def _fonts(document: Document) -> None:
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = serialize_part_xml(font_table())


def _measures(section: Section) -> None:
    section.page_width, section.page_height = Mm(layout.PAGE_WIDTH_MM), Mm(layout.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(layout.TOP_MM), Mm(layout.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(layout.LEFT_MM), Mm(layout.RIGHT_MM)
    section.footer_distance = Mm(FOOTER_MM)
    section.different_first_page_header_footer = True


def _grid(section: Section) -> None:
    """The characters stand closer by their own spacing, not by a negative charSpace: that means
    the same (ECMA-376 §17.3.2.35), but some programs then give each character two cells."""
    properties = section._sectPr
    for old in properties.xpath("w:docGrid"):
        properties.remove(old)
    properties.append(el("docGrid", type="linesAndChars", linePitch=LINE_TWIPS, charSpace=0))


def _footers(section: Section, paper: Paper) -> None:
    odd, even = el("ind", right=EM), el("ind", left=EM)
    _fill(section.footer, [odd, el("jc", val="right")], _page_number())
    _fill(section.even_page_footer, [even, el("jc", val="left")], _page_number())
    place = mm_twips(layout.TEXT_WIDTH_MM) - EM
    tabs = el("tabs", el("tab", val="right", pos=place))
    small = el("r", el("rPr", *half_points(layout.TRACE_PT)), *text_elements(trace(paper)))
    line = [small, el("r", el("tab")), *_page_number()]
    _fill(section.first_page_footer, [tabs, el("jc", val="left")], line)


def _fill(footer: _Footer, properties: list[Element], runs: list[Element]) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    paragraph[:] = [ordered("pPr", el("pStyle", val="Footer"), *properties), *runs]


def _page_number() -> list[Element]:
    field = el("fldSimple", el("r", *text_elements("1")), instr=" PAGE ")
    return [el("r", *text_elements("— ")), field, el("r", *text_elements(" —"))]
