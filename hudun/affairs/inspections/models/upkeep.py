"""The yearly plan of upkeep, and its tasks, each to be done in a week."""

from datetime import date, timedelta
from typing import Self

from django.db import models

from hudun.affairs.inspections.flow import TaskFlow
from hudun.affairs.inspections.upkeep import week_of
from hudun.core import clock
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet, User

from .plated import OnPlate, OnPlateQuerySet

WEEK = timedelta(days=7)


class UpkeepPlanQuerySet(OwnedQuerySet["UpkeepPlan"]):
    def of_year(self, organ: Organ, year: int) -> Self:
        return self.filter(organ=organ.seat(), year=year)


class UpkeepPlan(OrganOwned):
    """Of an office for a year. Made again it gains what is new and keeps what it had."""

    year = models.PositiveSmallIntegerField("年度")
    rule_version = models.CharField("周期规则", max_length=100)
    clause = models.CharField("依据", max_length=200)
    sample = models.BooleanField("样例", default=False)
    made_at = models.DateTimeField("编制时间")
    renewed_at = models.DateTimeField("最近补充")

    objects = UpkeepPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度维护计划"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "year"], name="one_upkeep_plan_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.organ}{self.year} 年维护计划"


class UpkeepTaskQuerySet(OnPlateQuerySet["UpkeepTask"]):
    def open(self) -> Self:
        return self.filter(state="planned")

    def done(self) -> Self:
        return self.filter(state="done")

    def standing(self) -> Self:
        return self.exclude(state="dropped")

    def due_in(self, day: date) -> Self:
        """Open, and planned for the week of the day."""
        return self.open().filter(week=week_of(day))

    def overdue(self, day: date) -> Self:
        """Open, and its week is over."""
        return self.open().filter(week__lt=week_of(day))

    def coming(self, day: date, weeks: int = 4) -> Self:
        this = week_of(day)
        return self.open().filter(week__gt=this, week__lte=this + weeks * WEEK)

    def owed_by(self, day: date) -> Self:
        """What should have been done by the day, done or not."""
        return self.standing().filter(week__lt=week_of(day))


class UpkeepTask(OnPlate):
    """`last_day` is the last on which its turn in the period counts; `week` the Monday of the week
    that it is planned for."""

    flow = TaskFlow

    plan = models.ForeignKey(
        UpkeepPlan, models.PROTECT, related_name="tasks", verbose_name="维护计划"
    )
    item = models.CharField("项目编号", max_length=40)
    number = models.PositiveSmallIntegerField("次序")
    system = models.CharField("系统", max_length=40)
    text = models.CharField("内容", max_length=200)
    kind = models.CharField("类别", max_length=10)
    clause = models.CharField("依据", max_length=40)
    note = models.CharField("要求", max_length=200, blank=True)
    keeper = models.CharField("维护单位", max_length=200, blank=True)
    week = models.DateField("计划周（周一）")
    last_day = models.DateField("周期截止")
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    remark = models.CharField("情况", max_length=500, blank=True)
    state = TaskFlow.field()

    objects = UpkeepTaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "维护任务"
        ordering = ["week", "plate__title", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "plate", "item", "number"], name="one_upkeep_task_per_turn"
            )
        ]
        indexes = [
            models.Index(fields=["state", "week"], name="upkeep_open"),
            models.Index(fields=["plate", "item", "-done_on"], name="upkeep_last_done"),
        ]

    def __str__(self) -> str:
        return f"{self.plate} {self.text}"

    @property
    def is_late(self) -> bool:
        return self.state == "planned" and self.week < week_of(clock.today())

    @property
    def lateness(self) -> str:
        """In words, for a list."""
        if self.state != "planned":
            return ""
        today = clock.today()
        if today > self.last_day:
            return "超过周期"
        if self.is_late:
            return "逾期"
        return "本周" if self.week == week_of(today) else ""
