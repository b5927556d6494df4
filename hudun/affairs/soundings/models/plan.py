"""A planned sounding: what, when, whom."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models

from hudun.affairs.soundings.flow import PlanFlow
from hudun.affairs.soundings.timetable import Signals, Timetable
from hudun.affairs.soundings.timetable_json import signals_from_json, timetable_from_json
from hudun.core.organ import OrganOwned, OwnedQuerySet, User
from hudun.wire.frames import Mode

MODES = [(Mode.LIVE.value, "实警"), (Mode.TRIAL.value, "试鸣"), (Mode.SILENT.value, "静默")]


class TargetKind(models.TextChoices):
    ALL = "all", "全部警报器"
    SUBDISTRICT = "subdistrict", "按街道"
    GROUP = "group", "按编组"
    AREA = "area", "地图划定"
    SIRENS = "sirens", "指定警报器"


class PlanQuerySet(OwnedQuerySet["Plan"]):
    def open(self) -> Self:
        return self.filter(state__in=PlanFlow.open_states())

    def coming(self, day: date) -> Self:
        return self.open().filter(day__gte=day).order_by("start")

    def sounded(self) -> Self:
        return self.filter(state__in=["running", "closed", "stopped", "archived"])


class Plan(OrganOwned):
    """``target`` is by kind: {} · {"organs": [id]} · {"group": n} · {"area": GeoJSON polygon} ·
    {"sirens": [number]}. ``programme`` is [[signal name, seconds after the start], …].
    ``timetable`` is the timetable with its signals as they were when the plan was made."""

    flow = PlanFlow

    name = models.CharField("名称", max_length=100)
    day = models.DateField("日期")
    start = models.DateTimeField("开始时间")
    mode = models.PositiveSmallIntegerField("方式", choices=MODES, default=Mode.TRIAL.value)
    drill = models.BooleanField("演练", default=False)
    timetable: "models.JSONField[Any, dict[str, Any]]" = models.JSONField("时间表")
    programme: "models.JSONField[Any, list[tuple[str, int]]]" = models.JSONField("节目")
    target_kind = models.CharField("范围", max_length=12, choices=TargetKind.choices)
    target: "models.JSONField[Any, dict[str, Any]]" = models.JSONField("范围内容", default=dict)
    notice_due = models.DateField("最迟公告日", null=True, blank=True)
    notice_text = models.TextField("公告正文", blank=True)
    noticed_at = models.DateTimeField("公告时间", null=True, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟定人")
    void_reason = models.CharField("作废理由", max_length=200, blank=True)
    state = PlanFlow.field()

    objects: ClassVar[PlanQuerySet] = PlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "鸣放计划"
        ordering = ["-start"]

    def __str__(self) -> str:
        return self.name

    @property
    def wire_mode(self) -> Mode:
        return Mode(self.mode)

    @property
    def signals(self) -> Signals:
        return signals_from_json(self.timetable["signals"])

    @property
    def numbers(self) -> dict[str, int]:
        return {name: one["number"] for name, one in self.timetable["signals"].items()}

    @property
    def rounds(self) -> Timetable:
        return timetable_from_json(self.timetable)

    @property
    def seconds(self) -> int:
        """From the first second to the end of the last signal."""
        signals = self.signals
        return max(at + signals[name].seconds for name, at in self.programme)
