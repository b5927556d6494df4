"""What stands under a shelter on its page: {% load shelters %}."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Model

from hudun.assets.shelters import actions
from hudun.assets.shelters.ledger import EquipmentLedger, OpeningLedger, UnitLedger
from hudun.assets.shelters.models import Shelter
from hudun.core.attachment.models import Attachment
from hudun.core.ledger.ledger import Ledger, ledgers
from hudun.core.organ import User

register = template.Library()

PARTS = (UnitLedger, OpeningLedger, EquipmentLedger)
EMPTY = {
    EquipmentLedger.slug: "设备清单为空时，维护计划按该类工程应有的系统全部安排。",
    OpeningLedger.slug: "口部的位置和净宽用于掩蔽规划。",
}


@dataclass(frozen=True)
class Table:
    slug: str
    noun: str
    labels: list[str]
    rows: list[tuple[str, list[tuple[str, str]]]]
    add_url: str
    add_label: str
    empty: str


@register.filter
def parts_for(shelter: Shelter, user: User) -> list[Table]:
    return [
        _table(kind.slug, shelter, user) for kind in (UnitLedger, OpeningLedger, EquipmentLedger)
    ]


def _table(slug: str, shelter: Shelter, user: User) -> Table:
    ledger: Ledger[Any] = ledgers[slug]
    create = ledger.create
    names = [c.name for c in ledger.shown_columns if c.name not in ("shelter", "organ")]
    found = ledger.rows(user).filter(shelter=shelter).order_by("number")
    may_add = create is not None and user.has_role(create.roles, shelter.organ)
    return Table(
        slug,
        ledger.noun,
        [ledger.label(name) for name in names],
        [(ledger.url("detail", part), _cells(ledger, part, names, user)) for part in found],
        f"{ledger.url('create')}?shelter={shelter.pk}" if may_add else "",
        create.label if create else "",
        EMPTY.get(slug, ""),
    )


def _cells(ledger: Ledger[Any], part: Model, names: list[str], user: User) -> list[tuple[str, str]]:
    return [(ledger.label(name), ledger.words(part, name, user)) for name in names]


@register.filter
def files_of(shelter: Shelter, user: User) -> list[Attachment]:
    """Drawings and photos, newest first."""
    found = Attachment.objects.about(shelter).visible_to(user)
    return list(found.order_by("-stored_at"))


@register.filter
def may_attach(shelter: Shelter, user: User) -> bool:
    return user.has_role(actions.attach.roles, shelter.organ)
