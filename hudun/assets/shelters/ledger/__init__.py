"""The ledgers of shelters and of what they are made of."""

from .parts import EquipmentLedger, OpeningLedger, UnitLedger
from .shelter import ShelterLedger

__all__ = ["EquipmentLedger", "OpeningLedger", "ShelterLedger", "UnitLedger"]
