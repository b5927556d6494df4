"""The nouns of inspections."""

from .campaign import Campaign, CampaignKind, CampaignTask, CampaignTeam
from .hazard import Escalation, Grade, Hazard, HazardLimit, HazardQuerySet, Sighting
from .notice import Delivery, Notice
from .performance import Conclusion, PerformanceDefect, PerformanceTest
from .plated import OnPlate, OnPlateQuerySet
from .rating import OutcomeKind, Rating
from .reply import Reply
from .template import CheckTemplate
from .upkeep import UpkeepPlan, UpkeepTask
from .visit import PhotoPromise, Visit, VisitAnswer

__all__ = [
    "Campaign",
    "CampaignKind",
    "CampaignTask",
    "CampaignTeam",
    "CheckTemplate",
    "Conclusion",
    "Delivery",
    "Escalation",
    "Grade",
    "Hazard",
    "HazardLimit",
    "HazardQuerySet",
    "Notice",
    "OnPlate",
    "OnPlateQuerySet",
    "OutcomeKind",
    "PerformanceDefect",
    "PerformanceTest",
    "PhotoPromise",
    "Rating",
    "Reply",
    "Sighting",
    "UpkeepPlan",
    "UpkeepTask",
    "Visit",
    "VisitAnswer",
]
