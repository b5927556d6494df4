"""人防工程: one shelter. What is not known is empty and counted, never guessed."""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from hudun.assets.shelters.flow import ON_REGISTER, ShelterFlow
from hudun.assets.shelters.plates import SHEETS
from hudun.assets.shelters.problems import HIGHEST
from hudun.core.organ import Organ, OrganKind, OrganOwned, OwnedQuerySet, User
from hudun.core.place import Placed
from hudun.core.plate import Contact, Plated

from . import fields
from .choices import (
    OF_EARLY,
    Category,
    Chemical,
    Condition,
    Conventional,
    Nuclear,
    PeaceUse,
    Secrecy,
    ShelterKind,
    System,
    WarUse,
)

EARLY_UNTIL = 1980
"""早期工程: built in this year or before."""
CONTACTS = ("owner", "user", "maintainer")
UNKNOWN = "未知"


def answering(user: User) -> list[UUID]:
    """The units in whose own node the person holds a post now."""
    paths = [post.path for post in user.held]
    nodes = Organ.objects.kind(OrganKind.UNIT).filter(path__in=paths)
    return list(nodes.values_list("pk", flat=True))


def answered_by(nodes: Sequence[UUID], prefix: str = "") -> Q:
    found = Q()
    for role in CONTACTS:
        found |= Q(**{f"{prefix}{role}_organ__in": nodes})
    return found


class ShelterQuerySet(OwnedQuerySet["Shelter"]):
    def visible_to(self, user: User) -> Self:
        """In one's subtree, or answered for by one's unit."""
        nodes = answering(user)
        sight = user.sight("organ__path")
        return self.filter(sight | answered_by(nodes) if nodes else sight)

    def standing(self) -> Self:
        """On the register: neither scrapped nor void."""
        return self.filter(state__in=ON_REGISTER)

    def registered_by(self, day: date) -> Self:
        return self.filter(Q(built_year=None) | Q(built_year__lte=day.year))

    def early(self) -> Self:
        return self.filter(category=Category.EARLY)

    def public(self) -> Self:
        return self.filter(public=True, secrecy=Secrecy.NONE)

    def placed(self) -> Self:
        return self.exclude(lon=None)

    def unplaced(self) -> Self:
        return self.filter(lon=None)

    def capacity_known(self) -> Self:
        return self.exclude(capacity=None)

    def capacity_unknown(self) -> Self:
        return self.filter(capacity=None)

    def condition_known(self) -> Self:
        return self.exclude(condition=Condition.UNKNOWN)

    def for_pages(self) -> Self:
        """With what a row shows, so that a list asks no further question."""
        return self.select_related("organ__parent", "office")


class Shelter(Plated, Placed, OrganOwned):
    """`organ` is the 街道 or 社区 it stands in, `office` the district office that keeps it."""

    flow = ShelterFlow
    plate_slug = "shelters"
    plate_needs = ("equipment", "owner_organ", "user_organ", "maintainer_organ")
    plate_sheets = SHEETS

    office = models.ForeignKey(
        Organ, models.PROTECT, related_name="+", verbose_name="主管单位", editable=False
    )
    number = models.CharField("工程编号", max_length=40)
    name = models.CharField("名称", max_length=100)
    category = models.CharField(
        "分类",
        max_length=10,
        choices=Category.choices,
        default=Category.UNKNOWN,
        help_text="1980 年及以前建成的为早期工程；填了建成年份时可不选。",
    )
    kind = models.CharField("类型", max_length=12, choices=ShelterKind.choices)
    built_year = models.PositiveSmallIntegerField(
        "建成年份",
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
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
    built_m2 = fields.area("建筑面积（m²）")
    usable_m2 = fields.area("使用面积（m²）")
    shelter_m2 = fields.area("掩蔽面积（m²）")
    capacity = models.PositiveIntegerField(
        "可掩蔽人数", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    condition = models.CharField(
        "工程状况", max_length=8, choices=Condition.choices, default=Condition.UNKNOWN
    )
    state = ShelterFlow.field()

    owner_name, owner_person = fields.unit("权属单位"), fields.person("权属单位联系人")
    owner_phone, owner_email = fields.phone("权属单位电话"), fields.email("权属单位邮箱")
    owner_organ = fields.node()
    user_name, user_person = fields.unit("使用单位"), fields.person("使用单位联系人")
    user_phone, user_email = fields.phone("使用单位电话"), fields.email("使用单位邮箱")
    user_organ = fields.node()
    maintainer_name, maintainer_person = fields.unit("维护单位"), fields.person("维护单位联系人")
    maintainer_phone, maintainer_email = fields.phone("维护单位电话"), fields.email("维护单位邮箱")
    maintainer_organ = fields.node()

    secrecy = models.CharField(
        "密级",
        max_length=8,
        choices=Secrecy.choices,
        default=Secrecy.NONE,
        help_text="最高为工作秘密；国家秘密不得存入本系统。",
        error_messages={"invalid_choice": HIGHEST},
    )
    public = models.BooleanField("已公开", default=False, editable=False)
    file_number = models.CharField("档案号", max_length=60, blank=True)
    scrap_document = models.CharField("报废批准文号", max_length=60, blank=True, editable=False)
    remark = models.CharField("备注", max_length=500, blank=True)

    objects = ShelterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人防工程"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"],
                name="shelter_number_once_per_office",
                violation_error_message="这个编号已经用过。",
            )
        ]
        indexes = [
            models.Index(fields=["number", "id", "organ"], name="shelter_in_order"),
            models.Index(fields=["lon", "lat"], name="shelter_place"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def clean(self) -> None:
        super().clean()
        self.classify()

    def classify(self) -> None:
        """The year tells the early ones; who says otherwise is asked."""
        if self.built_year is None or self.category == Category.DUAL:
            return
        early = self.built_year <= EARLY_UNTIL
        if self.category == Category.UNKNOWN:
            self.category = Category.EARLY if early else Category.STANDARD
        if early != (self.category == Category.EARLY):
            raise ValidationError({"category": f"与建成年份 {self.built_year} 不符。"})

    @property
    def street(self) -> str:
        """街镇; a community lies in one, a street is its own."""
        organ = self.organ
        if organ.kind == OrganKind.COMMUNITY and organ.parent is not None:
            return organ.parent.name
        return organ.name if organ.kind == OrganKind.SUBDISTRICT else ""

    @property
    def community(self) -> str:
        return self.organ.name if self.organ.kind == OrganKind.COMMUNITY else ""

    @property
    def grade(self) -> str:
        """Protection in one word: 核6 常6 丙级."""
        parts = (
            self.get_nuclear_display(),
            self.get_conventional_display(),
            self.get_chemical_display(),
        )
        return " ".join(str(part) for part in parts if part)

    @property
    def gaps(self) -> str:
        """What nobody has told yet and a count has to name."""
        asked = {
            "建成年份": self.built_year,
            "建筑面积": self.built_m2,
            "可掩蔽人数": self.capacity,
            "位置": self.lon,
        }
        return "、".join(label for label, value in asked.items() if value is None)

    # What a plate says.

    def plate_title(self) -> str:
        return self.name

    def plate_register(self) -> list[tuple[str, str]]:
        return [
            ("工程编号", self.number),
            ("类型", f"{self.get_kind_display()}，{self.get_category_display()}"),
            ("地址", self.address or UNKNOWN),
            ("防护等级", self.grade or UNKNOWN),
            ("战时功能", self.get_war_use_display()),
            ("平时用途", self.get_peace_use_display()),
            ("可掩蔽人数", _known(self.capacity, "人")),
            ("状态", ShelterFlow.shown(self).label),
            ("维护单位", self.maintainer_name or UNKNOWN),
        ]

    def plate_public(self) -> list[tuple[str, str]] | None:
        if not self.public or self.secrecy != Secrecy.NONE:
            return None
        return [
            ("名称", self.name),
            ("地址", self.address or UNKNOWN),
            ("平时用途", self.get_peace_use_display()),
            ("可掩蔽人数", _known(self.capacity, "人")),
        ]

    def plate_office(self) -> str:
        return f"{self.office.name}人民防空办公室"

    def plate_board(self) -> list[tuple[str, str]]:
        unit = [("维护单位", self.maintainer_name)] if self.maintainer_name else []
        return [*(self.plate_public() or []), *unit]

    def plate_contacts(self) -> list[Contact]:
        units = [
            Contact("owner", self.owner_name, self.owner_person, self.owner_phone,
                    self.owner_email, self.owner_organ),
            Contact("user", self.user_name, self.user_person, self.user_phone,
                    self.user_email, self.user_organ),
            Contact("maintainer", self.maintainer_name, self.maintainer_person,
                    self.maintainer_phone, self.maintainer_email, self.maintainer_organ),
        ]  # fmt: skip
        return [contact for contact in units if contact.unit]

    def plate_area_m2(self) -> float | None:
        area: float | None = self.built_m2
        return area

    def plate_systems(self) -> frozenset[str]:
        """By its equipment. Where none is listed, all that such a work has: rather a check too
        many than one too few."""
        listed = {part.system for part in self.equipment.all() if part.removed_at is None}
        if listed:
            return frozenset({System.STRUCTURE.value, *listed})
        return OF_EARLY if self.category == Category.EARLY else frozenset(System.values)


def _known(value: float | None, unit: str) -> str:
    return UNKNOWN if value is None else f"{value:,} {unit}"
