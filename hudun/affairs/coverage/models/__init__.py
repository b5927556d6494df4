"""What is kept about coverage: proposed sites of sirens."""

from .site import Site, SiteQuerySet, Stand

__all__ = ["Site", "SiteQuerySet", "Stand"]
