"""Among which records a person may choose."""

from typing import Any

from django.db import models
from django.db.models import QuerySet

from hudun.core.organ import Organ, OrganQuerySet, User

from .ledger import Ledger


def organs_for(ledger: Ledger[Any], user: User) -> OrganQuerySet:
    visible = Organ.objects.visible_to(user).active().kind(*ledger.site_kinds)
    return visible.select_related("parent").order_by("path")


def related_for(field: "models.Field[Any, Any]", user: User) -> "QuerySet[Any]":
    manager: Any = field.related_model._default_manager  # type: ignore[union-attr]
    visible: QuerySet[Any] = manager.visible_to(user)
    return visible
