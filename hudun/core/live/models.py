"""A change that an open page should show: one growing number for everything."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from hudun.core import clock
from hudun.core.organ import Organ

if TYPE_CHECKING:
    from hudun.core.organ import User


class ChangeQuerySet(models.QuerySet["Change"]):
    def after(self, seq: int) -> Self:
        return self.filter(seq__gt=seq).order_by("seq")

    def visible_to(self, user: "User") -> Self:
        return self.filter(user.sight("organ__path"))

    def about(self, topics: Collection[str]) -> Self:
        return self.filter(topic__in=topics) if topics else self

    def before(self, moment: datetime) -> Self:
        return self.filter(at__lt=moment)


class ChangeManager(models.Manager["Change"]):
    def newest(self) -> int:
        """The number to ask after, for a page that was drawn just now."""
        return self.order_by("-seq").values_list("seq", flat=True).first() or 0

    def announce(self, topic: str, organ: Organ, payload: object) -> "Change":
        """Tells open pages; in the caller's transaction, so that it stands or falls with it."""
        return self.create(topic=topic, organ=organ, payload=payload, at=clock.wall())


class Change(models.Model):
    seq = models.BigAutoField(primary_key=True)
    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=40)
    payload = models.JSONField()
    at = models.DateTimeField(db_index=True)
    """Of the wall clock: a change is kept for a day and then pruned."""

    objects = ChangeManager.from_queryset(ChangeQuerySet)()

    class Meta:
        verbose_name = verbose_name_plural = "变更通知"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.topic}"
