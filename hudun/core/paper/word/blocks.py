"""Each block of the tree in Word."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import pairwise

from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from hudun.core.paper import layout
from hudun.core.paper.lower import captioned, list_paragraphs
from hudun.core.paper.pdf import rasterised
from hudun.core.paper.tree import (
    Block,
    Figure,
    Heading,
    Lead,
    ListOf,
    Moment,
    Paragraph,
    Run,
    Table,
    Timeline,
)

from .styles import cell_margins
from .text import Writer
from .xml import Element, el, mm_twips

TEXT_WIDTH = mm_twips(layout.TEXT_WIDTH_MM)
Line = dict[str, object]
NO_LINE: Line = {"val": "nil"}
THIN: Line = {"val": "single", "sz": 4, "space": 0, "color": "000000"}
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def write_blocks(writer: Writer, blocks: Iterable[Block]) -> None:
    for block in blocks:
        write_block(writer, block)


def write_block(writer: Writer, block: Block) -> None:
    match block:
        case Heading():
            text = block.counted + block.text
            writer.paragraph(f"Heading{block.level}", text, name=block.name)
        case Lead() | Paragraph():
            _paragraph(writer, block)
        case ListOf():
            for paragraph in list_paragraphs(block):
                _paragraph(writer, paragraph)
        case Table():
            _table(writer, block)
        case Timeline():
            _timeline(writer, block)
        case Figure():
            _figure(writer, block)


def _paragraph(writer: Writer, block: Lead | Paragraph) -> None:
    indent = isinstance(block, Lead) or block.indent
    writer.paragraph("BodyText" if indent else "Normal", block.content)


def _caption(writer: Writer, block: Table | Timeline) -> None:
    if block.caption or block.name:
        writer.paragraph("Caption", captioned(block), name=block.name)


def _table(writer: Writer, table: Table) -> None:
    _caption(writer, table)
    widths = shared_widths([column.width for column in table.columns])
    heads = [writer.make("CellHead", column.title, el("keepNext")) for column in table.columns]
    made = frame(widths, dict.fromkeys(SIDES, THIN))
    made.append(row(widths, heads, el("tblHeader")))
    for n, cells in enumerate(table.rows, 1):
        last = n == len(table.rows)
        with_next = bool(table.note) if last else len(table.rows) <= layout.TABLE_KEPT_ROWS
        said = [
            writer.make("CellText", cell, el("jc", val=column.align.value), *_kept(with_next))
            for cell, column in zip(cells, table.columns, strict=True)
        ]
        made.append(row(widths, said))
    writer.add(made)
    writer.paragraph("Note", table.note)


def _kept(with_next: bool) -> list[Element]:
    return [el("keepNext")] if with_next else []


def _timeline(writer: Writer, timeline: Timeline) -> None:
    _caption(writer, timeline)
    widths = shared_widths([0.22, 0.78])
    made = frame(widths, {**dict.fromkeys(SIDES, NO_LINE), "insideV": {**THIN, "sz": 6}})
    for moment in timeline.moments:
        when = Run(moment.when, strong=True)
        said = [
            writer.make("MomentText", when, el("jc", val="right"), *_together(timeline, moment)),
            writer.make("MomentText", moment.content, *_together(timeline, moment)),
        ]
        made.append(row(widths, said))
    writer.add(made)
    writer.paragraph("Note")


def _together(timeline: Timeline, moment: Moment) -> list[Element]:
    """A short timeline stays on one page."""
    short = len(timeline.moments) <= layout.WHOLE_TIMELINE
    return [el("keepNext")] if short and moment is not timeline.moments[-1] else []


def shared_widths(shares: Sequence[float]) -> list[int]:
    """Twips of each column; together exactly as wide as the text."""
    edges = [round(TEXT_WIDTH * sum(shares[:n]) / sum(shares)) for n in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


def frame(widths: Sequence[int], lines: dict[str, Line], *more: Element) -> Element:
    properties = el(
        "tblPr",
        *more,
        el("tblW", w=sum(widths), type="dxa"),
        el("tblBorders", *(el(side, **line) for side, line in lines.items())),
        el("tblLayout", type="fixed"),
        cell_margins(),
    )
    return el("tbl", properties, el("tblGrid", *(el("gridCol", w=width) for width in widths)))


def row(widths: Sequence[int], paragraphs: Sequence[Element], *more: Element) -> Element:
    cells = [
        el("tc", el("tcPr", el("tcW", w=width, type="dxa"), el("vAlign", val="center")), paragraph)
        for width, paragraph in zip(widths, paragraphs, strict=True)
    ]
    return el("tr", el("trPr", el("cantSplit"), *more), *cells)


def _figure(writer: Writer, figure: Figure) -> None:
    picture = figure.image if figure.media == "png" else rasterised(figure, writer.fonts)
    paragraph = writer.paragraph("Picture")
    run = WordParagraph(paragraph, writer.document._body).add_run()
    width = min(figure.width_mm, layout.TEXT_WIDTH_MM)
    drawing = run.add_picture(BytesIO(picture), width=Mm(width))._inline
    drawing.docPr.set("descr", figure.alt)
    writer.paragraph("Caption", captioned(figure), el("keepNext", val=0), name=figure.name)
