"""The nouns of inspections."""

from .campaign import Campaign, CampaignKind, CampaignTask, CampaignTeam
from .plated import OnPlate, OnPlateQuerySet
from .template import CheckTemplate
from .visit import PhotoPromise, Visit, VisitAnswer

__all__ = [
    "Campaign",
    "CampaignKind",
    "CampaignTask",
    "CampaignTeam",
    "CheckTemplate",
    "OnPlate",
    "OnPlateQuerySet",
    "PhotoPromise",
    "Visit",
    "VisitAnswer",
]
