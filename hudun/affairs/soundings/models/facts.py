"""What terminals said and what followed from it: appended in batches, never edited by people.

Times end in ``_ms``: milliseconds since 1970-01-01 UTC, office time. ``office`` is the number of
the issuer whose dispatch stored the row.
"""

from datetime import UTC, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from hudun.wire.frames import Evidence, State
from hudun.wire.office import VERDICT_NAMES, Why
from hudun.wire.office import Verdict as Word

from .issuer import Issuer
from .order import Order


def moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def about(self, order: Order) -> Self:
        number = order.issuer.number
        return self.filter(office=number, issuer=number, counter=order.counter)

    def of_siren(self, office: int, siren: int) -> Self:
        return self.filter(office=office, siren=siren).order_by("number")


class Receipt(models.Model):
    """A terminal's signed word; ``frame`` is the proof."""

    office = models.PositiveIntegerField()
    siren = models.PositiveIntegerField("警报器")
    number = models.PositiveBigIntegerField("回执号")
    issuer = models.PositiveIntegerField("发令单位")
    counter = models.PositiveBigIntegerField("命令序号")
    position = models.PositiveSmallIntegerField("第几个信号", null=True)
    state = models.PositiveSmallIntegerField("内容", choices=[(s.value, s.name) for s in State])
    at_ms = models.BigIntegerField()
    evidence = models.PositiveSmallIntegerField("证据")
    amount = models.BigIntegerField("数量")
    offset_ms = models.BigIntegerField("时差", null=True)
    uncertainty_ms = models.BigIntegerField("时差不确定度", null=True)
    frame = models.BinaryField()
    received_ms = models.BigIntegerField()

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回执"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "siren", "number"], name="one_receipt_per_number"
            ),
        ]
        indexes = [models.Index(fields=["office", "counter", "siren"], name="receipt_of_order")]

    def __str__(self) -> str:
        return f"{self.siren} 回执 {self.number}"

    @property
    def at(self) -> datetime:
        return moment(self.at_ms)

    @property
    def evidence_kind(self) -> Evidence | None:
        """None in a refusal, where the field names the reason instead."""
        return None if self.state == State.REFUSED else Evidence(self.evidence)


class Health(models.Model):
    office = models.PositiveIntegerField()
    siren = models.PositiveIntegerField("警报器")
    boot = models.PositiveBigIntegerField("启动次数")
    at_ms = models.BigIntegerField()
    offset_ms = models.BigIntegerField("时差", null=True)
    uncertainty_ms = models.BigIntegerField(null=True)
    mains = models.BooleanField("市电", null=True)
    battery_percent = models.PositiveSmallIntegerField("电池", null=True)
    amplifier_ok = models.BooleanField("功放自检", null=True)
    door_open = models.BooleanField("箱门开", null=True)
    celsius = models.SmallIntegerField("温度", null=True)
    sounding = models.BooleanField("在响", null=True)
    roster = models.PositiveIntegerField("名册编号", null=True)
    firmware = models.CharField("固件", max_length=40)
    received_ms = models.BigIntegerField()

    objects: models.Manager["Health"] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "运行状态记录"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "siren", "boot", "at_ms"], name="one_report_per_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.siren} 状态"


class SirenStatusQuerySet(models.QuerySet["SirenStatus"]):
    def of_issuer(self, issuer: Issuer) -> Self:
        return self.filter(office=issuer.number)

    def working(self) -> Self:
        """Heard from, with no fault known."""
        return self.filter(lost=False).exclude(amplifier_ok=False).exclude(battery_percent__lt=20)


class SirenStatus(models.Model):
    """The last word of each siren. A column is null until the terminal has said it once."""

    office = models.PositiveIntegerField()
    siren = models.PositiveIntegerField("警报器")
    last_word_ms = models.BigIntegerField(null=True)
    lost = models.BooleanField("失联", default=False)
    sounding = models.BooleanField("在响", null=True)
    unsolicited = models.BooleanField("无令自鸣", default=False)
    counter = models.PositiveBigIntegerField("最近命令", null=True)
    order_state = models.PositiveSmallIntegerField("命令执行", null=True)
    position = models.PositiveSmallIntegerField(null=True)
    boot = models.PositiveBigIntegerField(null=True)
    offset_ms = models.BigIntegerField("时差", null=True)
    uncertainty_ms = models.BigIntegerField(null=True)
    mains = models.BooleanField("市电", null=True)
    battery_percent = models.PositiveSmallIntegerField("电池", null=True)
    amplifier_ok = models.BooleanField("功放自检", null=True)
    door_open = models.BooleanField("箱门开", null=True)
    celsius = models.SmallIntegerField("温度", null=True)
    roster = models.PositiveIntegerField("名册编号", null=True)
    firmware = models.CharField("固件", max_length=40, blank=True, default="")

    objects = SirenStatusQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "警报器现况"
        constraints = [
            models.UniqueConstraint(fields=["office", "siren"], name="one_status_per_siren"),
        ]

    def __str__(self) -> str:
        return f"{self.siren} 现况"

    @property
    def last_word_at(self) -> datetime | None:
        return None if self.last_word_ms is None else moment(self.last_word_ms)


class Attempt(models.Model):
    """Something dispatch published: what, for which order, to whom, when."""

    office = models.PositiveIntegerField()
    counter = models.PositiveBigIntegerField("命令序号")
    siren = models.PositiveIntegerField("警报器", null=True)
    what = models.CharField("内容", max_length=20)
    at_ms = models.BigIntegerField()

    objects: models.Manager["Attempt"] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "发送记录"
        indexes = [models.Index(fields=["office", "counter"], name="attempt_of_order")]

    def __str__(self) -> str:
        return f"{self.what} {self.counter}"


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def of_order(self, order: Order) -> Self:
        return self.filter(order=order).order_by("siren", "position")

    def failed(self) -> Self:
        return self.filter(~Q(verdict=Word.FINISHED.value))


class Verdict(models.Model):
    """How one signal of an order ended at one siren; ``why`` and ``refused`` as on the wire."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="verdicts")
    siren = models.PositiveIntegerField("警报器")
    position = models.PositiveSmallIntegerField("第几个信号")
    verdict = models.PositiveSmallIntegerField("结论", choices=[*VERDICT_NAMES.items()])
    why = models.PositiveSmallIntegerField(choices=[(w.value, w.name) for w in Why])
    refused = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField("原因", max_length=100)
    start_error_ms = models.BigIntegerField("起点偏差", null=True)
    duration_ms = models.BigIntegerField("时长", null=True)
    uncertainty_ms = models.BigIntegerField("不确定度", null=True)
    accurate = models.BooleanField("准确", default=False)
    late = models.BooleanField("迟到的回执改判", default=False)
    at_ms = models.BigIntegerField()

    objects: ClassVar[VerdictQuerySet] = VerdictQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "结论"
        ordering = ["siren", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "siren", "position"], name="one_verdict_per_signal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.siren} 第 {self.position + 1} 个信号"
