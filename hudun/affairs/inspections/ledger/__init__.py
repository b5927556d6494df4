"""The ledgers of inspections."""

from .campaigns import CampaignLedger, CampaignTaskLedger
from .hazards import HazardLedger, NoticeLedger
from .performance import PerformanceLedger
from .ratings import RatingLedger
from .upkeep import UpkeepLedger
from .visits import VisitLedger

__all__ = [
    "CampaignLedger",
    "CampaignTaskLedger",
    "HazardLedger",
    "NoticeLedger",
    "PerformanceLedger",
    "RatingLedger",
    "UpkeepLedger",
    "VisitLedger",
]
