"""A work on its way to the register of shelters."""

from datetime import date
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from hudun.affairs.works.flow import WorksFlow
from hudun.assets.shelters.models import (
    Chemical,
    Conventional,
    Nuclear,
    PeaceUse,
    Shelter,
    ShelterKind,
    WarUse,
)
from hudun.core.flow import State
from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet
from hudun.core.phone import PHONE
from hudun.core.place import Placed


def area(label: str, help_text: str = "") -> "models.FloatField[Any, Any]":
    limits = [MinValueValidator(0), MaxValueValidator(1_000_000)]
    return models.FloatField(label, null=True, blank=True, validators=limits, help_text=help_text)


def unit(label: str) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=100, blank=True)


class WorkQuerySet(OwnedQuerySet["Work"]):
    def open(self) -> Self:
        return self.filter(state__in=WorksFlow.open_states())

    def accepted_between(self, since: date, until: date) -> Self:
        return self.filter(accepted_on__gte=since, accepted_on__lt=until)

    def numbered_in(self, office: Organ, year: int) -> Self:
        return self.filter(office=office, file_year=year)


class Work(Placed, OrganOwned):
    """`organ` is the 街道 or 社区 it stands in, `office` the district office that accepts it."""

    flow = WorksFlow

    office = models.ForeignKey(
        Organ, models.PROTECT, related_name="+", verbose_name="主管单位", editable=False
    )
    number = models.CharField("项目编号", max_length=40)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类型", max_length=12, choices=ShelterKind.choices)
    war_use = models.CharField(
        "战时功能", max_length=16, choices=WarUse.choices, default=WarUse.UNKNOWN
    )
    peace_use = models.CharField(
        "平时用途", max_length=12, choices=PeaceUse.choices, default=PeaceUse.UNKNOWN
    )
    nuclear = models.CharField("抗核武器", max_length=2, choices=Nuclear.choices, blank=True)
    conventional = models.CharField(
        "抗常规武器", max_length=2, choices=Conventional.choices, blank=True
    )
    chemical = models.CharField("防化", max_length=1, choices=Chemical.choices, blank=True)
    required_m2 = area("应建面积（m²）", "按结建核算。")
    built_m2 = area("建筑面积（m²）")
    shelter_m2 = area("掩蔽面积（m²）")
    capacity = models.PositiveIntegerField(
        "可掩蔽人数", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    fee_document = models.CharField(
        "易地建设费凭证号", max_length=60, blank=True, help_text="少建的部分已缴费时填写。"
    )

    developer = unit("建设单位")
    developer_phone = models.CharField(
        "建设单位电话", max_length=40, blank=True, validators=[PHONE]
    )
    designer, builder = unit("设计单位"), unit("施工单位")
    supervisor = unit("监理单位")
    owner_name, user_name = unit("权属单位"), unit("使用单位")
    maintainer_name = unit("维护单位")

    accepted_on = models.DateField("验收日期", null=True, blank=True)
    quality_body = unit("质量监督机构")
    quality_report = models.CharField("质量监督报告编号", max_length=60, blank=True)
    acceptance_note = models.CharField("验收意见", max_length=500, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    filing_due = models.DateField("备案期限", null=True, blank=True, editable=False)
    shelter_number = models.CharField("工程编号", max_length=40, blank=True)
    shelter: "models.OneToOneField[Any, Any]" = models.OneToOneField(
        Shelter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work",
        verbose_name="人防工程",
        editable=False,
    )
    hung_on = models.DateField("挂牌日期", null=True, blank=True)
    file_year = models.PositiveSmallIntegerField(null=True, editable=False)
    file_serial = models.PositiveIntegerField(null=True, editable=False)
    file_number = models.CharField("档案号", max_length=60, blank=True, editable=False)
    checklist = models.CharField("材料目录版本", max_length=120, editable=False)
    state = WorksFlow.field()

    objects: ClassVar[WorkQuerySet] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "新建工程"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="work_number_once_per_office",
                violation_error_message="这个编号已经用过。",
            ),
            models.UniqueConstraint(
                fields=["office", "file_year", "file_serial"], name="file_number_once_per_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def shown(self) -> State:
        return WorksFlow.shown(self)

    @property
    def short_m2(self) -> float:
        """What was not built of what was due; nothing where either is unknown."""
        if self.required_m2 is None or self.built_m2 is None:
            return 0
        return max(0.0, round(float(self.required_m2) - float(self.built_m2), 2))
