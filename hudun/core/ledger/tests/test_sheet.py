"""What goes into a sheet comes out of it; what would harm is refused before it is unpacked."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hudun.core.ledger.reading import _date
from hudun.core.ledger.sheet import MAX_ROWS, Heading, Unreadable, read, write

HEADINGS = [Heading("编号", required=True), Heading("名称")]
KNOWN = ["编号", "名称"]
TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
    ),
    max_size=60,
).map(str.strip)


def back(body: bytes) -> list[dict[str, str]]:
    return [row for _, row in read(io.BytesIO(body), len(body), KNOWN, "编号").rows]


@settings(max_examples=25)
@given(TEXT)
def test_text_comes_back(text: str) -> None:
    assert back(write("台账", HEADINGS, [[1, text]])) == [{"编号": "1", "名称": text}]


@pytest.mark.parametrize("text", ["=1+1", "+86 731", "-5", "@SUM(A1)", '=HYPERLINK("x")'])
def test_no_text_is_a_formula(text: str) -> None:
    body = write("台账", HEADINGS, [[1, text]])
    cell = load_workbook(io.BytesIO(body)).worksheets[0]["B2"]
    assert cell.data_type == "s"
    assert cell.value == f"'{text}"
    assert back(body)[0]["名称"] == text


@settings(max_examples=25)
@given(st.floats(73, 136))
def test_coordinates_come_back_to_a_micrometre(value: float) -> None:
    text = back(write("台账", HEADINGS, [[1, value]]))[0]["名称"]
    assert float(text) == pytest.approx(value, rel=1e-15)


def test_headings_are_found_below_a_title() -> None:
    body = book([["天心区设备统计表"], ["填表日期：2026年"], ["编 号*", "名称", "多余"], [3, "甲"]])
    found = read(io.BytesIO(body), len(body), KNOWN, "编号")
    assert found.labels == ["编号", "名称", "多余"]
    assert found.rows == [(4, {"编号": "3", "名称": "甲", "多余": ""})]


def book(rows: list[list[object]]) -> bytes:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def refusal(body: bytes, size: int | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read(io.BytesIO(body), size or len(body), KNOWN, "编号")
    return str(caught.value)


def test_without_key_column() -> None:
    assert "编号" in refusal(book([["名称", "类型"], ["甲", "乙"]]))


def test_with_a_column_twice() -> None:
    assert "重复的列：名称" in refusal(book([["编号", "名称", "名称"], [1, "甲", "乙"]]))


def test_not_a_sheet() -> None:
    assert ".xlsx" in refusal(b"PK nothing of the kind")
    assert "读不出" in refusal(archive({"hello.txt": b"hello"}))


def test_too_large() -> None:
    assert "MB" in refusal(b"", 6 * 1024 * 1024)


def test_too_many_rows() -> None:
    assert str(MAX_ROWS) in refusal(
        book([["编号", "名称"], *([i, "甲"] for i in range(MAX_ROWS + 20))])
    )


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def test_bomb_is_not_unpacked() -> None:
    bomb = archive({"xl/worksheets/sheet1.xml": b"0" * (61 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert "过大" in refusal(bomb)


def test_own_entities_are_refused() -> None:
    good = book([["编号", "名称"], [1, "甲"]])
    parts = {}
    with zipfile.ZipFile(io.BytesIO(good)) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    parts["xl/workbook.xml"] = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + parts[
        "xl/workbook.xml"
    ].removeprefix(b'<?xml version="1.0"?>')
    assert "实体" in refusal(archive(parts))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2020-5-1", "2020-05-01"),
        ("2020/05/01", "2020-05-01"),
        ("2020.5.1", "2020-05-01"),
        ("2020年5月1日", "2020-05-01"),
        ("2020年5月", "2020-05-01"),
        ("去年", "去年"),
    ],
)
def test_dates_as_offices_write_them(text: str, said: str) -> None:
    assert _date(text) == said
