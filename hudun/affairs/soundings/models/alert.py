"""Something the duty officer must know now."""

from typing import ClassVar, Self

from django.db import models

from hudun.affairs.soundings.flow import AlertFlow
from hudun.assets.sirens.models import Siren
from hudun.core.organ import OrganOwned, OwnedQuerySet, User


class AlertKind(models.TextChoices):
    UNSOLICITED = "unsolicited", "无令自鸣"
    LOST = "lost", "失联"
    FAULT = "fault", "故障"


class AlertQuerySet(OwnedQuerySet["Alert"]):
    def open(self) -> Self:
        return self.filter(state="open")

    def going_on(self) -> Self:
        return self.filter(ended_at=None)


class Alert(OrganOwned):
    """Opened and ended by dispatch; acknowledged by a person. One going on per siren and kind."""

    flow = AlertFlow

    kind = models.CharField("类别", max_length=12, choices=AlertKind.choices)
    siren = models.ForeignKey(Siren, models.PROTECT, related_name="+", verbose_name="警报器")
    number = models.PositiveIntegerField("编号")
    began_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    text = models.CharField("说明", max_length=200, blank=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField("知悉时间", null=True, blank=True)
    state = AlertFlow.field()

    objects: ClassVar[AlertQuerySet] = AlertQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "告警"
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["siren", "kind"],
                condition=models.Q(ended_at=None),
                name="one_alert_going_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
