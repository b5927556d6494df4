"""The papers of the book as PDF, set by typst: one sheet a community, one card a house, one list a
shelter. From the book's own rows; no arrays, so a web page may set them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from hudun.core.paper.fonts import WEIGHTS, Face, FontSet
from hudun.core.paper.pdf import compiled
from hudun.core.paper.prepare import clean, texts_of

from .balance import REASON_WORDS
from .fillcurve import fill_curve

Row = Mapping[str, Any]
SIGNALS = (
    "预先警报：鸣 36 秒，停 24 秒，反复 3 遍", "空袭警报：鸣 6 秒，停 6 秒，反复 15 遍",
    "解除警报：连续长鸣 3 分钟",
)  # fmt: skip
BLANK_HELPERS = ("召集", "引导", "帮扶老弱", "清点人数")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every paper of one book."""

    office: str
    plan: str
    version: str
    secrecy: str = "内部"
    note: str = ""
    """Of data that is made up, or of a draft; shown where it cannot be overlooked."""


def community_pdf(sheet: Row, picture: bytes, head: Head, fonts: FontSet, at: datetime) -> bytes:
    data = {
        "sheet": _with_reasons(sheet),
        "helpers": _helpers(sheet),
        "signals": SIGNALS,
        "picture": bool(picture),
    }
    pictures = {"map.svg": picture} if picture else {}
    return _set("sheet", data, pictures, head, fonts, at)


def cards_pdf(sheet: Row, head: Head, fonts: FontSet, at: datetime) -> bytes:
    """Four to a page, one a house and shelter; a house with nowhere to go gets its card too."""
    data = {"sheet": _with_reasons(sheet), "cards": list(cards(sheet)), "signals": SIGNALS}
    return _set("card", data, {}, head, fonts, at)


def shelter_pdf(listed: Row, head: Head, fonts: FontSet, at: datetime) -> bytes:
    data = {"list": dict(listed)}
    curve = fill_curve(listed["arrived"], listed["inside"], listed["places"])
    return _set("list", data, {"curve.svg": curve}, head, fonts, at)


def cards(sheet: Row) -> Iterator[Row]:
    shelters = {one["mark"]: one for one in sheet["shelters"]}
    for row in sheet["rows"]:
        if not row["people"]:
            continue
        for to in row["to"]:
            shelter = shelters[to["mark"]]
            doors = {one["door"]: one["name"] for one in shelter["doors"]}
            yield {
                "house": row["id"],
                "people": row["people"],
                "part": to["people"],
                "shelter": shelter["title"] or shelter["name"],
                "number": shelter["name"],
                "address": shelter["address"],
                "door": doors.get(to["door"]) or f"{to['door']} 号口",
                "keeper": " ".join(filter(None, (shelter["keeper"], shelter["phone"]))),
                "metres": round(to["metres"]),
                "adult_min": to["adult_min"],
                "elder_min": to["elder_min"],
                "why": "",
            }
        if row["left"]:
            why = REASON_WORDS[row["reason"]]
            yield {"house": row["id"], "people": row["people"], "part": row["left"], "why": why}


def _with_reasons(sheet: Row) -> dict[str, Any]:
    rows = [{**row, "why": REASON_WORDS.get(row["reason"], "")} for row in sheet["rows"]]
    lacking = [(word, sheet[key]) for key, word in REASON_WORDS.items() if sheet[key]]
    return {**sheet, "rows": rows, "lacking": lacking}


def _helpers(sheet: Row) -> list[Row]:
    """Those known, and lines to be filled in by hand for what nobody is named for."""
    known = list(sheet["helpers"])
    duties = {one["duty"] for one in known}
    blank = [{"name": "", "phone": "", "duty": duty} for duty in BLANK_HELPERS]
    return known + [one for one in blank if one["duty"] not in duties]


def _set(
    template: str, data: dict[str, Any], pictures: dict[str, bytes], head: Head, fonts: FontSet,
    at: datetime,
) -> bytes:  # fmt: skip
    face = Face.HEI
    said = {"head": asdict(head), "families": fonts.families[face], "weight": WEIGHTS[face]}
    whole = _cleaned({**data, **said})
    fonts.require(texts_of(whole))
    source = _template("book") + _template(template)
    moment = at.replace(microsecond=0)
    return compiled(source, whole, pictures, fonts, format="pdf", timestamp=moment)


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case Mapping():
            return {name: _cleaned(part) for name, part in value.items()}
        case list() | tuple():
            return [_cleaned(part) for part in value]
        case _:
            return value


@cache
def _template(name: str) -> bytes:
    return Path(__file__).with_name(f"{name}.typ").read_bytes()
