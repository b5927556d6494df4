"""Values out of JSON that somebody else wrote: each checked, a slip named by its place."""

import re
from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Any
from uuid import UUID


class Malformed(ValueError):
    """`where` is the path of the value, `why` what is wrong with it."""

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where}：{why}")


def mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Malformed(where, "应是一个对象")
    return value


def listed(value: Any, where: str, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise Malformed(where, f"应是不超过 {most} 项的列表")
    return value


def filled(value: Any, where: str, most: int) -> list[Any]:
    if not listed(value, where, most):
        raise Malformed(where, "不能是空的列表")
    return listed(value, where, most)


def text(value: Any, where: str, most: int = 200) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise Malformed(where, f"应是 1 到 {most} 字的文字")
    return value.strip()


def note(value: Any, where: str, most: int = 2000) -> str:
    """Words that may be missing."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        raise Malformed(where, f"应是不超过 {most} 字的文字")
    return value.strip()


def matching(value: Any, where: str, pattern: re.Pattern[str], why: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Malformed(where, why)
    return value


def one_of(value: Any, where: str, allowed: tuple[Any, ...]) -> Any:
    if value not in allowed:
        raise Malformed(where, f"应是 {'、'.join(map(str, allowed))} 之一")
    return value


def flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise Malformed(where, "应是 true 或 false")
    return value


def whole(value: Any, where: str, least: int = 0, most: int = 10_000) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Malformed(where, f"应是 {least} 到 {most} 的整数")
    return value


def number(value: Any, where: str, bound: float = 1e9) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise Malformed(where, "应是数")
    if abs(value) > bound:
        raise Malformed(where, f"绝对值不能大于 {bound:g}")
    return float(value)


def identifier(value: Any, where: str) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise Malformed(where, "应是 UUID") from error


def maybe_identifier(value: Any, where: str) -> UUID | None:
    return None if value is None else identifier(value, where)


def moment(value: Any, where: str) -> datetime:
    """With its offset: a time that may be anywhere is no time."""
    try:
        found = datetime.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise Malformed(where, "应是 ISO 8601 时间") from error
    if found.tzinfo is None or not 2000 <= found.year <= 2200:
        raise Malformed(where, "应是带时区、2000 年以后的时间")
    return found


def maybe_moment(value: Any, where: str) -> datetime | None:
    return None if value is None else moment(value, where)
