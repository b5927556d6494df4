"""A place proposed for a siren, until the siren is on the register."""

from datetime import date
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from hudun.affairs.coverage.flow import SiteFlow
from hudun.assets.sirens.models import Siren, SirenControl, SirenKind, number_limits
from hudun.core.flow import State
from hudun.core.money import FenField, in_words
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet
from hudun.core.phone import PHONE
from hudun.core.place import Placed
from hudun.core.planner import Run


class Stand(models.TextChoices):
    ROOF = "roof", "屋顶"
    TOWER = "tower", "铁塔、立杆"
    GROUND = "ground", "地面"


class SiteQuerySet(OwnedQuerySet["Site"]):
    def open(self) -> Self:
        return self.filter(state__in=SiteFlow.open_states())

    def agreed(self) -> Self:
        """Approved and not yet on the register: to be reckoned with."""
        return self.filter(state__in=("approved", "installed", "commissioned"))

    def filed_between(self, first: date, last: date) -> Self:
        return self.filter(state="filed", commissioned_on__gte=first, commissioned_on__lte=last)

    def of_run(self, run: Run) -> Self:
        return self.filter(run=run)

    def standing(self) -> Self:
        """Neither refused nor void."""
        return self.exclude(state__in=("refused", "void"))

    def for_pages(self) -> Self:
        return self.select_related("organ__parent", "office", "siren")


def amount(label: str, most: float, help_text: str = "") -> "models.FloatField[Any, Any]":
    limits = [MinValueValidator(0), MaxValueValidator(most)]
    return models.FloatField(label, null=True, blank=True, validators=limits, help_text=help_text)


def text(label: str, length: int = 100) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=length, blank=True)


def phone(label: str) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=40, blank=True, validators=[PHONE])


class Site(Placed, OrganOwned):
    """`organ` is the 街道 or 社区 it lies in, `office` the district office that decides."""

    flow = SiteFlow

    office = models.ForeignKey(
        Organ, models.PROTECT, related_name="+", verbose_name="主管单位", editable=False
    )
    number = models.CharField("选址编号", max_length=40)
    name = models.CharField("名称", max_length=80)
    stand = models.CharField("设置方式", max_length=8, choices=Stand.choices, default=Stand.ROOF)
    position = text("安装位置")
    height_m = amount("高度（m）", 600, "喇叭离地面多高。装在屋顶的，从地面算起。")
    kind = models.CharField("警报器类型", max_length=12, choices=SirenKind.choices)
    model_name = text("型号", 60)
    power_w = models.PositiveIntegerField("功率（W）", null=True, blank=True)
    spl30_db = models.FloatField(
        "30 m 处声压级（dB）", null=True, blank=True,
        validators=[MinValueValidator(60), MaxValueValidator(150)],
    )  # fmt: skip
    radius_m = models.PositiveIntegerField("音响覆盖半径（m）", null=True, blank=True)
    control = models.CharField(
        "控制方式", max_length=12, choices=SirenControl.choices, default=SirenControl.NETWORK
    )
    central_control = models.BooleanField("纳入统控", default=True)

    site_name, site_address = text("设点单位"), text("设点单位地址", 200)
    site_keeper, site_phone = text("设点单位管理人", 50), phone("设点单位电话")
    upkeep_name = text("维护管理部门")
    upkeep_keeper, upkeep_phone = text("维护管理人", 50), phone("维护管理电话")

    grounds = models.TextField("选址理由", max_length=1000)
    cost_fen = FenField("估算费用（元）", null=True, blank=True)
    added_people = amount("新增可闻人口", 1e8)
    added_km2 = amount("新增覆盖面积（km²）", 1e5)
    basis = text("测算依据", 300)
    run = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="sites", verbose_name="选址测算"
    )

    approval_document = text("批准文号", 60)
    installed_on = models.DateField("安装日期", null=True, blank=True)
    installer = text("安装单位")
    commissioned_on = models.DateField("调试日期", null=True, blank=True)
    commissioning = models.CharField("调试情况", max_length=300, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    siren_number = models.PositiveIntegerField(
        "警报器编号", null=True, blank=True, validators=number_limits
    )
    siren = models.OneToOneField(
        Siren, models.PROTECT, null=True, blank=True, related_name="siting", verbose_name="警报器"
    )
    state = SiteFlow.field()

    objects: ClassVar[SiteQuerySet] = SiteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "警报器选址"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="site_number_once_per_office",
                violation_error_message="这个编号已经用过。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def shown(self) -> State:
        return SiteFlow.shown(self)

    @property
    def cost_words(self) -> str:
        return "" if self.cost_fen is None else in_words(self.cost_fen)
