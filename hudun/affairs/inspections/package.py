"""A visit as a phone, a desk or an exported queue delivers it: read, and every slip named.

Whether plate, template and items exist is asked later, where the database is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hudun.affairs.inspections.checklist import Malformed, Result
from hudun.affairs.inspections.checklist import values as v
from hudun.affairs.inspections.checklist.reading import KEY, MOST_ITEMS, SLUG
from hudun.core.error import Problem

FORMAT = "hudun-visit/1"
MOST_PHOTOS = 500
LARGEST_PHOTO = 32 * 1024 * 1024
SHA256 = re.compile(r"[0-9a-f]{64}")
CODE = re.compile(r"[0-9A-Z]{12}")
PICTURES = ("image/jpeg", "image/png", "image/heic")
RESULTS = ("pass", "fail", "na", None)


@dataclass(frozen=True)
class GivenAnswer:
    item: str
    result: Result | None
    value: float | None
    text: str
    comment: str
    photos: tuple[UUID, ...]


@dataclass(frozen=True)
class PromisedPhoto:
    id: UUID
    sha256: str
    size: int
    media_type: str
    taken: datetime | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class Position:
    lon: float
    lat: float
    accuracy_m: float | None


@dataclass(frozen=True)
class Package:
    visit: UUID
    plate: str
    campaign: UUID | None
    template: str
    version: int
    started: datetime
    finished: datetime
    device: UUID | None
    position: Position | None
    answers: tuple[GivenAnswer, ...]
    comment: str
    no_deficiencies: bool
    photos: tuple[PromisedPhoto, ...]

    def item_of(self, photo: UUID) -> str:
        """The first item that shows the photo; empty if it shows the place as a whole."""
        return next((a.item for a in self.answers if photo in a.photos), "")


def read_package(data: Any) -> Package:
    """Raises Problem 422.101 or 422.102, which name the field."""
    try:
        return _read(v.mapping(data, "package"))
    except Malformed as slip:
        raise Problem(
            "422.101", where=slip.where, why=slip.why, fields={slip.where: slip.why}
        ) from slip


def _read(data: Mapping[str, Any]) -> Package:
    if data.get("format") != FORMAT:
        shown = str(data.get("format"))[:40]
        raise Problem("422.102", format=shown, known=FORMAT, fields={"format": "不认识的格式"})
    package = Package(
        visit=v.identifier(data.get("visit"), "visit"),
        plate=v.matching(data.get("plate"), "plate", CODE, "应是 12 位标牌编码"),
        campaign=v.maybe_identifier(data.get("campaign"), "campaign"),
        template=v.matching(data.get("template"), "template", SLUG, "应是检查表编号"),
        version=v.whole(data.get("version"), "version", least=1),
        started=v.moment(data.get("started"), "started"),
        finished=v.moment(data.get("finished"), "finished"),
        device=v.maybe_identifier(data.get("device"), "device"),
        position=_position(data.get("position")),
        answers=_answers(data.get("answers")),
        comment=v.note(data.get("comment"), "comment"),
        no_deficiencies=v.flag(data.get("no_deficiencies", False), "no_deficiencies"),
        photos=_photos(data.get("photos", [])),
    )
    _check_whole(package)
    return package


def _check_whole(package: Package) -> None:
    if package.finished < package.started:
        raise Malformed("finished", "早于开始时间")
    _refuse_twice([answer.item for answer in package.answers], "answers", "item")
    _refuse_twice([photo.id for photo in package.photos], "photos", "id")
    promised = {photo.id for photo in package.photos}
    for i, answer in enumerate(package.answers):
        if set(answer.photos) - promised:
            raise Malformed(f"answers[{i}].photos", "照片没有登记在 photos 里")


def _refuse_twice(keys: list[Any], where: str, name: str) -> None:
    for i, key in enumerate(keys):
        if key in keys[:i]:
            raise Malformed(f"{where}[{i}].{name}", "前面已经有了")


def _position(data: Any) -> Position | None:
    if data is None:
        return None
    record = v.mapping(data, "position")
    lon, lat = _lonlat(record, "position")
    if lon is None or lat is None:
        raise Malformed("position", "缺经度或纬度")
    return Position(lon, lat, v.number(record.get("accuracy_m"), "position.accuracy_m"))


def _lonlat(record: Mapping[str, Any], where: str) -> tuple[float | None, float | None]:
    lon = v.number(record.get("lon"), f"{where}.lon", bound=180)
    return lon, v.number(record.get("lat"), f"{where}.lat", bound=90)


def _answers(data: Any) -> tuple[GivenAnswer, ...]:
    given = v.listed(data, "answers", MOST_ITEMS)
    return tuple(_answer(each, f"answers[{i}]") for i, each in enumerate(given))


def _answer(data: Any, where: str) -> GivenAnswer:
    record = v.mapping(data, where)
    said = record.get("value")
    words = isinstance(said, str)
    photos = v.listed(record.get("photos", []), f"{where}.photos", MOST_PHOTOS)
    return GivenAnswer(
        item=v.matching(record.get("item"), f"{where}.item", KEY, "应是项目编号"),
        result=v.one_of(record.get("result"), f"{where}.result", RESULTS),
        value=None if words else v.number(said, f"{where}.value"),
        text=v.note(said, f"{where}.value") if words else "",
        comment=v.note(record.get("comment"), f"{where}.comment"),
        photos=tuple(v.identifier(p, f"{where}.photos[{i}]") for i, p in enumerate(photos)),
    )


def _photos(data: Any) -> tuple[PromisedPhoto, ...]:
    given = v.listed(data, "photos", MOST_PHOTOS)
    return tuple(_photo(each, f"photos[{i}]") for i, each in enumerate(given))


def _photo(data: Any, where: str) -> PromisedPhoto:
    record = v.mapping(data, where)
    lon, lat = _lonlat(record, where)
    return PromisedPhoto(
        id=v.identifier(record.get("id"), f"{where}.id"),
        sha256=v.matching(record.get("sha256"), f"{where}.sha256", SHA256, "应是 64 位小写摘要"),
        size=v.whole(record.get("size"), f"{where}.size", least=1, most=LARGEST_PHOTO),
        media_type=v.one_of(record.get("media_type"), f"{where}.media_type", PICTURES),
        taken=v.maybe_moment(record.get("taken"), f"{where}.taken"),
        lon=lon,
        lat=lat,
    )
