"""A template from JSON, with every slip named by its place in the text."""

import re
from collections.abc import Mapping
from typing import Any

from .nouns import HazardKind, Item, Section, Template

ANSWERS = ("pass", "number", "text")
PHOTOS = ("never", "on_fail", "always")
GRADES = ("一般", "较大", "重大")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
MOST_ITEMS = 300


class Malformed(ValueError):
    """`where` is the path of the value, `why` what is wrong with it."""

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where}：{why}")


def read_template(data: Any) -> Template:
    """Raises Malformed."""
    record = _mapping(data, "表")
    sections = tuple(
        _section(each, f"sections[{i}]")
        for i, each in enumerate(_list(record.get("sections"), "sections"))
    )
    template = Template(
        slug=_matching(record.get("slug"), "slug", SLUG),
        version=_whole(record.get("version"), "version", least=1),
        title=_text(record.get("title"), "title"),
        kinds=tuple(_text(kind, "kinds") for kind in _list(record.get("kinds"), "kinds")),
        sections=sections,
        sample=bool(record.get("sample", False)),
    )
    _check_whole(template)
    return template


def _check_whole(template: Template) -> None:
    keys = [item.key for item in template]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise Malformed("sections", f"项目编号重复：{'、'.join(twice)}")
    if not 0 < len(keys) <= MOST_ITEMS:
        raise Malformed("sections", f"项目应有 1 到 {MOST_ITEMS} 项")


def _section(data: Any, where: str) -> Section:
    record = _mapping(data, where)
    items = tuple(
        _item(each, f"{where}.items[{i}]")
        for i, each in enumerate(_list(record.get("items"), f"{where}.items"))
    )
    return Section(_text(record.get("title"), f"{where}.title"), items)


def _item(data: Any, where: str) -> Item:
    record = _mapping(data, where)
    low, high = _limits(record.get("limits"), f"{where}.limits")
    return Item(
        key=_matching(record.get("key"), f"{where}.key", KEY),
        text=_text(record.get("text"), f"{where}.text"),
        answer=_one_of(record.get("answer"), f"{where}.answer", ANSWERS),
        score=_whole(record.get("score", 0), f"{where}.score"),
        veto=bool(record.get("veto", False)),
        photo=_one_of(record.get("photo", "on_fail"), f"{where}.photo", PHOTOS),
        unit=str(record.get("unit") or ""),
        low=low,
        high=high,
        hazard=_hazard(record.get("hazard"), f"{where}.hazard"),
        system=_system(record.get("when"), f"{where}.when"),
    )


def _limits(data: Any, where: str) -> tuple[float | None, float | None]:
    if data is None:
        return None, None
    record = _mapping(data, where)
    low, high = (_number(record.get(name), f"{where}.{name}") for name in ("min", "max"))
    if low is not None and high is not None and low > high:
        raise Malformed(where, "下限大于上限")
    return low, high


def _hazard(data: Any, where: str) -> HazardKind | None:
    if data is None:
        return None
    record = _mapping(data, where)
    kind = _text(record.get("kind"), f"{where}.kind")
    return HazardKind(kind, _one_of(record.get("grade"), f"{where}.grade", GRADES))


def _system(data: Any, where: str) -> str:
    if data is None:
        return ""
    return _text(_mapping(data, where).get("system"), f"{where}.system")


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Malformed(where, "应是一个对象")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise Malformed(where, "应是非空的列表")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise Malformed(where, "应是 1 到 200 字的文字")
    return value.strip()


def _matching(value: Any, where: str, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Malformed(where, "应以小写字母开头，只含小写字母、数字和连接号")
    return value


def _one_of(value: Any, where: str, allowed: tuple[str, ...]) -> Any:
    if value not in allowed:
        raise Malformed(where, f"应是 {'、'.join(allowed)} 之一")
    return value


def _whole(value: Any, where: str, least: int = 0) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 10_000:
        raise Malformed(where, f"应是 {least} 到 10000 的整数")
    return value


def _number(value: Any, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e9:
        raise Malformed(where, "应是数")
    return float(value)
