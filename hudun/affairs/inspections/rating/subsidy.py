"""The subsidy of a period in 分, by the rule maintenance_subsidies. Whole numbers all through."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any


def subsidy_fen(area_m2: float | None, outcome: str, rule: Mapping[str, Any]) -> int | None:
    """Each tier's price holds for the area within it; the share of the outcome is taken of the
    sum, but never less than the least amount where anything is paid at all. None: the area is not
    known, and something is due that cannot be reckoned."""
    share = rule["share"][outcome]
    if not share:
        return 0
    if area_m2 is None:
        return None
    base = sum((part * price for part, price in _tiers(area_m2, rule)), Fraction())
    due = max(Fraction(rule["least_fen"]), base * share / 100)
    step: int = rule["round_to_fen"]
    return int(due / step + Fraction(1, 2)) * step


def _tiers(area_m2: float, rule: Mapping[str, Any]) -> list[tuple[Fraction, int]]:
    left, below, found = Fraction(area_m2).limit_denominator(10_000), Fraction(), []
    for tier in rule["per_m2_fen"]:
        top = tier["up_to_m2"]
        part = left if top is None else min(left, Fraction(top) - below)
        found.append((part, tier["fen"]))
        left -= part
        below = Fraction(top or 0)
    return found
