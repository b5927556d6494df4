"""Sheets at true size: measured, read back by eye (text) and by another reader (QR)."""

import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image
from pypdf import PdfReader

from hudun.core.paper.errors import MissingGlyph
from hudun.core.paper.issue import office_fonts
from hudun.core.plate.models import Plate
from hudun.core.plate.sheets import Sheet
from hudun.core.plate.sheets.draw import draw_sheet
from hudun.core.plate.sheets.qr import qr_svg

READER = Path(settings.BASE_DIR) / "node_modules" / "qr" / "decode.js"
NEEDS_READER = pytest.mark.skipif(not READER.exists(), reason="the phones' QR reader (npm: qr)")
NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)
MM = 72 / 25.4
NOTES = ("不得堵塞、占用出入口。", "发现问题请扫码反映。")
WIDE = Sheet("wide", "大门牌", 1500, 500, "entrance", "地下泵站", "车辆出入口")
DOOR = Sheet("door", "门牌", 800, 450, "entrance", "地下泵站", "人员出入口")
GUIDE = Sheet("guide", "指引牌", 700, 300, "guide", "地下泵站")
BOARD = Sheet("board", "概况牌", 700, 1200, "board", "地下泵站", "概况须知", NOTES)
SHEETS = pytest.mark.parametrize("sheet", [WIDE, DOOR, GUIDE, BOARD], ids=lambda sheet: sheet.key)
LONG = "天心区城南路街道白沙井社区第二期商业综合体及住宅小区联合建设项目配套地下车库" * 5


class Pump:
    def plate_office(self) -> str:
        return "天心区某办公室"

    def plate_board(self) -> list[tuple[str, str]]:
        return [("名称", "一号泵站"), ("地址", LONG[:90]), ("用途", "排水")]


def plate(title: str = "一号泵站") -> Plate:
    made = Plate(code="0123456789AB", title=title[:200])
    made.__dict__["asset"] = Pump()
    return made


def drawn(sheet: Sheet, title: str = "一号泵站", **more: Any) -> bytes:
    return draw_sheet(plate(title), sheet, office_fonts(), NOON, **more)


def said(pdf: bytes) -> str:
    return PdfReader(BytesIO(pdf)).pages[0].extract_text().replace("\n", "")


def painted(pdf: bytes, folder: Path, dpi: int) -> Image.Image:
    (folder / "sheet.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dpi), "-png", "-singlefile", "sheet.pdf", "sheet"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return Image.open(folder / "sheet.png").convert("RGBA")


def rims(picture: Image.Image) -> list[bytes]:
    """The outermost millimetres on all four sides: nothing may reach into them."""
    wide, high, rim = picture.width, picture.height, 3
    boxes = [(0, 0, wide, rim), (0, high - rim, wide, high)]
    boxes += [(0, 0, rim, high), (wide - rim, 0, wide, high)]
    return [picture.crop(box).tobytes() for box in boxes]


def read_qr(picture: Image.Image) -> str:
    reader = Path(__file__).with_name("read_qr.mjs")
    command = ["node", str(reader), str(picture.width), str(picture.height)]
    root = Path(settings.BASE_DIR)
    done = subprocess.run(
        command, cwd=root, input=picture.tobytes(), capture_output=True, check=False
    )
    return done.stdout.decode() or done.stderr.decode()


@SHEETS
def test_one_page_of_exactly_the_size(sheet: Sheet) -> None:
    pages = PdfReader(BytesIO(drawn(sheet))).pages
    assert len(pages) == 1
    box = pages[0].mediabox
    assert float(box.width) == pytest.approx(sheet.width_mm * MM, abs=0.01)
    assert float(box.height) == pytest.approx(sheet.height_mm * MM, abs=0.01)


@SHEETS
def test_every_word_stands_on_it(sheet: Sheet) -> None:
    words = said(drawn(sheet))
    asked = ["一号泵站", "地下泵站", "0123-4567-89AB", "扫码核验", sheet.subheading, *sheet.notes]
    assert [word for word in asked if word not in words] == []
    assert sheet.layout == "guide" or "天心区某办公室" in words


@SHEETS
def test_a_name_of_200_characters_is_whole_and_inside(sheet: Sheet, tmp_path: Path) -> None:
    pdf = drawn(sheet, LONG)
    assert LONG[:200] in said(pdf)
    assert rims(painted(pdf, tmp_path, 10)) == rims(painted(drawn(sheet), tmp_path, 10))


@pytest.mark.papers
@NEEDS_READER
@SHEETS
def test_another_reader_reads_the_address(sheet: Sheet, tmp_path: Path) -> None:
    picture = painted(drawn(sheet, LONG), tmp_path, 25)
    assert read_qr(picture) == plate().url


@pytest.mark.papers
@NEEDS_READER
def test_it_is_read_with_dirt_on_it(tmp_path: Path) -> None:
    """Level H: a blot over about a tenth of the code, away from its corners."""
    picture = painted(drawn(DOOR), tmp_path, 25)
    side = int(800 * 0.38 / 25.4 * 25)
    x, y = picture.width - side * 3 // 5, picture.height // 2
    picture.paste((90, 60, 30, 255), (x, y, x + side // 5, y + side // 5))
    assert read_qr(picture) == plate().url


def test_a_guide_points_and_says_how_far() -> None:
    left, right = drawn(GUIDE, way="left", metres=120), drawn(GUIDE, way="right", metres=120)
    assert left != right
    assert "120 米" in said(left)
    assert "米" not in said(drawn(GUIDE))


def test_a_character_without_a_shape_is_refused() -> None:
    with pytest.raises(MissingGlyph):
        drawn(DOOR, "\ue000号泵站")


@SHEETS
def test_markup_stays_text(sheet: Sheet) -> None:
    assert "#import*$<a>" in said(drawn(sheet, '#import*$<a>"\\'))


def test_the_code_has_its_quiet_zone() -> None:
    svg = qr_svg("x").decode()
    assert 'viewBox="0 0 29 29"' in svg, "21 modules of version 1 and 4 white ones on each side"
    assert "M4 4h7v1h-7z" in svg


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert drawn(BOARD) == drawn(BOARD)
