"""What stands before the text and after it: 版头, 标题, 落款, 附件, 版记."""

from hudun.core.paper import layout
from hudun.core.paper.fonts import Face
from hudun.core.paper.lower import attachment_label, copies_line, red_head_text
from hudun.core.paper.numbering import chinese_date
from hudun.core.paper.tree import Imprint, Paper, Signature

from .blocks import NO_LINE, SIDES, TEXT_WIDTH, Line, frame, row, write_blocks
from .styles import CELL_SIDE
from .text import Writer, text_elements
from .xml import LINE_TWIPS, Element, chars_twips, el, fonts, half_points, mm_twips, twips

THICK_LINE: Line = {"val": "single", "sz": 8, "space": 0, "color": "000000"}
MIDDLE_LINE: Line = {"val": "single", "sz": 6, "space": 0, "color": "000000"}
"""0.35 mm and 0.25 mm in eighths of a point."""


def write_head(writer: Writer, paper: Paper) -> None:
    marks = [mark for mark in (paper.secrecy, paper.urgency) if mark]
    for mark in marks:
        writer.paragraph("Mark", mark)
    if paper.red_head:
        _red_head(writer, paper, len(marks))
    elif marks:
        writer.blank()
    _title(writer, paper.title)
    if paper.number and not paper.red_head:
        writer.paragraph("DocumentNumber", paper.number)
    writer.blank()
    if paper.addressee:
        writer.paragraph("Normal", f"{paper.addressee}：")


def _title(writer: Writer, title: str) -> None:
    writer.paragraph("Title", "\n".join(layout.title_lines(title)))


def _red_head(writer: Writer, paper: Paper, marks: int) -> None:
    text = red_head_text(paper)
    fit = layout.fit_red_head(text)
    drop = mm_twips(layout.RED_HEAD_DROP_MM) - marks * LINE_TWIPS
    size = twips(fit.size_pt)
    spacing = el("spacing", before=drop, after=0, line=size, lineRule="exact")
    paragraph = writer.paragraph("RedHead", "", el("snapToGrid", val=0), spacing)
    narrow = el("w", val=round(fit.narrowed * 100))
    look = el("rPr", el("color", val=layout.RED), narrow, *half_points(fit.size_pt))
    paragraph.append(el("r", look, *text_elements(text)))
    writer.blank(2)
    _numbered_line(writer, paper)
    writer.blank(2)


def _numbered_line(writer: Writer, paper: Paper) -> None:
    """发文字号, with 签发人 at the right of a paper that goes upward, over the red line."""
    gap = round(layout.RED_LINE_GAP_PT)
    red = el("bottom", val="single", sz=10, space=gap, color=layout.RED)
    border = el("pBdr", red)
    if not paper.approver:
        writer.paragraph("DocumentNumber", paper.number, border)
        return
    tabs = el("tabs", el("tab", val="right", pos=TEXT_WIDTH - chars_twips(1)))
    indent = el("ind", firstLine=chars_twips(1))
    line = writer.paragraph("Normal", paper.number, border, tabs, indent)
    line.append(el("r", el("tab"), *text_elements("签发人：")))
    line.append(el("r", el("rPr", fonts(Face.KAI)), *text_elements(paper.approver)))


def write_tail(writer: Writer, paper: Paper) -> None:
    _attachment_list(writer, [a.title for a in paper.attachments])
    if paper.signature:
        _signature(writer, paper.signature)
    if paper.remark:
        writer.paragraph("BodyText", f"（{paper.remark}）")
    _sources(writer, paper)
    for n, attachment in enumerate(paper.attachments):
        writer.paragraph("Mark", attachment_label(paper, n), el("pageBreakBefore"))
        writer.blank()
        _title(writer, attachment.title)
        writer.blank()
        write_blocks(writer, attachment.body)
    if paper.imprint:
        _imprint(writer, paper.imprint)


def _attachment_list(writer: Writer, titles: list[str]) -> None:
    if titles:
        writer.paragraph("Normal", "", el("keepNext"))
    for n, title in enumerate(titles, 1):
        counted = f"{n}．" if len(titles) > 1 else ""
        lead = ("附件：" if n == 1 else "") + counted
        hanging = layout.width_in_chars(lead)
        left = 6.5 if counted else 5
        indent = el("ind", left=chars_twips(left), hanging=chars_twips(hanging))
        writer.paragraph("Normal", lead + title, el("keepNext"), indent)


def _signature(writer: Writer, signature: Signature) -> None:
    place = layout.place_signature(signature.organ, signature.day, signature.sealed)
    for _ in range(2 if signature.sealed else 1):
        writer.paragraph("Signature", "", el("keepNext"))
    organ, day = el("ind", right=chars_twips(place.organ_right)), chars_twips(place.day_right)
    writer.paragraph("Signature", signature.organ, el("keepNext"), organ)
    writer.paragraph("Signature", chinese_date(signature.day), el("ind", right=day))


def _sources(writer: Writer, paper: Paper) -> None:
    rule = el("pBdr", el("top", val="single", sz=4, space=4, color="000000"))
    for n, note in enumerate(paper.source_notes):
        writer.paragraph("Note", note, *([rule] if n == 0 else []))


def _imprint(writer: Writer, imprint: Imprint) -> None:
    """Floats at the foot of the last page."""
    em = twips(layout.IMPRINT_PT)
    lines = {"top": THICK_LINE, "bottom": THICK_LINE, "insideH": MIDDLE_LINE}
    place = {"horzAnchor": "margin", "tblpXSpec": "left", "vertAnchor": "margin"}
    at_foot = el("tblpPr", **place, tblpYSpec="bottom")
    made = frame([TEXT_WIDTH], {side: lines.get(side, NO_LINE) for side in SIDES}, at_foot)
    if imprint.copies_to:
        indent = el("ind", left=em * 4, right=em, hanging=em * 3)
        made.append(row([TEXT_WIDTH], [writer.make("Imprint", copies_line(imprint), indent)]))
    made.append(row([TEXT_WIDTH], [_printed(writer, imprint, em)]))
    writer.add(made)
    hairline = el("spacing", before=0, after=0, line=20, lineRule="exact")
    writer.paragraph("Normal", "", el("snapToGrid", val=0), hairline)


def _printed(writer: Writer, imprint: Imprint, em: int) -> Element:
    tabs = el("tabs", el("tab", val="right", pos=TEXT_WIDTH - em - 2 * CELL_SIDE))
    paragraph = writer.make("Imprint", imprint.printed_by, tabs, el("ind", left=em))
    day = f"{chinese_date(imprint.printed_on)}印发"
    paragraph.append(el("r", el("tab"), *text_elements(day)))
    return paragraph
