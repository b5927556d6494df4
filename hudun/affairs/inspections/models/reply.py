"""整改回复: what the unit says it has done, with pictures; it is looked at before it counts."""

from django.db import models

from hudun.core.organ import User

from .hazard import Hazard
from .notice import Notice
from .plated import OnPlate, OnPlateQuerySet


class Reply(OnPlate):
    """Pictures are attachments about it. `person` is None where it came by the link."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="replies", verbose_name="隐患")
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, related_name="replies", verbose_name="整改通知"
    )
    text = models.TextField("整改情况")
    person = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="回复人"
    )
    answered_at = models.DateTimeField("回复时间")

    objects = OnPlateQuerySet["Reply"].as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改回复"
        ordering = ["answered_at", "id"]

    def __str__(self) -> str:
        return f"{self.hazard} 回复"

    @property
    def by(self) -> str:
        return str(self.person) if self.person else "短链接"
