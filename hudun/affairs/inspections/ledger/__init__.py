"""The ledgers of inspections."""

from .campaigns import CampaignLedger, CampaignTaskLedger
from .hazards import HazardLedger, NoticeLedger
from .visits import VisitLedger

__all__ = ["CampaignLedger", "CampaignTaskLedger", "HazardLedger", "NoticeLedger", "VisitLedger"]
