"""Tip-offs. Of the person who wrote one, nothing is kept but a keyed digest of the address."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models

from hudun.core import clock
from hudun.core.flow import State
from hudun.core.organ import OrganOwned, OwnedQuerySet
from hudun.core.plate import Plate

from .flow import TipoffFlow

MOST_CHARACTERS, MOST_PHOTOS = 1000, 3
NO_HAZARD = "no"
GRADES = [
    (NO_HAZARD, "不登记为隐患"),
    ("一般", "一般隐患"),
    ("较大", "较大隐患"),
    ("重大", "重大隐患"),
]


class TipoffQuerySet(OwnedQuerySet["Tipoff"]):
    def open(self) -> Self:
        return self.filter(state__in=TipoffFlow.open_states())

    def of_plate(self, plate: Plate) -> Self:
        return self.filter(plate=plate)

    def from_address(self, origin: str) -> Self:
        return self.filter(origin=origin)

    def within(self, span: timedelta) -> Self:
        return self.filter(received_at__gt=clock.now() - span)


class Tipoff(OrganOwned):
    """`organ` is that of the plate when it was written."""

    flow = TipoffFlow
    journal_hidden = frozenset({"origin"})

    plate = models.ForeignKey(Plate, models.PROTECT, related_name="+", verbose_name="标识牌")
    text = models.TextField("反映的问题", max_length=MOST_CHARACTERS)
    received_at = models.DateTimeField("收到时间")
    origin = models.CharField(max_length=64, editable=False)
    """Keyed digest of the address, for the limit alone."""
    answered_at = models.DateTimeField("办理时间", null=True, blank=True)
    answer = models.CharField("办理意见", max_length=500, blank=True)
    hazard_grade = models.CharField("登记为隐患", max_length=4, choices=GRADES, default=NO_HAZARD)
    state = TipoffFlow.field()

    objects: ClassVar[TipoffQuerySet] = TipoffQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "群众反映"
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["origin", "received_at"], name="tipoff_origin")]

    def __str__(self) -> str:
        return f"{self.plate}：{self.text[:20]}"

    @property
    def shown(self) -> State:
        return TipoffFlow.shown(self)
