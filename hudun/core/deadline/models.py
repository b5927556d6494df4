"""Something that has to be done by a moment, about one record."""

from typing import Self

from django.db import models
from django.db.models import Q

from hudun.core import clock
from hudun.core.organ import OrganOwned, OwnedQuerySet


class DeadlineQuerySet(OwnedQuerySet["Deadline"]):
    def open(self) -> Self:
        return self.filter(met_at=None, dropped_at=None)

    def overdue(self) -> Self:
        return self.open().filter(due_at__lt=clock.now())

    def of(self, record: models.Model) -> Self:
        return self.filter(object_type=record._meta.label, object_id=str(record.pk))


class Deadline(OrganOwned):
    topic = models.CharField("事项", max_length=80)
    label = models.CharField("内容", max_length=200)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    due_at = models.DateTimeField("期限")
    calendar = models.CharField("日历版本", max_length=80, blank=True)
    provisional = models.BooleanField("暂定", default=False)
    met_at = models.DateTimeField("完成时间", null=True, blank=True)
    dropped_at = models.DateTimeField("取消时间", null=True, blank=True)
    told_at = models.DateTimeField("逾期提醒时间", null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "topic"],
                condition=Q(met_at=None, dropped_at=None),
                name="one_open_deadline_per_topic",
            )
        ]

    def __str__(self) -> str:
        return self.label
