"""预案: what it is called, how secret it is, when it has to be revised; and the files it is made
from."""

from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from hudun.affairs.plans.flow import PlanFlow
from hudun.affairs.plans.problems import HIGHEST
from hudun.core import clock
from hudun.core.organ import OrganOwned, OwnedQuerySet, User

YEARS = 5
"""A plan is revised every five years."""
AHEAD_YEARS = 4
"""Whoever revises it begins a year ahead."""
COMING = timedelta(days=366)


class PlanKind(models.TextChoices):
    SHELTER = "shelter", "人员掩蔽保障计划"
    EVACUATION = "evacuation", "人口疏散保障计划"
    WHOLE = "whole", "防空袭预案（总体）"
    OTHER = "other", "其他保障计划"


class Secrecy(models.TextChoices):
    """Nothing above: state secrets stay out of the product."""

    INTERNAL = "internal", "内部"
    WORK = "work", "工作秘密"


class PlanBookQuerySet(OwnedQuerySet["Plan"]):
    def open(self) -> Self:
        return self.filter(state__in=PlanFlow.open_states())

    def coming_due(self, day: date) -> Self:
        """In force, and to be revised within a year or late already; the most urgent first."""
        found = self.filter(state="in_force", due_on__lte=day + COMING)
        return found.order_by("due_on")


class Plan(OrganOwned):
    flow = PlanFlow

    title = models.CharField("名称", max_length=100)
    kind = models.CharField(
        "种类", max_length=12, choices=PlanKind.choices, default=PlanKind.SHELTER
    )
    secrecy = models.CharField(
        "密级",
        max_length=8,
        choices=Secrecy.choices,
        default=Secrecy.INTERNAL,
        help_text="最高为工作秘密；国家秘密不得存入本系统。",
        error_messages={"invalid_choice": HIGHEST},
    )
    basis = models.CharField("编制依据", max_length=300, blank=True)
    remark = models.CharField("说明", max_length=500, blank=True, help_text="印在每份册页上。")
    approved_on = models.DateField("批准日期", null=True, blank=True, editable=False)
    due_on = models.DateField("应修订日期", null=True, blank=True, editable=False)
    state = PlanFlow.field()

    objects: ClassVar[PlanBookQuerySet] = PlanBookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "预案"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "title"],
                name="plan_title_once_per_office",
                violation_error_message="已有同名的预案。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def clock_words(self) -> str:
        """Where it stands in its five years."""
        if self.due_on is None:
            return "尚未批准"
        days = (self.due_on - clock.today()).days
        return f"已逾期 {-days} 天" if days < 0 else f"还有 {days} 天"


class InputKind(models.TextChoices):
    STREETS = "streets", "路网"
    NODES = "nodes", "路网节点坐标"
    TERRAIN = "terrain", "地形"
    PEOPLE = "people", "人口"
    UNITS = "units", "单位"
    SHELTERS = "shelters", "工程（代替台账）"
    ENTRANCES = "entrances", "口部"
    HELPERS = "helpers", "社区人手"
    HAZARDS = "hazards", "危险点"
    ASSEMBLY = "assembly", "集结点"
    AREAS = "areas", "疏散地域"


class InputFileQuerySet(OwnedQuerySet["InputFile"]):
    def in_use(self) -> Self:
        return self.filter(withdrawn_at=None)

    def of_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)


class InputFile(OrganOwned):
    """A file a plan is made from, kept under its digest. A newer one of a kind takes its place."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="inputs", verbose_name="预案")
    kind = models.CharField("种类", max_length=12, choices=InputKind.choices)
    name = models.CharField("文件名", max_length=120)
    digest = models.CharField("摘要（SHA-256）", max_length=64)
    suffix = models.CharField(max_length=12)
    size = models.PositiveBigIntegerField("字节数")
    stored_at = models.DateTimeField("上传时间")
    stored_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)

    objects: ClassVar[InputFileQuerySet] = InputFileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "预案输入"
        ordering = ["kind", "-stored_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return input_path(self.digest, self.suffix)

    def line(self) -> str:
        return f"{self.name}，{self.size:,} 字节，摘要 {self.digest[:12]}…"


def input_path(digest: str, suffix: str) -> Path:
    return Path(settings.VAR) / "plans" / f"{digest}{suffix}"
