"""Every total is the sum of its parts, to the person: the one function that says so.

Rows are those of the book (`book.json`) or of the tables of a version; both have the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
REASONS = ("cut_off", "none_in_reach", "full")
REASON_WORDS = {"cut_off": "道路不通", "none_in_reach": "范围内没有工程", "full": "范围内工程已满"}


@dataclass(frozen=True, slots=True)
class Check:
    says: str
    total: int
    parts: int

    @property
    def level(self) -> bool:
        return self.total == self.parts


@dataclass(frozen=True, slots=True)
class Balance:
    checks: tuple[Check, ...]

    @property
    def level(self) -> bool:
        return all(check.level for check in self.checks)

    @property
    def word(self) -> str:
        return "平" if self.level else "不平"

    @property
    def off(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.level)


def balance(
    totals: Row, communities: Sequence[Row], shelters: Sequence[Row], pairs: Sequence[Row],
    gaps: Sequence[Row],
) -> Balance:  # fmt: skip
    people, covered, left = (int(totals[name]) for name in ("people", "covered", "left"))
    frail = int(totals["vulnerable"])
    return Balance(
        (
            Check("总人数 = 有位 + 无位", people, covered + left),
            Check("总人数 = 各社区人数之和", people, _sum(communities, "people")),
            Check("弱势人数 = 各社区之和", frail, _sum(communities, "vulnerable")),
            Check("有位 = 各社区有位之和", covered, _sum(communities, "covered")),
            Check("有位 = 各工程接收之和", covered, _sum(shelters, "people")),
            Check("有位 = 各社区到各工程之和", covered, _sum(pairs, "people")),
            Check("无位 = 各原因之和", left, sum(int(totals[name]) for name in REASONS)),
            Check("无位 = 各社区无位之和", left, sum(_sum(communities, name) for name in REASONS)),
            Check("无位 = 缺口各行之和", left, _sum(gaps, "people")),
            Check("位置 = 各工程容量之和", int(totals["places"]), _sum(shelters, "places")),
            Check("超出容量的人数 = 0", 0, _over(shelters)),
        )
    )  # fmt: skip


def _sum(rows: Iterable[Row], name: str) -> int:
    return sum(int(row[name]) for row in rows)


def _over(shelters: Iterable[Row]) -> int:
    return sum(max(0, int(row["people"]) - int(row["places"])) for row in shelters)
