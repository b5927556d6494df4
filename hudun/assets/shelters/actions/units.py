"""A unit that is named in the register and is known to the office sees its shelters.

Within one office a name names one unit, so that the name alone is enough.
"""

from hudun.assets.shelters.models import Shelter
from hudun.assets.shelters.models.shelter import CONTACTS
from hudun.core.action import Act, action
from hudun.core.plate import follow
from hudun.office.models import Unit

NAMES = tuple(f"{role}_name" for role in CONTACTS)
NODES = tuple(f"{role}_organ" for role in CONTACTS)


def recognise(shelter: Shelter) -> None:
    """Sets the nodes of the named units; of those that are not known, none."""
    names = {getattr(shelter, name) for name in NAMES} - {""}
    known = Unit.objects.active().under(shelter.office).filter(name__in=names) if names else ()
    nodes = {unit.name: unit.node for unit in known}
    for name, node in zip(NAMES, NODES, strict=True):
        setattr(shelter, node, nodes.get(getattr(shelter, name)))


@action("shelters.link_unit", label="关联责任单位")
def link_unit(act: Act, shelter: Shelter) -> Shelter:
    """When a unit was registered, renamed or closed after the shelter was."""
    recognise(shelter)
    shelter.save(update_fields=list(NODES))
    follow(act, shelter)
    return shelter
