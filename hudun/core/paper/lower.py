"""A prepared paper as the plain data that gb9704.typ reads."""

from collections.abc import Iterable, Iterator
from typing import Any

from . import layout
from .fonts import WEIGHTS, FontSet
from .numbering import chinese_date, item_mark
from .tree import (
    Attachment,
    Block,
    Content,
    Figure,
    Heading,
    Imprint,
    Lead,
    ListOf,
    Mark,
    Paper,
    Paragraph,
    Run,
    Signature,
    Table,
    Timeline,
    runs,
)

Data = dict[str, Any]

MEASURES = {
    name.lower(): value for name, value in vars(layout).items() if isinstance(value, int | float)
}
UNSEEN = {"layout", "fonts", "ref", "alt", "file", "kind", "name"}


def lower(paper: Paper, fonts: FontSet) -> Data:
    return {
        "layout": {**MEASURES, "red": layout.RED},
        "fonts": {
            face.value: {"families": families, "weight": WEIGHTS[face]}
            for face, families in fonts.families.items()
        },
        **_head(paper),
        "body": _blocks(paper.body, "f", keep_last=paper.signature is not None),
        **_tail(paper),
    }


def _head(paper: Paper) -> Data:
    return {
        "title": paper.title.replace("\n", ""),
        "title_lines": layout.title_lines(paper.title),
        "issuer": paper.issuer,
        "number": paper.number,
        "addressee": paper.addressee,
        "approver": paper.approver,
        "marks": [mark for mark in (paper.secrecy, paper.urgency) if mark],
        "red_head": _red_head(paper),
        "trace": trace(paper),
    }


def _tail(paper: Paper) -> Data:
    return {
        "attachment_titles": [a.title for a in paper.attachments],
        "signature": paper.signature and _signature(paper.signature),
        "remark": paper.remark,
        "source_notes": [_runs(note) for note in paper.source_notes],
        "attachments": [_attachment(paper, n) for n in range(len(paper.attachments))],
        "imprint": paper.imprint and _imprint(paper.imprint),
    }


def trace(paper: Paper) -> str:
    return f"日志链 {paper.journal}" if paper.journal else "草稿，未印发"


def red_head_text(paper: Paper) -> str:
    return f"{paper.issuer}文件"


def attachment_label(paper: Paper, n: int) -> str:
    return f"附件{n + 1}" if len(paper.attachments) > 1 else "附件"


def _red_head(paper: Paper) -> Data | None:
    if not paper.red_head:
        return None
    text = red_head_text(paper)
    fit = layout.fit_red_head(text)
    return {"text": text, "size_pt": fit.size_pt, "narrowed": fit.narrowed}


def _signature(signature: Signature) -> Data:
    place = layout.place_signature(signature.organ, signature.day, signature.sealed)
    return {
        "organ": signature.organ,
        "day": chinese_date(signature.day),
        "organ_right": place.organ_right,
        "day_right": place.day_right,
        "sealed": signature.sealed,
    }


def copies_line(imprint: Imprint) -> str:
    return f"抄送：{'，'.join(imprint.copies_to)}。" if imprint.copies_to else ""


def _imprint(imprint: Imprint) -> Data:
    return {
        "copies": copies_line(imprint),
        "printed_by": imprint.printed_by,
        "printed_on": f"{chinese_date(imprint.printed_on)}印发",
    }


def _attachment(paper: Paper, n: int) -> Data:
    attachment: Attachment = paper.attachments[n]
    return {
        "label": attachment_label(paper, n),
        "title_lines": layout.title_lines(attachment.title),
        "body": _blocks(attachment.body, f"a{n}f"),
    }


def _runs(content: Content) -> list[Data]:
    return [{"text": r.text, "ref": r.ref, "strong": r.strong} for r in runs(content)]


def captioned(block: Table | Timeline | Figure) -> str:
    return f"{block.counted}　{block.caption}" if block.caption else ""


def list_paragraphs(block: ListOf) -> list[Paragraph]:
    """Items counted 一是 follow one another in one paragraph, the others stand apart."""
    marked = [(Run(item_mark(block.mark, n)), *runs(i)) for n, i in enumerate(block.items, 1)]
    if block.mark is Mark.SAID:
        return [Paragraph(tuple(run for item in marked for run in item))]
    return [Paragraph(item) for item in marked]


def file_name(prefix: str, block: Figure) -> str:
    return f"{prefix}{block.counted.removeprefix('图')}.{block.media}"


def _blocks(blocks: Iterable[Block], prefix: str, keep_last: bool = False) -> list[Data]:
    lowered = [data for block in blocks for data in _lowered(block, prefix)]
    if keep_last and lowered and lowered[-1]["kind"] == "paragraph":
        lowered[-1]["sticky"] = True
    return lowered


def _lowered(block: Block, prefix: str) -> list[Data]:
    match block:
        case ListOf():
            return [_paragraph(paragraph) for paragraph in list_paragraphs(block)]
        case Lead() | Paragraph():
            return [_paragraph(block)]
        case _:
            return [_standing(block, prefix)]


def _paragraph(block: Lead | Paragraph) -> Data:
    indent = isinstance(block, Lead) or block.indent
    return {
        "kind": "paragraph",
        "runs": _runs(block.content),
        "indent": indent,
        "sticky": False,
    }


def _standing(block: Heading | Table | Timeline | Figure, prefix: str) -> Data:
    match block:
        case Heading():
            own: Data = {
                "kind": "heading",
                "level": block.level,
                "text": block.counted + block.text,
            }
        case Table():
            own = {"kind": "table", "note": block.note, **_grid(block)}
        case Timeline():
            moments = [{"when": m.when, "runs": _runs(m.content)} for m in block.moments]
            own = {"kind": "timeline", "moments": moments}
        case Figure():
            file = file_name(prefix, block)
            own = {"kind": "figure", "file": file, "alt": block.alt, "width_mm": block.width_mm}
    caption = "" if isinstance(block, Heading) else captioned(block)
    return {"name": block.name, "caption": caption, **own}


def _grid(table: Table) -> Data:
    return {
        "columns": [
            {"title": c.title, "width": c.width, "align": c.align.value} for c in table.columns
        ],
        "cells": [_runs(cell) for row in table.rows for cell in row],
    }


def spoken(data: Any) -> Iterator[str]:
    """Every string that will be seen, for the check of its characters."""
    match data:
        case str():
            yield data
        case dict():
            for key, part in data.items():
                if key not in UNSEEN:
                    yield from spoken(part)
        case list() | tuple():
            for part in data:
                yield from spoken(part)
