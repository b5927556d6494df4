"""Both files say the same words in the same sequence."""

import re
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from hudun.core.paper.pdf import write_pdf
from hudun.core.paper.tree import Paper
from hudun.core.paper.word import write_docx

from . import samples
from .ruler import reader

pytestmark = pytest.mark.papers

PAGE_END = re.compile(r"(日志链.*|草稿，未印发)?\s*— \d+ —\s*$")


def words_of_docx(made: bytes) -> str:
    body = docx.Document(BytesIO(made)).element.body
    return "".join("".join(t.text or "" for t in body.iter(qn("w:t"))).split())


def words_of_pdf(made: bytes, repeated: str) -> str:
    """Without page numbers and without the header rows that are repeated at the top of a page."""
    pages = ["".join(PAGE_END.sub("", p.extract_text()).split()) for p in reader(made).pages]
    return pages[0] + "".join(page.removeprefix(repeated) for page in pages[1:])


def in_figures(paper: Paper) -> list[str]:
    from xml.etree import ElementTree

    from hudun.core.paper.tree import Figure

    pictures = [block.image for block in paper.body if isinstance(block, Figure)]
    return ["".join("".join(ElementTree.fromstring(p).itertext()).split()) for p in pictures]


@pytest.mark.parametrize("make", [samples.report, samples.notice])
def test_both_files_say_the_same(make: type[Paper]) -> None:
    paper = make()  # type: ignore[call-arg]
    word = write_docx(paper, samples.fonts(), samples.WRITTEN, samples.HOME)
    pdf = write_pdf(paper, samples.fonts(), samples.WRITTEN, samples.HOME)
    head = "".join(column.title for column in samples.COLUMNS)
    said = words_of_pdf(pdf, head)
    for words in in_figures(paper):
        assert words in said
        said = said.replace(words, "", 1)
    assert said == words_of_docx(word)
