"""Which process lives, and which recurring work was last done when."""

from datetime import timedelta
from typing import Self

from django.db import models

from hudun.core import clock
from hudun.core.identity import new_id

SILENCE = timedelta(seconds=15)


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def alive(self) -> Self:
        return self.filter(at__gt=clock.wall() - SILENCE)


class Heartbeat(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("进程", max_length=60)
    pid = models.PositiveIntegerField("进程号")
    host = models.CharField("主机", max_length=100)
    since = models.DateTimeField("启动时间")
    at = models.DateTimeField("最近心跳")

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "进程"
        ordering = ["name", "-at"]

    def __str__(self) -> str:
        return f"{self.name}（{self.pid}）"

    @property
    def alive(self) -> bool:
        return self.at > clock.wall() - SILENCE


class Tick(models.Model):
    """Claimed by conditional update, so that two workers never do the same work twice."""

    name = models.CharField(primary_key=True, max_length=120)
    last = models.DateTimeField()

    objects: models.Manager["Tick"] = models.Manager()

    def __str__(self) -> str:
        return self.name
