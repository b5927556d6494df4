"""The tree as PDF/A, set by typst."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from docx.oxml.parser import parse_xml

from .fonts import FontSet
from .lower import file_name, lower, spoken
from .prepare import prepare
from .tree import Block, Figure, Paper

STANDARD = "a-2a"
"""PDF/A-2a: archived papers must be readable by themselves, and read aloud."""

RASTER_PPI = 300

_compile: Any = typst.compile_with_warnings
"""Its stub does not know virtual files."""


def write_pdf(paper: Paper, fonts: FontSet, at: datetime, base_url: str = "") -> bytes:
    """`at` is written into the file as its date; the same tree and date give the same bytes."""
    ready = prepare(paper, base_url)
    data = lower(ready, fonts)
    pictures = dict(_pictures(ready))
    fonts.require(spoken(data))
    for picture in pictures.values():
        fonts.require(_words_in(picture))
    whole_second = at.replace(microsecond=0)  # a PDF's date knows no more
    return compiled(_template(), data, pictures, fonts, format="pdf", timestamp=whole_second)


def rasterised(figure: Figure, fonts: FontSet) -> bytes:
    """An SVG figure as PNG, for Word."""
    fonts.require(_words_in(figure.image))
    page = (
        b'#let d = json("paper.json")\n'
        b"#set page(width: d.width_mm * 1mm, height: auto, margin: 0mm)\n"
        b'#image("figure.svg", width: 100%)'
    )
    data = {"width_mm": figure.width_mm}
    return compiled(page, data, {"figure.svg": figure.image}, fonts, format="png", ppi=RASTER_PPI)


def compiled(
    source: bytes, data: Any, pictures: dict[str, bytes], fonts: FontSet, **how: Any
) -> bytes:
    """`source` reads `data` as paper.json. A warning of the compiler is an error here."""
    files = {"main.typ": source, "paper.json": json.dumps(data).encode(), **pictures}
    standards = [STANDARD] if how["format"] == "pdf" else []
    made, warnings = _compile(files, font_paths=fonts.loaded, pdf_standards=standards, **how)
    if warnings:
        raise RuntimeError("; ".join(w.message for w in warnings))
    return bytes(made)


def _pictures(paper: Paper) -> Iterator[tuple[str, bytes]]:
    yield from _named(paper.body, "f")
    for n, attachment in enumerate(paper.attachments):
        yield from _named(attachment.body, f"a{n}f")


def _named(blocks: tuple[Block, ...], prefix: str) -> Iterator[tuple[str, bytes]]:
    for block in blocks:
        if isinstance(block, Figure):
            yield file_name(prefix, block), block.image


def _words_in(picture: bytes) -> list[str]:
    if not picture.lstrip().startswith(b"<"):
        return []
    return [text.strip() for text in parse_xml(picture).itertext() if text.strip()]


@cache
def _template() -> bytes:
    return Path(__file__).with_name("gb9704.typ").read_bytes()
