"""The Word file, read back."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from hudun.core.paper.word import write_docx

from . import samples

pytestmark = pytest.mark.papers


@pytest.fixture(scope="module")
def report(report_docx: bytes) -> Document:
    return docx.Document(BytesIO(report_docx))


def attributes(element: Any) -> dict[str, str]:
    return {name.partition("}")[2]: value for name, value in element.attrib.items()}


def test_page_and_margins(report: Document) -> None:
    [section] = report.sections
    measures = [section.page_width, section.page_height]
    margins = [section.top_margin, section.right_margin]
    margins += [section.bottom_margin, section.left_margin]
    twip = 635
    for found, wanted in zip(measures + margins, (210, 297, 37, 26, 35, 28), strict=True):
        assert found is not None
        assert abs(found - Mm(wanted)) <= twip


def test_grid_of_22_lines_by_28_characters(report: Document) -> None:
    [grid] = report.element.body.sectPr.xpath("w:docGrid")
    found = attributes(grid)
    assert found["type"] == "linesAndChars"
    text_height, text_width = 225 / 25.4 * 1440, 156 / 25.4 * 1440
    assert int(text_height / int(found["linePitch"])) == 22
    [spacing] = report.styles["Normal"].element.xpath("w:rPr/w:spacing")
    char = 16 + int(found["charSpace"]) / 4096 + int(attributes(spacing)["val"]) / 20
    assert int(text_width / 20 / char) == 28


def test_page_numbers_differ_on_odd_even_and_first_pages(report: Document) -> None:
    [section] = report.sections
    assert report.settings.odd_and_even_pages_header_footer
    assert section.different_first_page_header_footer
    odd, even, first = section.footer, section.even_page_footer, section.first_page_footer
    for footer in (odd, even, first):
        [field] = footer._element.iter(qn("w:fldSimple"))
        assert "PAGE" in attributes(field)["instr"]
        assert footer._element.xpath("string(.)").endswith("— 1 —")
    assert [attributes(f._element.find(".//" + qn("w:jc")))["val"] for f in (odd, even)] == [
        *("right", "left")
    ]
    assert samples.HEAD in first._element.xpath("string(.)")


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("heading 1", "黑体", 16),
        ("heading 2", "楷体_GB2312", 16),
        ("heading 3", "仿宋_GB2312", 16),
        ("footer", "宋体", 14),
    ],
)
def test_fonts_are_those_that_the_standard_names(
    report: Document, style: str, font: str, size: int
) -> None:
    [found] = [s for s in report.styles.element if s.find(qn("w:name")) is not None
               and s.find(qn("w:name")).get(qn("w:val")) == style]  # fmt: skip
    assert found.find(".//" + qn("w:rFonts")).get(qn("w:eastAsia")) == font
    assert int(found.find(".//" + qn("w:sz")).get(qn("w:val"))) == size * 2


def test_header_rows_are_repeated_and_rows_are_whole(report: Document) -> None:
    table = report.tables[0]
    assert len(table.rows) == 61
    head, *rows = table._tbl.tr_lst
    assert head.xpath("w:trPr/w:tblHeader")
    assert all(row.xpath("w:trPr/w:cantSplit") for row in rows)


def test_a_figure_says_what_it_shows(report: Document) -> None:
    pictures = list(report.element.body.iter(qn("wp:docPr")))
    assert [p.get("descr") for p in pictures] == ["七个街道运行率的横条图", "六十个点的位置图"]


def test_numbers_open_what_stands_behind_them(report: Document) -> None:
    links = list(report.element.body.iter(qn("w:hyperlink")))
    web = {report.part.rels[key].target_ref for a in links if (key := a.get(qn("r:id")))}
    assert {"https://office.example/points", "https://office.example/facts/ratio"} <= web
    anchors = {a.get(qn("w:anchor")) for a in links} - {None}
    marks = {m.get(qn("w:name")) for m in report.element.body.iter(qn("w:bookmarkStart"))}
    assert anchors <= marks
    assert len(anchors) == 2


def test_the_file_names_its_paper(report: Document) -> None:
    about = report.core_properties
    assert (about.title, about.author) == (samples.report().title, samples.OFFICE)


def test_a_notice_without_anything_more_opens() -> None:
    made = write_docx(samples.notice(), samples.fonts(), samples.WRITTEN)
    said = [p.text for p in docx.Document(BytesIO(made)).paragraphs]
    assert "各街道办事处：" in said
    assert "一、检查时间" in said
