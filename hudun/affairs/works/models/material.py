"""One thing that has to be handed in, as the rule asked for it when the work was opened."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet

from hudun.core.attachment.models import Attachment
from hudun.core.organ import OrganOwned, OwnedQuerySet

from .work import Work


class Stage(models.TextChoices):
    FILING = "filing", "备案"
    ARCHIVE = "archive", "建档"


class MaterialQuerySet(OwnedQuerySet["Material"]):
    def of(self, work: Work) -> Self:
        return self.filter(work=work)

    def asked_for(self, *stages: Stage) -> Self:
        return self.filter(stage__in=stages)

    def missing(self) -> Self:
        """Required, not handed in, and nobody has said that it does not apply."""
        return self.filter(required=True, received_on=None, waived="")


class Material(OrganOwned):
    work = models.ForeignKey(Work, models.PROTECT, related_name="materials")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    title = models.CharField("材料", max_length=100)
    stage = models.CharField("用于", max_length=8, choices=Stage.choices)
    required = models.BooleanField("必须")
    clause = models.CharField("依据", max_length=200, blank=True)
    received_on = models.DateField("收到日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    waived = models.CharField("不适用的理由", max_length=200, blank=True)

    objects: ClassVar[MaterialQuerySet] = MaterialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "验收材料"
        ordering = ["work", "position"]
        constraints = [
            models.UniqueConstraint(fields=["work", "key"], name="material_once_per_work"),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(waived=""), name="received_or_waived"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def files(self) -> "QuerySet[Attachment]":
        return Attachment.objects.about(self)

    @property
    def is_missing(self) -> bool:
        return self.required and self.received_on is None and not self.waived
