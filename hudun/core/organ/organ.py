"""An organ: a division of the country or a unit in it. Its path names everything above it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from hudun.core.identity import new_id
from hudun.core.remembered import Remembered

if TYPE_CHECKING:
    from .user import User


class OrganKind(models.TextChoices):
    PROVINCE = "province", "省"
    CITY = "city", "市"
    DISTRICT = "district", "区县"
    SUBDISTRICT = "subdistrict", "街道乡镇"
    COMMUNITY = "community", "社区村"
    OFFICE = "office", "机关"
    UNIT = "unit", "单位"


class OrganQuerySet(models.QuerySet["Organ"]):
    def under(self, organ: "Organ") -> "OrganQuerySet":
        """The organ itself and everything below it."""
        return self.filter(path__startswith=organ.path)

    def above(self, organ: "Organ") -> "OrganQuerySet":
        """The organ itself and everything above it, from the top."""
        return self.filter(path__in=organ.paths_above()).order_by("depth")

    def visible_to(self, user: "User") -> "OrganQuerySet":
        return self.filter(user.sight("path"))

    def kind(self, *kinds: OrganKind) -> "OrganQuerySet":
        return self.filter(kind__in=kinds)

    def active(self) -> "OrganQuerySet":
        return self.filter(closed_at=None)

    def plant(
        self, kind: OrganKind, name: str, *, code: str | None = None, parent: "Organ | None" = None
    ) -> "Organ":
        """Stores a new organ below its parent."""
        organ = Organ(kind=kind, name=name, code=code, parent=parent)
        organ.place_below(parent)
        organ.save(force_insert=True)
        return organ


class Organ(Remembered):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField("区划代码", max_length=12, unique=True, null=True, blank=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=16, choices=OrganKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField(max_length=255, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)
    address = models.CharField("地址", max_length=200, blank=True)
    contact = models.CharField("联系人", max_length=50, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    closed_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=OrganKind.PROVINCE, parent=None) | Q(parent__isnull=False),
                name="only_a_province_stands_alone",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organ(self) -> "Organ":
        """An organ is its own place in the tree."""
        return self

    @property
    def organ_id(self) -> UUID:
        return self.id

    @property
    def province(self) -> str:
        """Two-digit code of the province; rules are looked up by it."""
        return self.path.strip("/").partition("/")[0]

    def place_below(self, parent: "Organ | None") -> None:
        """Sets path and depth; the path is made of codes, or of the id where there is none."""
        self.parent = parent
        self.path = f"{parent.path if parent else '/'}{self.code or self.id.hex}/"
        self.depth = parent.depth + 1 if parent else 0

    def paths_above(self) -> list[str]:
        """The paths of all organs from the top down to this one."""
        steps = self.path.strip("/").split("/")
        return [f"/{'/'.join(steps[: i + 1])}/" for i in range(len(steps))]

    def contains(self, other: "Organ") -> bool:
        return other.path.startswith(self.path)

    def full_name(self) -> str:
        return "".join(organ.name for organ in Organ.objects.above(self))

    def seat(self) -> "Organ":
        """The organ in whose name papers are issued and the journal is kept: the district that
        this organ lies in, or the organ itself where there is no district above it. Remembered
        as a foreign key is."""
        if self.kind == OrganKind.DISTRICT:
            return self
        known: tuple[str, Organ] | None = self.__dict__.get("_seat")
        if known is None or known[0] != self.path:
            found = Organ.objects.above(self).kind(OrganKind.DISTRICT).first()
            self.__dict__["_seat"] = known = self.path, found or self
        return known[1]
