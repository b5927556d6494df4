"""Watches and the shift log."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from hudun.core.flow import State
from hudun.core.organ import OrganOwned, OwnedQuerySet, User

from .flow import WatchFlow


class WatchQuerySet(OwnedQuerySet["Watch"]):
    def open(self) -> Self:
        return self.filter(state__in=WatchFlow.open_states())

    def with_people(self) -> Self:
        return self.select_related("person", "handed_to", "organ")


class Watch(OrganOwned):
    """班次: one person's turn at the desk of an office."""

    flow = WatchFlow

    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="值班员")
    began_at = models.DateTimeField("接班时间")
    handed_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接班人"
    )
    handover = models.TextField("交班说明", blank=True)
    handed_at = models.DateTimeField("交班时间", null=True, blank=True)
    ended_at = models.DateTimeField("离班时间", null=True, blank=True)
    state = WatchFlow.field()

    objects: ClassVar[WatchQuerySet] = WatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "班次"
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "person"], condition=~Q(state="off"), name="one_watch_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}的班"

    @property
    def shown(self) -> State:
        return WatchFlow.shown(self)


class EntryKind(models.TextChoices):
    NOTE = "note", "记录"
    PHONE = "phone", "电话"
    INCIDENT = "incident", "异常"
    ORDER = "order", "命令"
    HANDOVER = "handover", "交接"


class LogEntryQuerySet(OwnedQuerySet["LogEntry"]):
    def newest(self, count: int) -> Self:
        return self.select_related("person").order_by("-at", "-id")[:count]

    def between(self, since: datetime, until: datetime) -> Self:
        return self.filter(at__gte=since, at__lt=until)


class LogEntry(OrganOwned):
    """One line of the shift log. It is never edited: a new line puts right what was wrong."""

    at = models.DateTimeField("时间")
    person = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )
    kind = models.CharField("类别", max_length=10, choices=EntryKind.choices)
    text = models.TextField("内容")
    url = models.CharField("相关页面", max_length=200, blank=True)

    objects: ClassVar[LogEntryQuerySet] = LogEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "值班记录"
        ordering = ["-at"]
        indexes = [models.Index(fields=["organ", "-at"], name="log_of_organ")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def author(self) -> str:
        return str(self.person) if self.person else "系统"
