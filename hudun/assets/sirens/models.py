"""Sirens and the groups in which they are ordered."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet
from hudun.core.phone import PHONE
from hudun.core.place import Placed
from hudun.core.plate import Contact, Plated

from .flow import STANDING, SirenFlow

ON_REGISTER = (*STANDING, "removal_approved")
WIRE_LIMIT = 65535
"""The largest siren or group number that an order frame is sized for."""

number_limits = [MinValueValidator(1), MaxValueValidator(WIRE_LIMIT)]


class SirenKind(models.TextChoices):
    MOTOR = "motor", "电动"
    ELECTRONIC = "electronic", "电声"
    MULTIMEDIA = "multimedia", "多媒体"
    VEHICLE = "vehicle", "车载"
    HAND = "hand", "手摇"
    PNEUMATIC = "pneumatic", "气动"


class SirenControl(models.TextChoices):
    NETWORK = "network", "网络遥控"
    RADIO = "radio", "无线遥控"
    WIRED = "wired", "有线遥控"
    BOTH = "both", "有线与无线"
    LOCAL = "local", "本地手动"


class SirenGroup(OrganOwned):
    """A group of sirens that an order can name by number. `organ` is the office."""

    number = models.PositiveIntegerField("组号", validators=number_limits)
    name = models.CharField("组名", max_length=50)

    objects = OwnedQuerySet["SirenGroup"].as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "警报器分组"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                name="group_number_once_per_office",
                violation_error_message="这个组号已经用过。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class SirenQuerySet(OwnedQuerySet["Siren"]):
    def standing(self) -> Self:
        """On the register: built and not removed. The denominator of 完好率."""
        return self.filter(state__in=ON_REGISTER)

    def working(self) -> Self:
        return self.filter(state="in_service")

    def orderable(self) -> Self:
        """May be named by an order: standing, whether it works or not."""
        return self.standing()

    def with_terminal(self) -> Self:
        """Obeys frames; the others are started by hand."""
        return self.exclude(terminal_key=None)

    def hand_started(self) -> Self:
        return self.filter(terminal_key=None)

    def central(self) -> Self:
        return self.filter(central_control=True)

    def numbered(self, numbers: Iterable[int]) -> Self:
        """No database takes a number of any size; no siren has one."""
        known = [number for number in numbers if 0 < number <= WIRE_LIMIT]
        return self.filter(number__in=known)

    def in_groups(self, *numbers: int) -> Self:
        return self.filter(groups__number__in=numbers).distinct()

    def state_counts(self) -> dict[str, int]:
        counted = self.order_by().values_list("state").annotate(count=models.Count("pk"))
        return dict(counted)

    def registered_by(self, day: date) -> Self:
        return self.filter(Q(installed_on=None) | Q(installed_on__lte=day))

    def for_pages(self) -> Self:
        """With what a row shows, so that a list asks no further question."""
        return self.select_related("organ__parent", "office")


class Siren(Plated, Placed, OrganOwned):
    """`organ` is the 街道 or 社区 it stands in, `office` the district office that orders it."""

    flow = SirenFlow
    plate_slug = "sirens"

    office = models.ForeignKey(
        Organ, models.PROTECT, related_name="+", verbose_name="主管单位", editable=False
    )
    number = models.PositiveIntegerField("编号", validators=number_limits)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=12, choices=SirenKind.choices)
    model_name = models.CharField("型号", max_length=60, blank=True)
    power_w = models.PositiveIntegerField("功率（W）", null=True, blank=True)
    position = models.CharField("安装位置", max_length=100, blank=True)
    height_m = models.FloatField(
        "高度（m）",
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(600)],
    )
    installed_on = models.DateField("安装时间", null=True, blank=True)
    radius_m = models.PositiveIntegerField("音响覆盖半径（m）", null=True, blank=True)
    spl30_db = models.FloatField(
        "30 m 处声压级（dB）",
        null=True,
        blank=True,
        validators=[MinValueValidator(60), MaxValueValidator(150)],
    )
    control = models.CharField(
        "控制方式", max_length=12, choices=SirenControl.choices, default=SirenControl.NETWORK
    )
    central_control = models.BooleanField("纳入统控", default=True)
    state = SirenFlow.field()
    condition = models.CharField("设备状况", max_length=200, blank=True)

    site_name = models.CharField("设点单位", max_length=100, blank=True)
    site_address = models.CharField("设点单位地址", max_length=200, blank=True)
    site_keeper = models.CharField("设点单位管理人", max_length=50, blank=True)
    site_phone = models.CharField("设点单位电话", max_length=40, blank=True, validators=[PHONE])
    upkeep_name = models.CharField("维护管理部门", max_length=100, blank=True)
    upkeep_keeper = models.CharField("维护管理人", max_length=50, blank=True)
    upkeep_phone = models.CharField("维护管理电话", max_length=40, blank=True, validators=[PHONE])

    terminal_key = models.CharField(
        "终端公钥",
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$", "公钥是 64 位十六进制数字。")],
    )
    groups: "models.ManyToManyField[SirenGroup, Any]" = models.ManyToManyField(
        SirenGroup, related_name="sirens", blank=True, verbose_name="分组"
    )
    removal_document = models.CharField("拆除批准文号", max_length=60, blank=True, editable=False)

    objects = SirenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "警报器"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="siren_number_once_per_office",
                violation_error_message="这个编号已经用过。",
            )
        ]
        indexes = [models.Index(fields=["office", "state"], name="siren_office_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def street(self) -> str:
        """街镇; a community lies in one, a street is its own."""
        organ = self.organ
        if organ.kind == "community" and organ.parent is not None:
            return organ.parent.name
        return organ.name if organ.kind == "subdistrict" else ""

    @property
    def community(self) -> str:
        return self.organ.name if self.organ.kind == "community" else ""

    @property
    def district(self) -> str:
        return self.office.name

    @property
    def has_terminal(self) -> bool:
        return self.terminal_key is not None

    def plate_title(self) -> str:
        return f"{self.number} 号警报器（{self.name}）"

    def plate_register(self) -> list[tuple[str, str]]:
        return [
            ("类型", self.get_kind_display()),
            ("型号", self.model_name),
            ("地址", self.address),
            ("安装位置", self.position),
            ("状态", SirenFlow.shown(self).label),
        ]

    def plate_contacts(self) -> list[Contact]:
        units = [
            Contact("owner", self.site_name, self.site_keeper, self.site_phone),
            Contact("maintainer", self.upkeep_name, self.upkeep_keeper, self.upkeep_phone),
        ]
        return [contact for contact in units if contact.unit]
