"""The nouns of inspections."""

from .template import CheckTemplate, CheckTemplateQuerySet

__all__ = ["CheckTemplate", "CheckTemplateQuerySet"]
