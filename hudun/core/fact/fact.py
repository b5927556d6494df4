"""Named, typed queries. Reports and assessment ask for them by name and know no app.

@fact("doors.working_rate", label="完好率", unit="%")
def working_rate(organ: Organ, *, day: date) -> Value:
    doors = Door.objects.under(organ).registered_by(day)
    return Value.ratio_of(doors.working(), doors)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Self, TypeVar

from django.db.models import QuerySet

from hudun.core.organ import Organ

Number = int | float | Decimal


@dataclass(frozen=True)
class Value:
    """Exact; rounded only where it is shown."""

    number: Number | None
    """None: not known, which is not zero."""
    denominator: Number | None = None
    records: "QuerySet[Any] | None" = None
    """The records that the number counts."""
    outside: "QuerySet[Any] | None" = None
    """The records that the denominator counts and the number does not."""
    url: str = ""
    """The page that lists the records."""
    name: str = ""
    label: str = ""
    unit: str = ""

    @classmethod
    def count(cls, records: "QuerySet[Any]", url: str = "") -> Self:
        return cls(records.count(), records=records, url=url)

    @classmethod
    def ratio_of(cls, part: "QuerySet[Any]", whole: "QuerySet[Any]", url: str = "") -> Self:
        outside = whole.exclude(pk__in=part.order_by().values("pk"))
        return cls(part.count(), whole.count(), part, outside, url)

    @property
    def ratio(self) -> float | None:
        """None where there is nothing to divide by."""
        if self.number is None or not self.denominator:
            return None
        return float(self.number) / float(self.denominator)

    @property
    def shown(self) -> str:
        """For people: a ratio with its parts, a count with its unit."""
        if self.number is None or (self.denominator is not None and self.ratio is None):
            return "—"
        if self.ratio is not None:
            return f"{_percent(self.ratio)}（{self.number}/{self.denominator}）"
        return f"{self.number:,}{' ' if self.unit else ''}{self.unit}"


def _percent(ratio: float) -> str:
    """Never rounds up to a hundred what is not whole."""
    percent = round(100 * ratio, 1)
    return f"{99.9 if percent == 100 and ratio < 1 else percent:g} %"


@dataclass(frozen=True)
class Fact:
    name: str
    label: str
    unit: str
    query: Callable[..., Value]


Query = TypeVar("Query", bound=Callable[..., Value])

facts: dict[str, Fact] = {}


def fact(name: str, *, label: str, unit: str = "") -> Callable[[Query], Query]:
    def make(query: Query) -> Query:
        if name in facts:
            raise ValueError(f"two facts named {name}")
        facts[name] = Fact(name, label, unit, query)
        return query

    return make


def ask(name: str, organ: Organ, **params: Any) -> Value:
    """What the fact says about the organ and everything below it."""
    known = facts[name]
    value = known.query(organ, **params)
    return replace(value, name=name, label=known.label, unit=value.unit or known.unit)
