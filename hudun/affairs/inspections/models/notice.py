"""限期整改通知书: one paper to one unit, about one or more hazards of one thing."""

from datetime import date
from typing import Self

from django.db import models

from hudun.core import clock
from hudun.core.organ import Organ
from hudun.core.paper.models import IssuedPaper

from .plated import OnPlate, OnPlateQuerySet


class Delivery(models.TextChoices):
    HAND = "hand", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"
    MESSAGE = "message", "电子送达"


class NoticeQuerySet(OnPlateQuerySet["Notice"]):
    def by_digest(self, digest: str) -> Self:
        return self.filter(link_digest=digest)


class Notice(OnPlate):
    """Of the answering link only the digest is kept: `hudun.affairs.inspections.links` makes the
    link anew from the installation's key whenever it is to be sent or shown."""

    journal_hidden = frozenset({"link_digest"})

    addressee = models.CharField("主送单位", max_length=100)
    addressee_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="主送单位（机构）"
    )
    paper = models.ForeignKey(
        IssuedPaper, models.PROTECT, null=True, related_name="+", verbose_name="通知书"
    )
    issued_at = models.DateTimeField("发出时间")
    delivery = models.CharField("送达方式", max_length=10, choices=Delivery.choices, blank=True)
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    received_by = models.CharField("收件人", max_length=50, blank=True)
    link_number = models.PositiveSmallIntegerField("链接序号", default=1)
    link_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    link_until = models.DateField("链接有效至")
    link_withdrawn_at = models.DateTimeField("链接撤回时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改通知"
        ordering = ["-issued_at", "-id"]

    def __str__(self) -> str:
        return f"{self.paper.number if self.paper else '整改通知'} {self.plate}"

    @property
    def number(self) -> str:
        return self.paper.number if self.paper else ""

    @property
    def count(self) -> int:
        return len(self.hazards.all())

    @property
    def link_words(self) -> str:
        if self.link_withdrawn_at is not None:
            return "已撤回"
        return f"有效至 {self.link_until}" if self.link_open() else "已失效"

    def link_open(self, day: date | None = None) -> bool:
        """Not withdrawn, not past its date, and something is left to answer or to wait for."""
        within = self.link_until >= (day or clock.today())
        return self.link_withdrawn_at is None and within and self.is_open

    @property
    def is_open(self) -> bool:
        return any(hazard.is_open for hazard in self.hazards.all())
