"""Shelters, and what they are made of."""

from .choices import (
    Category,
    Chemical,
    Condition,
    Conventional,
    Nuclear,
    OpeningKind,
    PeaceUse,
    Secrecy,
    ShelterKind,
    System,
    WarUse,
)
from .parts import Equipment, Opening, Part, ProtectiveUnit
from .shelter import Shelter, ShelterQuerySet

__all__ = [
    "Category",
    "Chemical",
    "Condition",
    "Conventional",
    "Equipment",
    "Nuclear",
    "Opening",
    "OpeningKind",
    "Part",
    "PeaceUse",
    "ProtectiveUnit",
    "Secrecy",
    "Shelter",
    "ShelterKind",
    "ShelterQuerySet",
    "System",
    "WarUse",
]
