"""An order with its two signed halves, whom it addresses, and the stop that may end it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from hudun.affairs.soundings.flow import OrderFlow
from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.core.organ import OrganOwned, OwnedQuerySet, User
from hudun.wire.frames import Mode, SirenList
from hudun.wire.frames import Order as OrderFrame

from .issuer import Issuer
from .plan import MODES, Plan

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

ARM_WINDOW = timedelta(seconds=120)
TRIAL_NOTICE = timedelta(hours=24)
SHORTLY = timedelta(minutes=10)


class OrderQuerySet(OwnedQuerySet["Order"]):
    def open(self) -> Self:
        return self.filter(state__in=OrderFlow.open_states())

    def by_issuer(self, issuer: Issuer) -> Self:
        return self.filter(issuer=issuer)

    def in_the_air(self) -> Self:
        """Released, and not every verdict is in yet."""
        return self.filter(state__in=["released", "running", "stopped"], closed_at=None).exclude(
            release_frame=b""
        )

    def sent(self) -> Self:
        """Orders that terminals may hold, finished or not."""
        return self.exclude(release_frame=b"")

    def pressing(self, now: datetime) -> Self:
        """Being signed for at once, or in the air from shortly before the start on. A sounding
        planned for another day presses nobody."""
        soon = models.Q(starts_at=None) | models.Q(starts_at__lte=now + SHORTLY)
        signing = models.Q(state__in=["drafted", "signed"], immediate=True, expires_at__gt=now)
        return self.filter(models.Q(pk__in=self.in_the_air().filter(soon)) | signing)

    def awaiting_signature(self) -> Self:
        return self.filter(state="drafted")

    def awaiting_release(self) -> Self:
        return self.filter(state="signed")


class Order(OrganOwned):
    """``payload`` is what the first person signs, ``frame`` what they signed. ``steps`` is the
    programme as (signal number, name, seconds after the start)."""

    flow = OrderFlow

    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="orders")
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name="计划"
    )
    part = models.PositiveSmallIntegerField("第几份", default=1)
    counter = models.PositiveBigIntegerField("命令序号")
    mode = models.PositiveSmallIntegerField("方式", choices=MODES)
    purpose = models.CharField("用途", max_length=200)
    immediate = models.BooleanField("立即", default=False)
    steps: "models.JSONField[Any, list[tuple[int, str, int]]]" = models.JSONField("节目")
    seconds = models.PositiveIntegerField("时长（秒）")
    target_text = models.CharField("范围", max_length=200)
    payload = models.BinaryField()
    digest = models.BinaryField(max_length=16, default=bytes)
    frame = models.BinaryField(default=bytes)
    list_payload = models.BinaryField(default=bytes)
    list_frame = models.BinaryField(default=bytes)
    release_frame = models.BinaryField(default=bytes)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField("拟定时间")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("签发时间", null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField("放行时间", null=True)
    starts_at = models.DateTimeField("开始时间", null=True)
    ends_at = models.DateTimeField("结束时间", null=True)
    expires_at = models.DateTimeField("失效时间")
    closed_at = models.DateTimeField("办结时间", null=True)
    state = OrderFlow.field()

    objects: ClassVar[OrderQuerySet] = OrderQuerySet.as_manager()  # type: ignore[assignment]
    sirens: "RelatedManager[OrderSiren]"

    class Meta:
        verbose_name = verbose_name_plural = "命令"
        ordering = ["-counter"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "counter"], name="one_order_per_counter"),
        ]
        indexes = [
            models.Index(
                fields=["issuer"],
                condition=models.Q(closed_at=None),
                name="order_without_all_verdicts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()}命令 {self.counter}"

    @property
    def wire_mode(self) -> Mode:
        return Mode(self.mode)

    @property
    def content(self) -> OrderFrame:
        return OrderFrame.decode(bytes(self.payload))

    @property
    def listed(self) -> SirenList | None:
        return SirenList.decode(bytes(self.list_payload)) if self.list_payload else None

    @property
    def release_by(self) -> datetime | None:
        """Until when the second person may release it; a trial a day before its start."""
        if self.immediate:
            return self.drafted_at + ARM_WINDOW
        if self.starts_at is None or self.wire_mode is not Mode.TRIAL:
            return self.starts_at
        return self.starts_at - TRIAL_NOTICE

    @property
    def may_be_released(self) -> bool:
        until = self.release_by
        return self.state == "signed" and until is not None and clock.now() <= until


class OrderSiren(models.Model):
    """A siren that an order addresses, with the number it had then. ``by_hand``: it has no
    terminal, people start it."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="sirens")
    siren = models.ForeignKey(Siren, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("编号")
    by_hand = models.BooleanField("人工", default=False)

    objects: models.Manager["OrderSiren"] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "受令警报器"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="a_siren_once_per_order"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class HandStart(OrganOwned):
    """A siren that people started by hand during a sounding."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="hand_starts")
    number = models.PositiveIntegerField("编号")
    positions: "models.JSONField[Any, list[int]]" = models.JSONField("信号")
    at = models.DateTimeField("时间")
    note = models.CharField("说明", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "手动鸣放"
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_hand_start_per_siren"),
        ]

    def __str__(self) -> str:
        return f"{self.number} 手动"
