"""What the tree does by itself: counting, cleaning, refusing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.core.error import Problem
from hudun.core.paper.layout import (
    CHAR_PT,
    LINE_PT,
    fit_red_head,
    place_signature,
    title_lines,
    width_in_chars,
)
from hudun.core.paper.numbering import chinese, chinese_date, document_number, percent
from hudun.core.paper.prepare import clean, prepare
from hudun.core.paper.tree import (
    Column,
    Figure,
    Heading,
    Paper,
    Paragraph,
    Run,
    Table,
    number,
    plain,
    runs,
)

SOME = Table((Column("名称"),), (("甲",),), "名单", "list")


def paper(*body: object, **more: object) -> Paper:
    return Paper("标题", "某办公室", tuple(body), **more)  # type: ignore[arg-type]


def test_headings_count_themselves_and_start_anew_below_a_higher_one() -> None:
    levels = [1, 2, 2, 3, 4, 4, 1, 2, 3]
    made = prepare(paper(*(Heading(level, "某") for level in levels)))  # type: ignore[arg-type]
    assert [h.counted for h in made.body if isinstance(h, Heading)] == [
        *("一、", "（一）", "（二）", "1．", "（1）", "（2）"),
        *("二、", "（一）", "1．"),
    ]


def test_tables_and_figures_are_counted_apart() -> None:
    figure = Figure(b"<svg/>", "svg", "图", "图")
    made = prepare(paper(SOME, figure, Table((), (), "空表"), figure))
    assert [b.counted for b in made.body if isinstance(b, Table | Figure)] == [
        *("表1", "图1", "表2", "图2")
    ]


@pytest.mark.parametrize(
    ("n", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_chinese_ordinals(n: int, said: str) -> None:
    assert chinese(n) == said


def test_number_and_date_have_no_leading_zeros() -> None:
    assert document_number("某防", 2026, 7) == "某防〔2026〕7号"
    assert chinese_date(date(2026, 1, 5)) == "2026年1月5日"


@given(part=st.integers(0, 5000), whole=st.integers(1, 5000))
def test_a_share_is_whole_only_when_nothing_is_missing(part: int, whole: int) -> None:
    part = min(part, whole)
    said = percent(part, whole)
    assert (said == "100%") == (part == whole)
    assert (said == "0%") == (part == 0)
    assert abs(float(said[:-1]) - 100 * part / whole) < 0.1001


def test_a_share_of_nothing_is_no_number() -> None:
    assert percent(0, 0) == "—"


def test_text_loses_only_what_cannot_be_shown() -> None:
    assert clean("甲\x00\u202e\ud800\ufe0f乙\t丙\r\n丁") == "甲乙 丙\n丁"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_number_carries_the_way_to_its_list() -> None:
    made = prepare(
        paper(Paragraph(("共", number(57, "/points", "台")))), "https://office.example/a/"
    )
    paragraph = made.body[0]
    assert isinstance(paragraph, Paragraph)
    assert runs(paragraph.content)[1] == Run("57台", "https://office.example/points")
    assert plain(paragraph.content) == "共57台"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ((Paragraph(Run("甲", "javascript:alert(1)")),), "不是网页地址"),
        ((Paragraph(Run("甲", "/points")),), "不是网页地址"),
        ((Paragraph(Run("甲", "#nowhere")),), "#nowhere"),
        ((SOME, SOME), "名称重复"),
        ((Table((Column("一"), Column("二")), (("甲",),), "短表"),), "第1行"),
    ],
)
def test_a_tree_that_contradicts_itself_is_refused(body: tuple[object, ...], reason: str) -> None:
    with pytest.raises(Problem) as caught:
        prepare(paper(*body))
    assert caught.value.number == "422.16"
    assert reason in caught.value.what


@pytest.mark.parametrize("secrecy", ["秘密", "机密★10年", "绝密"])
def test_state_secrets_are_refused(secrecy: str) -> None:
    with pytest.raises(Problem) as caught:
        prepare(paper(secrecy=secrecy))
    assert caught.value.number == "422.17"


def test_the_grid_is_that_of_the_standard() -> None:
    assert round(LINE_PT, 2) == 28.99
    assert round(CHAR_PT * 28 / 72 * 25.4, 6) == 156


@pytest.mark.parametrize(
    ("organ", "sealed", "organ_right", "day_right"),
    [
        ("某办", True, 6.25, 4.0),
        ("某市某区某某某某管理办公室", True, 2.0, 5.25),
        ("某市某区某某某某管理办公室", False, 2.0, 6.5),
        ("某办", False, 8.5, 2.0),
    ],
)
def test_signature_stands_where_the_standard_says(
    organ: str, sealed: bool, organ_right: float, day_right: float
) -> None:
    place = place_signature(organ, date(2026, 11, 3), sealed)
    assert (place.organ_right, place.day_right) == (organ_right, day_right)


def test_a_long_title_is_broken_into_even_lines() -> None:
    title = "关于2026年度全区设备试运行组织实施情况及下一步工作安排的报告"
    lines = title_lines(title)
    assert "".join(lines) == title
    assert len(lines) == 2
    assert abs(width_in_chars(lines[0]) - width_in_chars(lines[1])) <= 4


@given(st.text("关于的报告（）《》2026年，abc", min_size=1, max_size=120))
def test_no_title_line_is_wider_than_the_page(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(width_in_chars(line) <= 20.5 for line in lines)


@given(st.integers(2, 60))
def test_a_red_head_fits_the_page(length: int) -> None:
    fit = fit_red_head("某" * length)
    assert length * fit.size_pt * fit.narrowed <= 156 * 72 / 25.4
    assert fit.narrowed >= 0.6
