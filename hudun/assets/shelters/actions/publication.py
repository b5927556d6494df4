"""Publication is a decision on each record, with its reason; the default is not public."""

from hudun.assets.shelters.flow import HEADS, ON_REGISTER
from hudun.assets.shelters.models import Secrecy, Shelter
from hudun.core.action import Act, action
from hudun.core.error import Problem


@action("shelters.publish", label="决定公开", roles=HEADS, needs_reason=True)
def publish(_act: Act, shelter: Shelter) -> Shelter:
    """Only name, address, peacetime use and capacity are ever public (`plate_public`)."""
    if why := _objection(shelter):
        raise Problem("409.35", name=shelter.name, reason=why)
    shelter.public = True
    shelter.save(update_fields=["public"])
    return shelter


@action("shelters.unpublish", label="撤回公开", roles=HEADS, needs_reason=True)
def withdraw_publication(_act: Act, shelter: Shelter) -> Shelter:
    shelter.public = False
    shelter.save(update_fields=["public"])
    return shelter


def _objection(shelter: Shelter) -> str:
    if shelter.secrecy != Secrecy.NONE:
        return f"密级是“{shelter.get_secrecy_display()}”"
    if shelter.state not in ON_REGISTER:
        return "已经不在册"
    return ""
