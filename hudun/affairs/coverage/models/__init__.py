"""What is kept about coverage: calculations, silent sirens, proposed sites of sirens."""

from .site import Site, SiteQuerySet, Stand
from .survey import Silence, SilenceQuerySet, Survey, SurveyQuerySet

__all__ = [
    "Silence",
    "SilenceQuerySet",
    "Site",
    "SiteQuerySet",
    "Stand",
    "Survey",
    "SurveyQuerySet",
]
