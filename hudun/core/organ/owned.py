"""What belongs to an organ: seen and changed only from that organ and from above it."""

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import models

from ..identity import new_id
from ..remembered import Remembered
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
    """The base of every noun in a ledger: a UUIDv7 and the organ it belongs to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="所属机构")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True
