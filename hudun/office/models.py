"""The office that an organ runs, the units in its district, and who is on duty when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from hudun.core import clock
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet, User
from hudun.core.remembered import Remembered
from hudun.office.credit_code import check_credit_code


class OfficeQuerySet(models.QuerySet["Office"]):
    def of(self, organ: Organ) -> "Office | None":
        """The office in charge of an organ: its own, or the nearest above it."""
        above = self.filter(organ__path__in=organ.paths_above())
        return above.order_by("-organ__depth").select_related("organ").first()

    def visible_to(self, user: User) -> Self:
        return self.filter(user.sight("organ__path"))


class Office(Remembered):
    """人防办. Its organ is the district, so that what it sees is the whole district."""

    organ = models.OneToOneField(
        Organ, models.PROTECT, primary_key=True, related_name="office", verbose_name="机构"
    )
    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=50)
    paper_prefix = models.CharField("发文代字", max_length=20, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    duty_phone = models.CharField("值班电话", max_length=30, blank=True)
    opened_at = models.DateTimeField("开办时间")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机关"

    def __str__(self) -> str:
        return self.short_name


class Nature(models.TextChoices):
    PROPERTY = "property", "物业公司"
    SITED = "sited", "设点单位"
    SCHOOL = "school", "学校"
    GOVERNMENT = "government", "机关"
    COMPANY = "company", "企业"
    OTHER = "other", "其他"


class UnitQuerySet(OwnedQuerySet["Unit"]):
    def active(self) -> Self:
        return self.filter(closed_at=None)


class Unit(OrganOwned):
    """A unit lies in a street or community, its `organ`. Its own `node` below that is the organ
    in which its people hold posts."""

    node = models.OneToOneField(
        Organ, models.PROTECT, related_name="unit", editable=False, verbose_name="机构"
    )
    name = models.CharField("名称", max_length=100)
    nature = models.CharField("性质", max_length=16, choices=Nature.choices)
    credit_code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        unique=True,
        null=True,
        blank=True,
        validators=[check_credit_code],
    )
    address = models.CharField("地址", max_length=200, blank=True)
    contact = models.CharField("联系人", max_length=50, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    closed_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["organ__path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "name"],
                condition=Q(closed_at=None),
                name="one_unit_of_a_name_per_place",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ShiftKind(models.TextChoices):
    LEAD = "lead", "带班"
    DUTY = "duty", "值班"
    STANDBY = "standby", "备班"


class ShiftQuerySet(OwnedQuerySet["Shift"]):
    def standing(self) -> Self:
        """Not cancelled."""
        return self.filter(cancelled_at=None)

    def at(self, moment: datetime) -> Self:
        """Who is on duty at that moment."""
        return self.standing().filter(begins__lte=moment, ends__gt=moment)

    def now(self) -> Self:
        return self.at(clock.now())

    def between(self, begins: datetime, ends: datetime) -> Self:
        """Every shift that touches the period."""
        return self.standing().filter(begins__lt=ends, ends__gt=begins)


class Shift(OrganOwned):
    person = models.ForeignKey(User, models.PROTECT, related_name="shifts", verbose_name="值班人员")
    kind = models.CharField("班别", max_length=8, choices=ShiftKind.choices)
    begins = models.DateTimeField("开始")
    ends = models.DateTimeField("结束")
    note = models.CharField("备注", max_length=200, blank=True)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "班次"
        ordering = ["begins", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")), name="shift_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        begins, ends = clock.beijing(self.begins), clock.beijing(self.ends)
        return f"{self.person} {begins:%m-%d %H:%M} 至 {ends:%m-%d %H:%M}"
