"""A template and what is answered to it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

Result = Literal["pass", "fail", "na"]
Kind = Literal["pass", "number", "text"]

RESULT_WORDS: dict[str | None, str] = {"pass": "合格", "fail": "不合格", "na": "不适用"}
UNANSWERED = "未检查"


@dataclass(frozen=True)
class HazardKind:
    kind: str
    grade: str


@dataclass(frozen=True)
class Item:
    key: str
    text: str
    answer: Kind
    score: int
    veto: bool = False
    photo: str = "on_fail"
    unit: str = ""
    low: float | None = None
    high: float | None = None
    hazard: HazardKind | None = None
    system: str = ""
    """The item is asked only where the asset has this system; empty: everywhere."""

    def applies(self, systems: Collection[str]) -> bool:
        return not self.system or self.system in systems

    def within(self, value: float) -> bool:
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)

    @property
    def limits_text(self) -> str:
        low = f"≥ {self.low:g}" if self.low is not None else ""
        high = f"≤ {self.high:g}" if self.high is not None else ""
        span = "，".join(part for part in (low, high) if part)
        return f"{span} {self.unit}".strip() if span else self.unit


@dataclass(frozen=True)
class Section:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Template:
    slug: str
    version: int
    title: str
    kinds: tuple[str, ...]
    sections: tuple[Section, ...]
    sample: bool = False
    """Scores and limits are examples, not set by anybody with authority."""

    def __iter__(self) -> Iterator[Item]:
        return (item for section in self.sections for item in section.items)

    def item(self, key: str) -> Item | None:
        return next((item for item in self if item.key == key), None)


@dataclass(frozen=True)
class Answer:
    """`result` None: the item was not looked at. `value` belongs to items with a number."""

    result: Result | None
    value: float | None = None
    text: str = ""
