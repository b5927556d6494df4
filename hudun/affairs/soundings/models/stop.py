"""A press on stop, and the frames that carry it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from hudun.core.organ import OrganOwned, OwnedQuerySet, User

from .issuer import Issuer

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class StopQuerySet(OwnedQuerySet["StopOrder"]):
    def by_issuer(self, issuer: Issuer) -> Self:
        return self.filter(issuer=issuer)

    def answered(self) -> Self:
        return self.exclude(last_silent_at=None)


class StopOrder(OrganOwned):
    """One press. ``silent`` of the sirens ``numbers`` have said that they are."""

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="stops")
    target_text = models.CharField("范围", max_length=200)
    numbers: "models.JSONField[Any, list[int]]" = models.JSONField("警报器")
    pressed_at = models.DateTimeField("按下时间")
    pressed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField("重发至")
    published_at = models.DateTimeField("发出时间", null=True)
    silent = models.PositiveIntegerField("已停声", default=0)
    last_silent_at = models.DateTimeField("最后一台停声", null=True)

    objects: ClassVar[StopQuerySet] = StopQuerySet.as_manager()  # type: ignore[assignment]
    frames: "RelatedManager[StopFrame]"

    class Meta:
        verbose_name = verbose_name_plural = "停止令"
        ordering = ["-pressed_at"]

    def __str__(self) -> str:
        return f"停止 {self.target_text}"

    @property
    def seconds(self) -> float | None:
        """From the press to the last siren that reported silence."""
        if self.last_silent_at is None:
            return None
        return max(0.0, (self.last_silent_at - self.pressed_at).total_seconds())

    @property
    def complete(self) -> bool:
        return self.silent >= len(self.numbers)


class StopFrameQuerySet(models.QuerySet["StopFrame"]):
    def unpublished(self, issuer: Issuer) -> Self:
        return self.filter(issuer=issuer, published_at=None).order_by("upto")

    def repeated(self, issuer: Issuer, now: datetime) -> Self:
        """Those that dispatch may still have to send again."""
        fresh = Q(stop__expires_at__gt=now, ended_at=None)
        return self.filter(fresh, issuer=issuer).order_by("upto")


class StopFrame(models.Model):
    """Ends every order up to ``upto``, a number taken from the orders' own sequence, so that no
    later order falls under it. A press on more than eight named sirens takes several frames."""

    stop = models.ForeignKey(StopOrder, models.PROTECT, related_name="frames")
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="+")
    upto = models.PositiveBigIntegerField("停止至序号")
    frame = models.BinaryField()
    numbers: "models.JSONField[Any, list[int]]" = models.JSONField("警报器")
    published_at = models.DateTimeField("发出时间", null=True)
    ended_at = models.DateTimeField("停发时间", null=True)

    objects: ClassVar[StopFrameQuerySet] = StopFrameQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "停止帧"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "upto"], name="one_stop_per_number"),
        ]
        indexes = [
            models.Index(
                fields=["issuer"], condition=Q(published_at=None), name="stop_not_published"
            ),
        ]

    def __str__(self) -> str:
        return f"停止至 {self.upto}"
