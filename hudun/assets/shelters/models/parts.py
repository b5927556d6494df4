"""What a shelter is made of: 防护单元, 口部, 设备. `organ` is always that of the shelter."""

from typing import Any, Self, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from hudun.core.organ import OrganOwned, OwnedQuerySet, User
from hudun.core.place import Placed

from .choices import (
    ENTRANCES,
    Chemical,
    Condition,
    Conventional,
    Nuclear,
    OpeningKind,
    System,
    WarUse,
)
from .fields import area
from .shelter import Shelter, answered_by, answering

M = TypeVar("M", bound=models.Model, covariant=True)


class PartQuerySet(OwnedQuerySet[M]):
    def visible_to(self, user: User) -> Self:
        """As the shelter is."""
        nodes = answering(user)
        sight = user.sight("organ__path")
        return self.filter(sight | answered_by(nodes, "shelter__") if nodes else sight)

    def in_place(self) -> Self:
        return self.filter(removed_at=None)

    def of(self, shelter: Shelter) -> Self:
        return self.in_place().filter(shelter=shelter)


class OpeningQuerySet(PartQuerySet["Opening"]):
    def entrances(self) -> Self:
        """Through which people come in."""
        return self.in_place().filter(kind__in=ENTRANCES)


def _once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["shelter", "number"],
        condition=Q(removed_at=None),
        name=name,
        violation_error_message="这个编号已经用过。",
    )


class Part(OrganOwned):
    shelter: "models.ForeignKey[Any, Any]"
    number = models.CharField("编号", max_length=30)
    remark = models.CharField("备注", max_length=300, blank=True)
    removed_at = models.DateTimeField("拆除时间", null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def locate(self) -> None:
        """Where it has a place of its own: works out the true coordinates."""


class ProtectiveUnit(Part):
    """防护单元: what stands for itself when the next one is breached; at most 2,000 m²."""

    shelter = models.ForeignKey(
        Shelter, models.PROTECT, related_name="units", verbose_name="所属工程"
    )
    war_use = models.CharField(
        "战时功能", max_length=16, choices=WarUse.choices, default=WarUse.UNKNOWN
    )
    nuclear = models.CharField("抗核武器", max_length=2, choices=Nuclear.choices, blank=True)
    conventional = models.CharField(
        "抗常规武器", max_length=2, choices=Conventional.choices, blank=True
    )
    chemical = models.CharField("防化", max_length=1, choices=Chemical.choices, blank=True)
    built_m2 = area("建筑面积（m²）")
    shelter_m2 = area("掩蔽面积（m²）")
    capacity = models.PositiveIntegerField("可掩蔽人数", null=True, blank=True)

    objects = PartQuerySet["ProtectiveUnit"].as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "防护单元"
        ordering = ["shelter__number", "number"]
        constraints = [_once("unit_number_once_per_shelter")]

    def __str__(self) -> str:
        return f"{self.shelter.name} 防护单元 {self.number}"


class Opening(Placed, Part):
    """口部, where people, vehicles or air come in; entrances are what a siting plan counts."""

    shelter = models.ForeignKey(
        Shelter, models.PROTECT, related_name="openings", verbose_name="所属工程"
    )
    kind = models.CharField("类型", max_length=10, choices=OpeningKind.choices)
    clear_width_m = models.FloatField(
        "净宽（m）",
        null=True,
        blank=True,
        validators=[MinValueValidator(0.1), MaxValueValidator(30)],
    )
    clear_height_m = models.FloatField(
        "净高（m）",
        null=True,
        blank=True,
        validators=[MinValueValidator(0.1), MaxValueValidator(20)],
    )

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "口部"
        ordering = ["shelter__number", "number"]
        constraints = [_once("opening_number_once_per_shelter")]

    def __str__(self) -> str:
        return f"{self.shelter.name} {self.get_kind_display()} {self.number}"


class Equipment(Part):
    shelter = models.ForeignKey(
        Shelter, models.PROTECT, related_name="equipment", verbose_name="所属工程"
    )
    system = models.CharField("系统", max_length=8, choices=System.choices)
    name = models.CharField("名称", max_length=60)
    model_name = models.CharField("型号", max_length=60, blank=True)
    quantity = models.PositiveIntegerField("数量", null=True, blank=True)
    installed_year = models.PositiveSmallIntegerField(
        "安装年份",
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    position = models.CharField("安装位置", max_length=100, blank=True)
    condition = models.CharField(
        "状况", max_length=8, choices=Condition.choices, default=Condition.UNKNOWN
    )

    objects = PartQuerySet["Equipment"].as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "设备"
        ordering = ["shelter__number", "number"]
        constraints = [_once("equipment_number_once_per_shelter")]

    def __str__(self) -> str:
        return f"{self.shelter.name} {self.name} {self.number}"
