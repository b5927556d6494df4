"""What a person may find by its number: outside one's subtree nothing exists."""

from uuid import UUID

from hudun.affairs.inspections.models import Visit
from hudun.core.error import Problem
from hudun.core.organ import User
from hudun.core.plate import Plate


def find_plate(user: User, code: str) -> Plate:
    """Also one that was taken back since: a phone may deliver late."""
    plates = Plate.objects.select_related("organ")
    found = plates.filter(user.sight("organ__path")).by_code(code).first()
    if found is None:
        raise Problem("404.100", fields={"plate": "没有这块标牌"})
    return found


def find_visit(user: User, pk: UUID) -> Visit:
    found = Visit.objects.select_related("organ", "plate").visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Problem("404.101")
    return found
