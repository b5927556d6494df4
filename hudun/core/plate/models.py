"""A plate: a code that everybody may scan, and the thing that it hangs on."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from hudun.core.organ import Organ, OrganOwned, OwnedQuerySet, User

from .code import new_code, read_code, spaced
from .kinds import kinds
from .plated import Plated

TITLE_LENGTH = 200


class PlateQuerySet(OwnedQuerySet["Plate"]):
    def visible_to(self, user: User) -> Self:
        """In one's subtree, or answered for by one's unit."""
        answered = Plate.units.through.objects.filter(user.sight("organ__path"))
        return self.filter(user.sight("organ__path") | Q(pk__in=answered.values("plate")))

    def active(self) -> Self:
        return self.filter(withdrawn_at=None)

    def kind(self, slug: str) -> Self:
        return self.filter(kind=slug)

    def of(self, record: Plated) -> Self:
        return self.filter(kind=record.plate_slug, object_id=str(record.pk))

    def by_code(self, text: str) -> Self:
        """One or none; as somebody typed it."""
        return self.filter(code=read_code(text))

    def with_assets(self) -> "list[Plate]":
        """The plates, with one query a kind for what they hang on."""
        return load_assets(self)


class Plate(OrganOwned):
    """`organ` is that of the thing, `units` the nodes of the units that answer for it."""

    code = models.CharField("牌号", max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField("类别", max_length=40)
    object_id = models.CharField(max_length=64)
    title = models.CharField("名称", max_length=TITLE_LENGTH)
    issued_at = models.DateTimeField("发牌时间")
    withdrawn_at = models.DateTimeField("收回时间", null=True, blank=True)
    units: "models.ManyToManyField[Organ, Any]" = models.ManyToManyField(
        Organ, related_name="+", blank=True, verbose_name="责任单位"
    )

    objects = PlateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "标识牌"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                condition=Q(withdrawn_at=None),
                name="one_active_plate_per_thing",
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="plate_thing")]

    def __str__(self) -> str:
        return self.title

    @property
    def spaced_code(self) -> str:
        return spaced(self.code)

    @property
    def path(self) -> str:
        """One address for everybody; what it shows depends on who asks."""
        return f"/p/{self.code}/"

    @property
    def url(self) -> str:
        """What the QR code says."""
        return f"{settings.OFFICE_URL.rstrip('/')}{self.path}"

    @property
    def page(self) -> str:
        """The page of the thing in its ledger; empty where it has none."""
        try:
            return reverse(f"{self.kind}-detail", kwargs={"pk": self.object_id})
        except NoReverseMatch:
            return ""

    @cached_property
    def asset(self) -> Plated:
        """What it hangs on."""
        found: Plated = kinds()[self.kind]._base_manager.get(pk=self.object_id)
        return found


def load_assets(plates: Iterable[Plate]) -> list[Plate]:
    listed = list(plates)
    for slug in {plate.kind for plate in listed}:
        here = [plate for plate in listed if plate.kind == slug]
        model = kinds()[slug]
        things = model._base_manager.prefetch_related(*model.plate_needs)
        found = things.in_bulk([plate.object_id for plate in here])
        assets = {str(key): asset for key, asset in found.items()}
        for plate in here:
            plate.__dict__["asset"] = assets[plate.object_id]
    return listed
