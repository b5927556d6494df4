"""A sheet as PDF, set by typst."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from hudun.core.paper.fonts import WEIGHTS, Face, FontSet
from hudun.core.paper.pdf import compiled
from hudun.core.paper.prepare import clean, texts_of
from hudun.core.plate.models import Plate

from .qr import qr_svg
from .sheet import Sheet, Way

SCAN = "扫码核验、反映问题"


def draw_sheet(
    plate: Plate,
    sheet: Sheet,
    fonts: FontSet,
    at: datetime,
    *,
    way: Way = "right",
    metres: int | None = None,
) -> bytes:
    """One page of exactly the sheet's size. A guide points a way and may say how far. Raises
    `MissingGlyph` rather than print an empty box."""
    data = {**_words(plate, sheet), **_type(fonts), "way": way, "metres": metres}
    fonts.require(texts_of(data))
    pictures = {"qr.svg": qr_svg(plate.url)}
    moment = at.replace(microsecond=0)  # a PDF's date knows no more
    return compiled(_template(), data, pictures, fonts, format="pdf", timestamp=moment)


def _words(plate: Plate, sheet: Sheet) -> dict[str, Any]:
    asset = plate.asset
    return {
        "width": sheet.width_mm,
        "height": sheet.height_mm,
        "layout": sheet.layout,
        "colour": sheet.colour,
        "label": sheet.label,
        "heading": clean(sheet.heading),
        "subheading": clean(sheet.subheading),
        "notes": [clean(note) for note in sheet.notes],
        "title": clean(plate.title),
        "code": plate.spaced_code,
        "url": plate.url,
        "office": clean(asset.plate_office()),
        "rows": [[clean(label), clean(value)] for label, value in asset.plate_board()],
        "scan": SCAN,
    }


def _type(fonts: FontSet) -> dict[str, Any]:
    face = Face.HEI
    return {"families": fonts.families[face], "weight": WEIGHTS[face]}


@cache
def _template() -> bytes:
    return Path(__file__).with_name("sheet.typ").read_bytes()
