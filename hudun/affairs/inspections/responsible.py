"""Which unit answers for a plated thing."""

from dataclasses import dataclass

from hudun.core.organ import Organ
from hudun.core.plate import Contact, Plate

SEQUENCE = ("maintainer", "user", "owner")
"""维护单位 first: it has the hands."""


@dataclass(frozen=True)
class Responsible:
    unit: str
    organ: Organ | None


def responsible_for(plate: Plate) -> Responsible:
    """Where no unit is on the register it is the street or community in which the thing lies."""
    for contact in _in_sequence(plate):
        return Responsible(contact.unit, contact.organ)
    return Responsible(plate.organ.name, plate.organ)


def emails_of(plate: Plate, unit: str) -> list[str]:
    return [contact.email for contact in _in_sequence(plate) if contact.unit == unit]


def _in_sequence(plate: Plate) -> list[Contact]:
    known = [contact for contact in plate.asset.plate_contacts() if contact.unit]
    return sorted(known, key=lambda contact: SEQUENCE.index(contact.role))
