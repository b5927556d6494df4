"""Files and papers that belong to a record: whoever sees the record sees them."""

from typing import TYPE_CHECKING, TypeVar

from django.apps import apps
from django.db import models

from .owned import OwnedQuerySet

if TYPE_CHECKING:
    from .user import User


M = TypeVar("M", bound=models.Model)


def seen_or_about_seen(kept: "OwnedQuerySet[M]", user: "User", pk: object) -> M | None:
    """By its organ, or by the record it is about. A notice is issued by the district; the street
    and the company that it is about may read it too."""
    if (own := kept.visible_to(user).filter(pk=pk).first()) is not None:
        return own
    found = kept.filter(pk=pk).first()
    subject = (getattr(found, "about_type", ""), getattr(found, "about_id", ""))
    return found if _sees(user, *subject) else None


def _sees(user: "User", label: str, key: str) -> bool:
    if not label:
        return False
    visible_to = getattr(apps.get_model(label)._default_manager, "visible_to", None)
    return visible_to is not None and bool(visible_to(user).filter(pk=key).exists())
