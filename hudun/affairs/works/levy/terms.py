"""The rule's data (hudun/rules/levy.json) as types."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from hudun.core.rule import Rule

from .project import Building, Project, Use

Basis = Literal["above_ground", "first_floor"]
When = Literal["unsuited", "below_first_floor", "below_m2"]
WHOLE = (Decimal(100),)


@dataclass(frozen=True, slots=True)
class Measure:
    """How much is due for the buildings that it fits; the first that fits a building takes it."""

    label: str
    uses: frozenset[Use]
    basis: Basis
    clause: str
    percent: dict[str, tuple[Decimal, ...]]
    """City class → one percentage, or the ends of a range; empty: the whole of the basis."""
    classes: frozenset[str]
    """City classes in which it holds; all if empty."""
    floors: int | None
    depth: Decimal | None
    in_zone: bool
    from_m2: Decimal | None
    """Below this total nothing is due."""

    def fits(self, building: Building, project: Project) -> bool:
        return (
            building.use in self.uses
            and (not self.classes or project.city_class in self.classes)
            and (not self.in_zone or project.in_zone)
            and self._high_or_deep(building)
        )

    def _high_or_deep(self, building: Building) -> bool:
        if self.floors is None or self.depth is None:
            return True
        return building.floors >= self.floors or building.depth >= self.depth

    def percents(self, city_class: str) -> tuple[Decimal, ...]:
        return self.percent[city_class] if self.percent else WHOLE


@dataclass(frozen=True, slots=True)
class Instead:
    """A ground on which the fee may be paid instead of building."""

    when: When
    clause: str
    m2: Decimal | None


@dataclass(frozen=True, slots=True)
class Terms:
    place: str
    classes: tuple[str, ...]
    measures: tuple[Measure, ...]
    instead: tuple[Instead, ...]
    least: tuple[Decimal, str] | None
    """The smallest area that is asked for, and its clause."""
    price: tuple[int, str] | None
    """分 a square metre, and the clause."""
    late: tuple[Decimal, str] | None
    """Percent a day, and the clause."""
    unchecked: tuple[str, ...]
    """What could not be read in the original: 待核."""


def terms_of(rule: Rule) -> Terms:
    value: dict[str, Any] = rule.value
    least, price, late = (value.get(name) for name in ("least", "price", "late"))
    return Terms(
        place=value["place"],
        classes=tuple(value["classes"]),
        measures=tuple(map(_measure, value["measures"])),
        instead=tuple(map(_instead, value["instead"])),
        least=(Decimal(least["m2"]), least["clause"]) if least else None,
        price=(int(price["fen"]), price["clause"]) if price else None,
        late=(Decimal(late["percent_a_day"]), late["clause"]) if late else None,
        unchecked=tuple(value.get("unchecked", ())),
    )


def _measure(value: dict[str, Any]) -> Measure:
    return Measure(
        label=value["label"],
        uses=frozenset(map(Use, value["uses"])),
        basis=value["basis"],
        clause=value["clause"],
        percent={name: tuple(map(Decimal, p)) for name, p in value.get("percent", {}).items()},
        classes=frozenset(value.get("classes", ())),
        floors=value.get("floors"),
        depth=_decimal(value.get("depth_m")),
        in_zone=value.get("in_zone", False),
        from_m2=_decimal(value.get("from_m2")),
    )


def _instead(value: dict[str, Any]) -> Instead:
    return Instead(value["when"], value["clause"], _decimal(value.get("m2")))


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
