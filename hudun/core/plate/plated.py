"""What a thing says about itself to those who only know its plate."""

from typing import ClassVar, Literal, NamedTuple

from django.db import models

from hudun.core.organ import Organ

from .sheets.sheet import Sheet

ContactRole = Literal["owner", "user", "maintainer"]


class Contact(NamedTuple):
    """A unit that answers for the thing. `organ` is its node in the tree, where it has one."""

    role: ContactRole
    unit: str
    person: str = ""
    phone: str = ""
    email: str = ""
    organ: Organ | None = None


class Plated(models.Model):
    """Mixed into a noun with an `organ`; adds nothing to its table. Its register action calls
    `give_plate`, its edit action `follow`, its void `withdraw_plate`."""

    plate_slug: ClassVar[str]
    """The kind of thing; also the slug of its ledger."""
    plate_needs: ClassVar[tuple[str, ...]] = ()
    """Relations that the answers below ask for: loaded for many plates at once."""
    plate_sheets: ClassVar[tuple[Sheet, ...]] = ()
    """The sheets that are printed for it."""

    class Meta:
        abstract = True

    def plate_title(self) -> str:
        return str(self)

    def plate_register(self) -> list[tuple[str, str]]:
        """Label and value: what an inspector sees first. No person's name or phone."""
        return []

    def plate_public(self) -> list[tuple[str, str]] | None:
        """What everybody may read; None where nothing may be published."""
        return None

    def plate_contacts(self) -> list[Contact]:
        return []

    def plate_area_m2(self) -> float | None:
        """The size that money for upkeep is reckoned by; None where it is not known."""
        return None

    def plate_systems(self) -> frozenset[str]:
        """The systems it has that are maintained, by the names of the maintenance periods."""
        return frozenset()

    def plate_office(self) -> str:
        """Who has put the plate up."""
        organ: Organ = self.organ  # type: ignore[attr-defined]
        return organ.seat().name

    def plate_board(self) -> list[tuple[str, str]]:
        """What stands on an overview board: on the wall everybody reads it."""
        return self.plate_public() or []
