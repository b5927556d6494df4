"""The ledgers of inspections."""

from .campaigns import CampaignLedger, CampaignTaskLedger
from .visits import VisitLedger

__all__ = ["CampaignLedger", "CampaignTaskLedger", "VisitLedger"]
