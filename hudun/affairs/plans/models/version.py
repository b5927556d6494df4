"""One version of a plan: computed once, then only judged. And what was asked of it: losses."""

from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Max

from hudun.affairs.plans.flow import VersionFlow
from hudun.core.flow import State
from hudun.core.organ import OrganOwned, OwnedQuerySet, User
from hudun.core.planner import Run

from .plan import Plan


class VersionQuerySet(OwnedQuerySet["Version"]):
    def of_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def standing(self) -> Self:
        """Approved, and not yet superseded."""
        return self.filter(state__in=("approved", "filed"))

    def next_number(self) -> int:
        last: int | None = self.aggregate(last=Max("number"))["last"]
        return (last or 0) + 1


class Version(OrganOwned):
    """`run` made its book; a version made of a loss has the run of that loss. `totals` and `inputs`
    are what the run said when it was recorded: they are printed, whatever becomes of the files."""

    flow = VersionFlow
    journal_hidden = frozenset({"totals", "inputs"})
    """Long; the journal notes the figures that count."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", verbose_name="预案")
    number = models.PositiveIntegerField("版本")
    note = models.CharField("修改说明", max_length=300, blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="由哪一版改来"
    )
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+", verbose_name="计算")
    terms: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "要求", default=dict
    )
    totals: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "合计", default=dict
    )
    inputs: "models.JSONField[list[dict[str, str]], list[dict[str, str]]]" = models.JSONField(
        "输入", default=list
    )
    drafted_at = models.DateTimeField("起草时间")
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="起草人"
    )
    reviewers = models.CharField(
        "会审单位", max_length=200, blank=True, help_text="如：公安、民政、卫健、街道。"
    )
    approved_on = models.DateField("批准日期", null=True, blank=True)
    document = models.CharField("批准文号", max_length=60, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    filed_to = models.CharField("备案机关", max_length=60, blank=True)
    state = VersionFlow.field()

    objects: ClassVar[VersionQuerySet] = VersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "方案版本"
        ordering = ["plan__title", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_once_per_plan")
        ]

    def __str__(self) -> str:
        return f"{self.plan.title} 第 {self.number} 版"

    @property
    def shown(self) -> State:
        return VersionFlow.shown(self)

    @property
    def made(self) -> bool:
        """Its book is there."""
        return bool(self.totals)

    @property
    def folder(self) -> Path:
        assert self.run is not None
        return self.run.folder

    @property
    def label(self) -> str:
        return f"第 {self.number} 版"

    @property
    def standing_words(self) -> str:
        return f"第 {self.number} 版（{self.shown.label}）"

    @property
    def people_words(self) -> str:
        return f"{self.totals['people']:,}" if self.totals else ""

    @property
    def left_words(self) -> str:
        return f"{self.totals['left']:,}" if self.totals else ""

    @cached_property
    def placed(self) -> bool:
        """The streets have positions: there is a map."""
        return bool(self.totals.get("placed"))


class TrialKind(models.TextChoices):
    LOSS = "loss", "损失演算"
    LEAVE = "leave", "疏散演算"


class TrialQuerySet(OwnedQuerySet["Trial"]):
    def of_version(self, version: Version) -> Self:
        return self.filter(version=version)


class Trial(OrganOwned):
    """What if: shelters or streets are lost, or a share of the people leaves."""

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="trials", verbose_name="方案版本"
    )
    kind = models.CharField("种类", max_length=8, choices=TrialKind.choices)
    title = models.CharField("名称", max_length=120)
    ask: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField("假定", default=dict)
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+", verbose_name="计算")
    asked_at = models.DateTimeField("时间")
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    became = models.OneToOneField(
        Version, models.PROTECT, null=True, related_name="made_from", verbose_name="成为版本"
    )

    objects: ClassVar[TrialQuerySet] = TrialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "演算"
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return self.title
