"""New works and what has to be handed in for them."""

from .material import Material, MaterialQuerySet, Stage
from .work import Work, WorkQuerySet

__all__ = ["Material", "MaterialQuerySet", "Stage", "Work", "WorkQuerySet"]
