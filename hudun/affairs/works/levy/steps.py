"""A line of the computation as the applicant reads it, and how numbers are written in it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Step:
    what: str
    how: str
    """The sum, with its numbers."""
    result: str
    clause: str


def to_cent(area: Decimal) -> Decimal:
    return area.quantize(CENT, ROUND_HALF_UP)


def whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def m2(area: Decimal) -> str:
    return f"{to_cent(area):,} m²"


def yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:,.2f} 元"


def percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"
