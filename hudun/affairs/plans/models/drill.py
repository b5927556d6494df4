"""A school or a community exercises its sheet: the times measured beside the times planned."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models

from hudun.core.organ import OrganOwned, OwnedQuerySet, User

from .version import Version


class DrillQuerySet(OwnedQuerySet["Drill"]):
    def of_version(self, version: Version) -> Self:
        return self.filter(version=version)

    def between(self, first: date, last: date) -> Self:
        """Both days included, as they are in Beijing."""
        return self.filter(sounded_at__date__gte=first, sounded_at__date__lte=last)


class Drill(OrganOwned):
    """`planned_*` are taken from the sheet when the drill is recorded, so that a later version
    changes no comparison."""

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="drills", verbose_name="方案版本"
    )
    community = models.CharField("社区或单位", max_length=120)
    position = models.PositiveIntegerField(editable=False)
    shelter = models.CharField("进入的工程", max_length=120)
    sounded_at = models.DateTimeField("发令时间")
    first_out_at = models.DateTimeField("第一人出门", null=True, blank=True)
    first_in_at = models.DateTimeField("第一人到口部", null=True, blank=True)
    last_in_at = models.DateTimeField("最后一人进入")
    took_part = models.PositiveIntegerField("参加人数", validators=[MaxValueValidator(1_000_000)])
    planned_people = models.PositiveIntegerField("计划人数")
    planned_first_min = models.FloatField("计划最早到口部（分）", null=True)
    planned_last_min = models.FloatField("计划全部进入（分）")
    finding = models.CharField("问题与改进", max_length=500, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )

    objects: ClassVar[DrillQuerySet] = DrillQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "掩蔽演练"
        ordering = ["-sounded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.community} {self.sounded_at:%Y-%m-%d}"

    def _minutes(self, moment: datetime | None) -> float | None:
        if moment is None:
            return None
        return round((moment - self.sounded_at).total_seconds() / 60, 1)

    @property
    def out_min(self) -> float | None:
        return self._minutes(self.first_out_at)

    @property
    def first_min(self) -> float | None:
        return self._minutes(self.first_in_at)

    @property
    def last_min(self) -> float:
        return self._minutes(self.last_in_at) or 0.0

    @property
    def late_min(self) -> float:
        """Above zero: slower than planned."""
        return round(self.last_min - self.planned_last_min, 1)
