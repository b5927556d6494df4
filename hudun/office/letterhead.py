"""In whose name papers go out, under which 代字, and to whom the office reports."""

from dataclasses import dataclass

from hudun.core.organ import Organ
from hudun.office.models import Office

TRADE = "人民防空办公室"


@dataclass(frozen=True)
class Letterhead:
    name: str
    prefix: str
    """发文机关代字."""
    superior: str
    """To whom the office reports."""


def letterhead(organ: Organ) -> Letterhead:
    seat = organ.seat()
    office = Office.objects.filter(organ=seat).first()
    name = office.name if office else f"{seat.parent or ''}{seat}{TRADE}"
    prefix = office.paper_prefix or office.short_name if office else f"{seat}人防"
    return Letterhead(name, prefix, _superior(seat))


def _superior(seat: Organ) -> str:
    if seat.parent is None:
        return ""
    above = Office.objects.filter(organ=seat.parent).first()
    return above.name if above else f"{seat.parent}{TRADE}"
