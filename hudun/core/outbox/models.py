"""An event is written in the transaction of its action; every try to answer it is a row."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from hudun.core import clock
from hudun.core.identity import new_id
from hudun.core.organ import Organ
from hudun.core.remembered import Remembered


class EventQuerySet(models.QuerySet["Event"]):
    def due(self) -> Self:
        """Open, not claimed by a living worker, and past its waiting time."""
        return self.filter(done_at=None, dead_at=None, not_before__lte=clock.now()).order_by(
            "made_at", "id"
        )

    def dead(self) -> Self:
        return self.filter(dead_at__isnull=False).order_by("-dead_at")


class Event(Remembered):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("事件", max_length=80)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    payload: "models.JSONField[Any, dict[str, Any]]" = models.JSONField(default=dict)
    made_at = models.DateTimeField("发生时间")
    not_before = models.DateTimeField("下次处理")
    done_at = models.DateTimeField("办结时间", null=True)
    dead_at = models.DateTimeField("放弃时间", null=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事件"
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(done_at=None, dead_at=None),
                name="event_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Attempt(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="attempts")
    answer = models.CharField("处理", max_length=200)
    at = models.DateTimeField("时间")
    done = models.BooleanField("成功")
    fault = models.TextField("原因", blank=True)

    objects: models.Manager["Attempt"] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "处理记录"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "answer"],
                condition=Q(done=True),
                name="event_answered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer} {'成功' if self.done else '失败'}"
