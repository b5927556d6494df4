"""Points in tenths of a hundred, and the outcome that follows, by the rule maintenance_scores.

checks  = weight × mean of the visits' scores
upkeep  = weight × tasks done ÷ tasks owed
hazards = weight − deductions, not below nought

A part for which there is nothing to reckon by (no task was owed) leaves, and the others are scaled
to a hundred. Without a single visit nothing is rated: an asset that nobody saw earns nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Outcome(StrEnum):
    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    MEND = "mend"
    DAMAGE = "damage"


@dataclass(frozen=True)
class Parts:
    """What the period's records say. ``scores``: tenths of a percent of each visit; ``found`` and
    ``late``: hazards by grade, found in the period, and not mended in time."""

    scores: tuple[int, ...] = ()
    vetoed: bool = False
    tasks_owed: int = 0
    tasks_done: int = 0
    found: Mapping[str, int] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    open_kinds: tuple[str, ...] = ()
    test_valid: bool = False


@dataclass(frozen=True)
class Rated:
    tenths: int
    outcome: Outcome
    parts: tuple[tuple[str, int, int], ...]
    """Name, points and weight in tenths."""
    reasons: tuple[str, ...]


def rate(parts: Parts, rule: Mapping[str, Any]) -> Rated | None:
    """None: no visit, nothing to rate."""
    if not parts.scores:
        return None
    weights: Mapping[str, int] = rule["weights"]
    shares = _shares(parts, rule)
    whole = sum(weights[name] for name in shares)
    earned = sum((weights[name] * share for name, share in shares.items()), Fraction())
    tenths = _half_up(1000 * earned / whole)
    outcome, reasons = _outcome(parts, rule, tenths)
    shown = tuple(
        (name, _half_up(10 * weights[name] * share), 10 * weights[name])
        for name, share in shares.items()
    )
    return Rated(tenths, outcome, shown, tuple(reasons))


def _shares(parts: Parts, rule: Mapping[str, Any]) -> dict[str, Fraction]:
    shares = {"checks": Fraction(sum(parts.scores), 1000 * len(parts.scores))}
    if parts.tasks_owed:
        shares["upkeep"] = Fraction(parts.tasks_done, parts.tasks_owed)
    lost = sum(
        rule["deductions"][name][grade] * count
        for name, counts in (("found", parts.found), ("late", parts.late))
        for grade, count in counts.items()
    )
    weight = rule["weights"]["hazards"]
    shares["hazards"] = Fraction(max(0, weight - lost), weight)
    return shares


def _outcome(parts: Parts, rule: Mapping[str, Any], tenths: int) -> tuple[Outcome, list[str]]:
    if damaged := [kind for kind in parts.open_kinds if kind in rule["damage_kinds"]]:
        return Outcome.DAMAGE, [f"未消除的毁损：{'、'.join(sorted(set(damaged)))}"]
    if wrong := _to_mend(parts, rule, tenths):
        return Outcome.MEND, wrong
    if short := _short_of_excellent(parts, rule, tenths):
        return Outcome.QUALIFIED, short
    return Outcome.EXCELLENT, [f"得分达到 {rule['excellent_least']}"]


def _to_mend(parts: Parts, rule: Mapping[str, Any], tenths: int) -> list[str]:
    said = {
        f"得分低于 {rule['qualified_least']}": tenths < 10 * rule["qualified_least"],
        "检查中有一票否决项": parts.vetoed,
        "有重大隐患逾期未整改": bool(parts.late.get("重大")),
        "没有有效的性能检测": rule["qualified_needs_test"] and not parts.test_valid,
    }
    return [words for words, holds in said.items() if holds]


def _short_of_excellent(parts: Parts, rule: Mapping[str, Any], tenths: int) -> list[str]:
    said = {
        f"得分低于 {rule['excellent_least']}": tenths < 10 * rule["excellent_least"],
        "有隐患逾期": any(parts.late.values()),
        "没有有效的性能检测": rule["excellent_needs_test"] and not parts.test_valid,
    }
    return [words for words, holds in said.items() if holds]


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
