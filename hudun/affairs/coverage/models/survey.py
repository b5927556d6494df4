"""A calculation of coverage, and which sirens were silent at a sounding."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models

from hudun.affairs.coverage.asking import Settings
from hudun.affairs.coverage.flow import SurveyFlow
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet, User
from hudun.core.planner import Run

Json = dict[str, Any]


class SurveyQuerySet(OwnedQuerySet["Survey"]):
    def standing(self) -> Self:
        return self.exclude(state="void")

    def done(self) -> Self:
        return self.standing().filter(run__state="done")

    def for_pages(self) -> Self:
        return self.select_related("organ__parent", "run", "asked_by")


class Survey(OrganOwned):
    """`organ` is the office. `settings`, `sirens` and `layers` are all that the calculation was
    given, so that it can be made again; the figures are those of the run."""

    flow = SurveyFlow

    name = models.CharField("名称", max_length=80)
    asked_at = models.DateTimeField("提交时间")
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="提交人"
    )
    settings: "models.JSONField[Json, Json]" = models.JSONField("参数", default=dict)
    sirens: "models.JSONField[list[Json], list[Json]]" = models.JSONField("警报器", default=list)
    layers: "models.JSONField[Json, Json]" = models.JSONField("图层", default=dict)
    run = models.OneToOneField(Run, models.PROTECT, related_name="survey", verbose_name="计算")
    area_share = models.FloatField("面积覆盖率", null=True)
    people_share = models.FloatField("人口覆盖率", null=True)
    state = SurveyFlow.field()

    objects: ClassVar[SurveyQuerySet] = SurveyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "音响覆盖计算"
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def given(self) -> Settings:
        return Settings.of(self.settings)

    @property
    def simulated(self) -> bool:
        """A layer of it is made up: whatever rests on it says so."""
        return any("模拟数据" in layer["line"] for layer in self.layers.values())

    @property
    def url(self) -> str:
        return f"/coverage/{self.pk}/"


class SilenceQuerySet(OwnedQuerySet["Silence"]):
    def of_office(self, office: Organ) -> Self:
        return self.filter(organ=office)

    def on(self, day: date) -> Self:
        return self.filter(day=day)


class Silence(OrganOwned):
    """The sirens that did not sound as they were ordered, as the order was settled."""

    order = models.UUIDField(unique=True)
    day = models.DateField("日期")
    title = models.CharField("鸣放", max_length=120)
    url = models.CharField(max_length=200, blank=True)
    ordered = models.PositiveIntegerField("应鸣")
    numbers: "models.JSONField[list[int], list[int]]" = models.JSONField("未响", default=list)
    recorded_at = models.DateTimeField("记录时间")

    objects: ClassVar[SilenceQuerySet] = SilenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "未响记录"
        ordering = ["-day", "-recorded_at"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.title}"
