"""A small table is read at a glance: it is not broken over two pages."""

from io import BytesIO

import docx
import pytest

from hudun.core.paper.pdf import write_pdf
from hudun.core.paper.tree import Column, Paper, Paragraph, Table
from hudun.core.paper.word import write_docx

from . import samples
from .ruler import reader

SMALL = Table(
    (Column("类别"), Column("台数")),
    tuple((word, str(n)) for n, word in enumerate(("甲类", "乙类", "丙类", "合计"))),
    "构成",
)


def after(lines: int) -> Paper:
    filling = Paragraph("测" * 28 * lines, indent=False)
    return Paper("标题", samples.OFFICE, (filling, SMALL))


@pytest.mark.parametrize("lines", range(12, 22))
def test_it_stands_on_one_page(lines: int) -> None:
    pdf = reader(write_pdf(after(lines), samples.fonts(), samples.WRITTEN))
    [page] = [p.extract_text() for p in pdf.pages if "甲类" in p.extract_text()]
    assert "表1" in page
    assert "合计" in page


def test_word_keeps_every_row_with_the_next() -> None:
    made = docx.Document(BytesIO(write_docx(after(18), samples.fonts(), samples.WRITTEN)))
    *rows, last = made.tables[0]._tbl.tr_lst
    assert all(len(row.xpath(".//w:keepNext")) == 2 for row in rows)
    assert not last.xpath(".//w:keepNext")
