"""The PDF, measured: GB/T 9704-2012 §5 and §7."""

import re
from itertools import chain

import pytest
from pypdf import PdfReader

from hudun.core.paper.pdf import write_pdf
from hudun.core.paper.tree import Paper, Paragraph

from . import samples
from .ruler import ABOVE, BELOW, MM, Line, lines, pitches, reader

pytestmark = pytest.mark.papers

HALF_GAP = (28.99 - 16) / 2
NEAR = 0.1 * MM
"""A tenth of a millimetre."""


@pytest.fixture(scope="module")
def full_page() -> list[Line]:
    made = write_pdf(samples.page_of_text(), samples.fonts(), samples.WRITTEN)
    return [line for line in lines(reader(made).pages[1]) if line.size == 16]


@pytest.fixture(scope="module")
def report(report_pdf: bytes) -> PdfReader:
    return reader(report_pdf)


def test_pages_are_a4(report: PdfReader) -> None:
    for page in report.pages:
        assert float(page.mediabox.width) == pytest.approx(210 * MM, abs=NEAR)
        assert float(page.mediabox.height) == pytest.approx(297 * MM, abs=NEAR)


def test_a_full_page_has_22_lines_of_28_characters(full_page: list[Line]) -> None:
    assert len(full_page) == 22
    assert {line.glyphs for line in full_page} == {28}
    assert pitches(full_page) == pytest.approx([28.99] * 21, abs=0.02)


def test_margins(full_page: list[Line]) -> None:
    first, last = full_page[0], full_page[-1]
    assert first.baseline - ABOVE * 16 - HALF_GAP == pytest.approx(37 * MM, abs=NEAR)
    assert last.baseline + BELOW * 16 + HALF_GAP == pytest.approx((297 - 35) * MM, abs=NEAR)
    assert min(line.left for line in full_page) == pytest.approx(28 * MM, abs=NEAR)
    assert max(line.right for line in full_page) == pytest.approx((210 - 26) * MM, abs=0.3 + NEAR)


def test_nothing_stands_outside_the_text_block(report: PdfReader) -> None:
    everything = chain.from_iterable(lines(page) for page in report.pages)
    body = [line for line in everything if line.size not in (14, 6.5) and line.size < 30]
    assert all(line.left >= 28 * MM - NEAR for line in body)
    # The right half of a comma or full stop is blank and may stand outside.
    assert all(line.right <= (210 - 26) * MM + line.size / 2 + NEAR for line in body)
    assert all(line.baseline <= (297 - 35) * MM for line in body)


def test_lines_with_digits_reach_the_margin_too() -> None:
    mixed = Paper("标题", "某办", (Paragraph("设备12台，运行3小时" * 30),))
    page = reader(write_pdf(mixed, samples.fonts(), samples.WRITTEN)).pages[0]
    ends = [line.right - (210 - 26) * MM for line in lines(page) if line.size == 16]
    assert len(ends) > 8
    assert all(-0.5 < end < 8.5 for end in ends[:-1])


def test_page_numbers_stand_outside_7_mm_below_the_text(report: PdfReader) -> None:
    for n, page in enumerate(report.pages, 1):
        assert page.extract_text().rstrip().endswith(f"— {n} —")
        number = max(lines(page), key=lambda line: line.baseline if line.size == 14 else 0)
        dash = number.baseline - 0.36 * 14
        assert dash == pytest.approx((297 - 35 + 7) * MM, abs=0.5 * MM)
        if n % 2:
            assert number.right == pytest.approx((210 - 26) * MM - 14, abs=NEAR)
        else:
            assert number.left == pytest.approx(28 * MM + 14, abs=NEAR)


def test_the_journal_s_head_is_printed_on_page_one_only(report: PdfReader) -> None:
    assert f"日志链 {samples.HEAD}" in report.pages[0].extract_text()
    assert all(samples.HEAD not in page.extract_text() for page in report.pages[1:])


def test_every_font_is_embedded_and_can_be_read_back(report: PdfReader) -> None:
    for page in report.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            assert "/ToUnicode" in font
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_header_rows_are_repeated_and_no_row_is_torn(report: PdfReader) -> None:
    pages = [page.extract_text() for page in report.pages]
    with_rows = [text for text in pages if re.search(r"^\d+ TX-\d{4}", text, re.MULTILINE)]
    assert len(with_rows) >= 3
    assert all(re.search(r"序号 编号 名称", text) for text in with_rows)
    assert all(text.count("（原第三机床厂") == text.count("俱乐部") for text in with_rows)


def test_the_note_is_on_the_page_of_the_last_row(report: PdfReader) -> None:
    [page] = [
        p.extract_text() for p in report.pages if "注：名称以台账登记为准" in p.extract_text()
    ]
    assert "TX-0060" in page


def test_numbers_open_what_stands_behind_them(report: PdfReader) -> None:
    notes = [note.get_object() for page in report.pages for note in page.get("/Annots", [])]
    web = {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}
    assert {"https://office.example/points", "https://office.example/facts/ratio"} <= web
    inside = [note for note in notes if "/Dest" in note or note.get("/A", {}).get("/S") == "/GoTo"]
    assert len(inside) >= 3


def test_hostile_text_comes_out_as_text(report: PdfReader) -> None:
    said = "".join("".join(page.extract_text().split()) for page in report.pages)
    assert "".join(samples.HOSTILE.split()) in said


def test_it_is_an_archive_file_that_can_be_read_aloud(report_pdf: bytes, report: PdfReader) -> None:
    assert b"<pdfaid:part>2</pdfaid:part>" in report_pdf
    assert report.metadata is not None
    assert report.metadata.title == samples.report().title
    assert report.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    outline = [item.title for item in report.outline if not isinstance(item, list)]
    assert outline[:2] == ["一、基本情况", "二、下一步工作"]


def test_the_same_paper_gives_the_same_bytes(report_pdf: bytes) -> None:
    again = write_pdf(samples.report(), samples.fonts(), samples.WRITTEN, samples.HOME)
    assert again == report_pdf


def test_a_notice_takes_one_page(notice_pdf: bytes) -> None:
    assert len(reader(notice_pdf).pages) == 1


def test_what_was_not_issued_says_so() -> None:
    from dataclasses import replace

    draft = replace(samples.notice(), number="", journal="")
    made = write_pdf(draft, samples.fonts(), samples.WRITTEN)
    assert "草稿，未印发" in reader(made).pages[0].extract_text()
