"""The base of what hangs on a plate: it belongs to the organ of the thing, and the units that
answer for the thing see it too."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from hudun.core.organ import OrganOwned, OwnedQuerySet, User
from hudun.core.plate import Plate

M = TypeVar("M", bound=models.Model, covariant=True)


class OnPlateQuerySet(OwnedQuerySet[M]):
    def visible_to(self, user: User) -> Self:
        answered = Plate.units.through.objects.filter(user.sight("organ__path"))
        answered_for = Q(plate__in=answered.values("plate"))
        return self.filter(user.sight("organ__path") | answered_for)

    def of_plate(self, plate: Plate) -> Self:
        return self.filter(plate=plate)


class OnPlate(OrganOwned):
    plate: "models.ForeignKey[Any, Plate]" = models.ForeignKey(
        Plate, models.PROTECT, related_name="+", verbose_name="检查对象"
    )

    class Meta:
        abstract = True
