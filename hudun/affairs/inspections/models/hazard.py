"""A hazard: what is wrong with a plated thing, who has it now, and until when."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Case, F, Q, Value, When

from hudun.affairs.inspections.hazard_flow import OPEN, HazardFlow
from hudun.core import clock
from hudun.core.flow import State
from hudun.core.identity import new_id
from hudun.core.organ import Organ, OrganKind, User

from .notice import Notice
from .plated import OnPlate, OnPlateQuerySet
from .visit import Visit


class Grade(models.TextChoices):
    ORDINARY = "一般", "一般"
    SERIOUS = "较大", "较大"
    GRAVE = "重大", "重大"


LEVELS = [("", "未升级"), *((kind.value, f"已报{kind.label}") for kind in (
    OrganKind.COMMUNITY, OrganKind.SUBDISTRICT, OrganKind.DISTRICT, OrganKind.CITY,
))]  # fmt: skip


class HazardQuerySet(OnPlateQuerySet["Hazard"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def overdue(self, day: date | None = None) -> Self:
        """Whoever has it has had it too long."""
        return self.open().filter(until__lt=day or clock.today())

    def due_before(self, day: date) -> Self:
        return self.open().filter(due_on__lt=day)

    def of_item(self, key: str) -> Self:
        return self.filter(item_key=key)

    def to_escalate(self, day: date) -> Self:
        return self.open().filter(next_on__lte=day)

    def settled(self) -> Self:
        """Closed as mended; what was void never was one."""
        return self.filter(state="closed")

    def in_time(self) -> Self:
        """Mended by the due date, extensions included."""
        return self.settled().filter(mended_on__lte=F("due_on"))

    def found_between(self, first: date, last: date) -> Self:
        return self.filter(found_on__gte=first, found_on__lte=last)

    def due_between(self, first: date, last: date) -> Self:
        return self.filter(due_on__gte=first, due_on__lte=last)

    def not_void(self) -> Self:
        return self.exclude(state="void")

    def mine(self, user: User) -> Self:
        """What the person's own units and streets have to mend or to chase."""
        return self.visible_to(user).open()

    def worst_first(self) -> Self:
        grade = Case(
            When(grade=Grade.GRAVE, then=Value(0)),
            When(grade=Grade.SERIOUS, then=Value(1)),
            default=Value(2),
        )
        return self.order_by(grade, "until", "id")

    def loaded(self) -> Self:
        return self.select_related("organ__parent", "plate", "notice__paper", "holder_organ")


class Hazard(OnPlate):
    """`due_on` is the date by which it must be mended, `until` the date by which whoever has it
    now must have done their part. Earlier dates are kept in `limits`, with their calendar."""

    flow = HazardFlow

    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="raised",
        verbose_name="发现时的检查",
    )  # fmt: skip
    item_key = models.CharField("检查项目", max_length=40, blank=True)
    kind = models.CharField("隐患类型", max_length=60)
    grade = models.CharField("等级", max_length=4, choices=Grade.choices)
    detail = models.CharField("情况", max_length=500, blank=True)
    found_at = models.DateTimeField("发现时间")
    found_on = models.DateField("发现日期")
    unit = models.CharField("责任单位", max_length=100)
    unit_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="责任单位（机构）"
    )
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)
    due_on = models.DateField("整改期限")
    calendar = models.CharField("日历版本", max_length=80, blank=True)
    provisional = models.BooleanField("暂定", default=False)
    rule_version = models.CharField("规则版本", max_length=100, blank=True)
    holder = models.CharField("现由", max_length=100, blank=True)
    holder_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="现由（机构）"
    )
    until = models.DateField("办理至", null=True)
    level = models.CharField("督办级别", max_length=16, choices=LEVELS, blank=True)
    next_on = models.DateField("下次升级", null=True)
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, related_name="hazards", verbose_name="整改通知"
    )
    mended_on = models.DateField("整改完成", null=True)
    """The day of the answer that was accepted; where none was asked for, the day it was seen."""
    closed_at = models.DateTimeField("销号时间", null=True)
    ending = models.CharField("办结说明", max_length=500, blank=True)
    state = HazardFlow.field()

    objects: ClassVar[HazardQuerySet] = HazardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "隐患"
        ordering = ["-found_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plate", "item_key"],
                condition=Q(state__in=OPEN) & ~Q(item_key=""),
                name="one_open_hazard_per_item",
            )
        ]
        indexes = [
            models.Index(fields=["organ", "state", "until"], name="hazard_of_organ"),
            models.Index(
                fields=["next_on"], condition=Q(next_on__isnull=False), name="hazard_escalating"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plate}：{self.kind}"

    @property
    def shown(self) -> State:
        return HazardFlow.shown(self)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.until is not None and self.until < clock.today()

    @property
    def until_words(self) -> str:
        if self.until is None:
            return ""
        late = f"（已逾期 {self.days_late} 天）" if self.is_overdue else ""
        return f"{self.until}{late}"

    @property
    def days_late(self) -> int:
        return (clock.today() - self.until).days if self.is_overdue and self.until else 0

    @property
    def photo_ids(self) -> list[UUID]:
        """Of every visit that saw it, the first first."""
        return [UUID(key) for seen in self.sightings.all() for key in seen.photos]


class Sighting(models.Model):
    """A visit that looked at the hazard's item."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="sightings")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="sightings")
    mended = models.BooleanField("已整改")
    comment = models.CharField("说明", max_length=500, blank=True)
    photos: "models.JSONField[Any, list[str]]" = models.JSONField("照片", default=list)
    at = models.DateTimeField("时间")

    objects: models.Manager["Sighting"] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "复查记录"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hazard", "visit"], name="seen_once_per_visit")
        ]

    def __str__(self) -> str:
        return f"{self.hazard} {'已整改' if self.mended else '未整改'}"


class HazardLimit(models.Model):
    """A due date as it was set; the newest one counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="limits")
    due_on = models.DateField("整改期限")
    calendar = models.CharField("日历版本", max_length=80)
    provisional = models.BooleanField("暂定", default=False)
    why = models.CharField("缘由", max_length=20)
    reason = models.CharField("理由", max_length=500, blank=True)
    set_at = models.DateTimeField("设定时间")

    objects: models.Manager["HazardLimit"] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改期限"
        ordering = ["set_at", "id"]

    def __str__(self) -> str:
        return f"{self.due_on}（{self.why}）"


class Escalation(models.Model):
    """One rung of the ladder: when it was to be told, and when it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="escalations")
    level = models.CharField("级别", max_length=16, choices=LEVELS[1:])
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="督办单位")
    state = models.CharField("当时的状态", max_length=24)
    due_on = models.DateField("逾期的期限")
    ought_on = models.DateField("应升级日期")
    done_at = models.DateTimeField("实际升级时间")

    objects: models.Manager["Escalation"] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "逐级督办"
        ordering = ["ought_on", "done_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hazard", "level", "due_on", "state"], name="one_rung_per_limit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hazard} → {self.organ}"

    @property
    def is_late(self) -> bool:
        """The machine stood still when it was to be told."""
        return clock.beijing(self.done_at).date() > self.ought_on
