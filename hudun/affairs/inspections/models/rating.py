"""维护评定: what the upkeep of one plated thing was worth in a period, and what follows."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from hudun.affairs.inspections.flow import RatingFlow
from hudun.core.organ import User

from .plated import OnPlate, OnPlateQuerySet


class OutcomeKind(models.TextChoices):
    EXCELLENT = "excellent", "奖励优秀"
    QUALIFIED = "qualified", "补助合格"
    MEND = "mend", "督促整改"
    DAMAGE = "damage", "毁损处罚"


PART_WORDS = {"checks": "检查得分", "upkeep": "维护计划完成", "hazards": "隐患整改"}


class RatingQuerySet(OnPlateQuerySet["Rating"]):
    def standing(self) -> Self:
        return self.exclude(state="void")

    def decided(self) -> Self:
        return self.filter(state="decided")

    def of_period(self, first: date, last: date) -> Self:
        return self.filter(first=first, last=last)


class Rating(OnPlate):
    """`proposed` follows from the records by the rules; `outcome` is what was decided."""

    flow = RatingFlow

    first = models.DateField("期间起")
    last = models.DateField("期间止")
    tenths = models.PositiveSmallIntegerField("得分（0.1 分）")
    parts: "models.JSONField[Any, list[Any]]" = models.JSONField("分项")
    records: "models.JSONField[Any, dict[str, Any]]" = models.JSONField("依据的记录")
    reasons: "models.JSONField[Any, list[str]]" = models.JSONField("理由")
    proposed = models.CharField("按规则", max_length=10, choices=OutcomeKind.choices)
    outcome = models.CharField("结果", max_length=10, choices=OutcomeKind.choices, blank=True)
    unit = models.CharField("维护单位", max_length=200, blank=True)
    area_m2 = models.FloatField("面积（m²）", null=True)
    subsidy_fen = models.BigIntegerField("补助（分）", null=True)
    score_rule = models.CharField("评分规则", max_length=100)
    money_rule = models.CharField("补助规则", max_length=100)
    sample = models.BooleanField("样例规则", default=True)
    rated_at = models.DateTimeField("计算时间")
    decided_at = models.DateTimeField("评定时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评定人"
    )
    state = RatingFlow.field()

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "维护评定"
        ordering = ["-last", "-tenths", "plate__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["plate", "first", "last"], condition=~Q(state="void"),
                name="one_rating_per_period",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plate} {self.period}"

    @property
    def period(self) -> str:
        return f"{self.first} 至 {self.last}"

    @property
    def score_words(self) -> str:
        return f"{self.tenths / 10:g}"

    @property
    def outcome_words(self) -> str:
        """What was decided, else what the rules propose."""
        words = OutcomeKind(self.outcome or self.proposed).label
        return words if self.outcome else f"{words}（拟）"

    @property
    def subsidy_words(self) -> str:
        if self.subsidy_fen is None:
            return "面积未知，待定"
        return f"{self.subsidy_fen / 100:,.2f} 元"

    @property
    def shown_parts(self) -> list[tuple[str, str]]:
        return [
            (PART_WORDS[name], f"{points / 10:g} / {weight / 10:g}")
            for name, points, weight in self.parts
        ]
