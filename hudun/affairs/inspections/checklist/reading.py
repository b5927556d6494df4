"""A template from JSON, with every slip named by its place in the text."""

import re
from typing import Any

from .nouns import HazardKind, Item, Section, Template
from .values import Malformed, filled, mapping, matching, number, one_of, text, whole

ANSWERS = ("pass", "number", "text")
PHOTOS = ("never", "on_fail", "always")
GRADES = ("一般", "较大", "重大")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
MOST_ITEMS = 300
WRITTEN_SMALL = "应以小写字母开头，只含小写字母、数字和连接号"


def read_template(data: Any) -> Template:
    """Raises Malformed."""
    record = mapping(data, "表")
    sections = tuple(
        _section(each, f"sections[{i}]")
        for i, each in enumerate(filled(record.get("sections"), "sections", MOST_ITEMS))
    )
    template = Template(
        slug=matching(record.get("slug"), "slug", SLUG, WRITTEN_SMALL),
        version=whole(record.get("version"), "version", least=1),
        title=text(record.get("title"), "title"),
        kinds=tuple(
            text(kind, "kinds") for kind in filled(record.get("kinds"), "kinds", MOST_ITEMS)
        ),
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
    record = mapping(data, where)
    items = tuple(
        _item(each, f"{where}.items[{i}]")
        for i, each in enumerate(filled(record.get("items"), f"{where}.items", MOST_ITEMS))
    )
    return Section(text(record.get("title"), f"{where}.title"), items)


def _item(data: Any, where: str) -> Item:
    record = mapping(data, where)
    low, high = _limits(record.get("limits"), f"{where}.limits")
    return Item(
        key=matching(record.get("key"), f"{where}.key", KEY, WRITTEN_SMALL),
        text=text(record.get("text"), f"{where}.text"),
        answer=one_of(record.get("answer"), f"{where}.answer", ANSWERS),
        score=whole(record.get("score", 0), f"{where}.score"),
        veto=bool(record.get("veto", False)),
        photo=one_of(record.get("photo", "on_fail"), f"{where}.photo", PHOTOS),
        unit=str(record.get("unit") or ""),
        low=low,
        high=high,
        hazard=_hazard(record.get("hazard"), f"{where}.hazard"),
        system=_system(record.get("when"), f"{where}.when"),
    )


def _limits(data: Any, where: str) -> tuple[float | None, float | None]:
    if data is None:
        return None, None
    record = mapping(data, where)
    low, high = (number(record.get(name), f"{where}.{name}") for name in ("min", "max"))
    if low is not None and high is not None and low > high:
        raise Malformed(where, "下限大于上限")
    return low, high


def _hazard(data: Any, where: str) -> HazardKind | None:
    if data is None:
        return None
    record = mapping(data, where)
    kind = text(record.get("kind"), f"{where}.kind")
    return HazardKind(kind, one_of(record.get("grade"), f"{where}.grade", GRADES))


def _system(data: Any, where: str) -> str:
    if data is None:
        return ""
    return text(mapping(data, where).get("system"), f"{where}.system")
