"""Paragraphs, runs, links and bookmarks."""

import re

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from hudun.core.paper.fonts import Face, FontSet
from hudun.core.paper.tree import Content, Run, runs

from .xml import Element, el, fonts, ordered

LINK_LINE = "808080"


def bookmark_name(name: str) -> str:
    """Word knows letters, digits and underscores, 40 at most, a letter first."""
    return "at_" + re.sub(r"\W", "_", name)[:37]


def text_elements(text: str) -> list[Element]:
    parts: list[Element] = []
    for n, line in enumerate(text.split("\n")):
        if n:
            parts.append(el("br"))
        piece = el("t")
        piece.text = line
        piece.set(qn("xml:space"), "preserve")
        parts.append(piece)
    return parts


class Writer:
    """Adds to the end of a document. `fonts` is for drawing figures."""

    def __init__(self, document: Document, font_set: FontSet) -> None:
        self.document = document
        self.fonts = font_set
        self._marks = 0
        self._end = document.element.body.sectPr

    def add(self, element: Element) -> Element:
        self._end.addprevious(element)
        return element

    def paragraph(
        self, style: str, content: Content = "", *properties: Element, name: str = ""
    ) -> Element:
        return self.add(self.make(style, content, *properties, name=name))

    def make(
        self, style: str, content: Content = "", *properties: Element, name: str = ""
    ) -> Element:
        paragraph = el("p", ordered("pPr", el("pStyle", val=style), *properties))
        if name:
            paragraph.append(self.bookmark(name))
        for run in runs(content):
            paragraph.append(self._run(run))
        if name:
            paragraph.append(el("bookmarkEnd", id=self._marks))
        return paragraph

    def keep_last(self, wanted: bool) -> None:
        """The last paragraph so far stays with what follows: no signature on a page of its own."""
        last = self._end.getprevious()
        if wanted and last is not None and last.tag == qn("w:p"):
            style, *others = last.pPr
            last.replace(last.pPr, ordered("pPr", style, el("keepNext"), *others))

    def blank(self, lines: int = 1) -> None:
        for _ in range(lines):
            self.paragraph("Normal")

    def bookmark(self, name: str) -> Element:
        self._marks += 1
        return el("bookmarkStart", id=self._marks, name=bookmark_name(name))

    def _run(self, run: Run) -> Element:
        properties = el("rPr")
        if run.strong:
            properties.append(fonts(Face.HEI))
        if run.ref:
            properties.append(el("u", val="dotted", color=LINK_LINE))
        said = el("r", properties, *text_elements(run.text))
        return self._link(run.ref, said) if run.ref else said

    def _link(self, ref: str, said: Element) -> Element:
        if ref.startswith("#"):
            return el("hyperlink", said, anchor=bookmark_name(ref[1:]))
        link = el("hyperlink", said)
        key = self.document.part.relate_to(ref, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), key)
        return link
