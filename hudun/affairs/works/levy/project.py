"""What an applicant says of a project."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices

ZERO = Decimal(0)


class Use(TextChoices):
    DWELLING = "dwelling", "住宅"
    OTHER = "other", "其他民用建筑"
    RENEWAL = "renewal", "危房翻新住宅"
    INDUSTRIAL = "industrial", "工业生产厂房及其配套设施"


@dataclass(frozen=True, slots=True)
class Building:
    name: str
    use: Use
    above_ground: Decimal
    """地面建筑面积, m²."""
    first_floor: Decimal = ZERO
    """地面首层建筑面积, m²."""
    floors: int = 1
    depth: Decimal = ZERO
    """基础埋深, m."""


@dataclass(frozen=True, slots=True)
class Project:
    buildings: tuple[Building, ...]
    city_class: str
    in_zone: bool = False
    """开发区、工业园区、保税区、重要经济目标区."""
    percent: Decimal | None = None
    """What the city has fixed where the rule leaves a range."""
    built: Decimal = ZERO
    """m² that are built all the same."""
    unsuited: bool = False
    """The office has agreed that ground or relief forbid building."""
    price_fen: int | None = None
    """分 a square metre, where the rule names none or a local one holds."""
    price_source: str = ""
    late_days: int = 0
