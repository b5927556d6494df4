"""Never an empty box: a missing glyph is an error that names the character."""

from pathlib import Path

import pytest
from django.conf import settings
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

from hudun.core.error import Problem
from hudun.core.paper.errors import MissingGlyph
from hudun.core.paper.fonts import Face, fonts_at
from hudun.core.paper.pdf import rasterised, write_pdf
from hudun.core.paper.tree import Column, Figure, Paper, Paragraph, Run, Table

from .samples import WRITTEN, fonts

NO_GLYPH = "\ue0c5"
"""For private use: no font of ours knows it."""


def test_every_face_has_a_font() -> None:
    assert set(fonts().families) == set(Face)
    fonts().require(["〔2026〕— ①②③ ％ ㎡ ℃ “某”《某》·…"])


def test_a_missing_glyph_is_named() -> None:
    with pytest.raises(MissingGlyph) as caught:
        fonts().require([f"张{NO_GLYPH}三"])
    assert caught.value.characters == NO_GLYPH
    assert "U+E0C5" in caught.value.what
    assert caught.value.status == 422


@pytest.mark.parametrize(
    "paper",
    [
        Paper(f"标{NO_GLYPH}题", "某办", ()),
        Paper("标题", f"某{NO_GLYPH}", (), red_head=True),
        Paper("标题", "某办", (Paragraph(Run(NO_GLYPH, "https://a.example")),)),
        Paper("标题", "某办", (Table((Column("名"),), ((NO_GLYPH,),)),)),
        Paper("标题", "某办", (), source_notes=(NO_GLYPH,)),
        Paper("标题", "某办", (Figure(f"<svg>{NO_GLYPH}</svg>".encode(), "svg", "图", "图"),)),
    ],
)
def test_wherever_it_stands(paper: Paper) -> None:
    with pytest.raises(MissingGlyph):
        write_pdf(paper, fonts(), WRITTEN)


def test_a_figure_for_word_is_checked_too() -> None:
    with pytest.raises(MissingGlyph):
        rasterised(Figure(f"<svg>{NO_GLYPH}</svg>".encode(), "svg", "图", "图"), fonts())


def test_without_any_font_nothing_is_set(tmp_path: Path) -> None:
    bare = fonts_at(tmp_path, system=False)
    with pytest.raises(Problem) as caught:
        write_pdf(Paper("标题", "某办", ()), bare, WRITTEN)
    assert caught.value.number == "500.15"


def test_the_office_s_own_font_comes_first(tmp_path: Path) -> None:
    """A font of one letter, named as Windows names 仿宋."""
    font = FontBuilder(1000)
    pen = TTGlyphPen(None)
    for move, point in ((pen.moveTo, (0, 0)), (pen.lineTo, (0, 500)), (pen.lineTo, (400, 0))):
        move(point)
    pen.closePath()
    shape = pen.glyph()
    font.setupGlyphOrder([".notdef", "A"])
    font.setupCharacterMap({ord("A"): "A"})
    font.setupGlyf({".notdef": shape, "A": shape})
    font.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    names = dict.fromkeys(("familyName", "fullName", "psName"), "FangSong")
    font.setupNameTable({**names, "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(tmp_path / "own.ttf")
    found = fonts_at(Path(settings.BASE_DIR), tmp_path)
    assert found.families[Face.FANG][0] == "FangSong"
    found.require(["A字"])
