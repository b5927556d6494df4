"""What belongs to an organ: seen and changed only from that organ and from above it."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

from hudun.core.identity import new_id
from hudun.core.remembered import Remembered

from .organ import Organ

if TYPE_CHECKING:
    from .user import User

M = TypeVar("M", bound=models.Model, covariant=True)


class OwnedQuerySet(models.QuerySet[M]):
    """Reads of a noun with an `organ` foreign key. Nouns extend it with their own."""

    def under(self, organ: Organ) -> Self:
        return self.filter(organ__path__startswith=organ.path)

    def visible_to(self, user: "User") -> Self:
        return self.filter(user.sight("organ__path"))


class OrganOwned(Remembered):
    """The base of every noun in a ledger: a UUIDv7 and the organ it belongs to.

    A noun says which reads it has: `objects = DoorQuerySet.as_manager()`, or
    `objects = OwnedQuerySet["Door"].as_manager()` where it needs none of its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="所属机构")

    class Meta:
        abstract = True
