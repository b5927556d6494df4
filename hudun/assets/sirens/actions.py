"""Every write to the register of sirens."""

from collections.abc import Collection
from typing import Any

from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.error.validation import refused_as
from hudun.core.organ import Organ, OrganKind
from hudun.core.plate import follow, give_plate, withdraw_plate

from . import errors  # noqa: F401
from .flow import HEADS, STAFF, SirenFlow
from .models import Siren, SirenGroup

RELATIONS = ("organ", "office")
"""Held already as records; to ask the database for each again would slow an import by half."""
OF_OTHER_ACTIONS = {"id", "office", "state", "terminal_key", "removal_document", "lon", "lat"}
EDITABLE = {field.name for field in Siren._meta.concrete_fields} - OF_OTHER_ACTIONS
REGISTRABLE = (OrganKind.DISTRICT, OrganKind.SUBDISTRICT, OrganKind.COMMUNITY)


@action("sirens.register", label="登记警报器", roles=STAFF)
def register_siren(act: Act, organ: Organ, /, **fields: Any) -> Siren:
    """`groups` may be among the fields."""
    if organ.kind not in REGISTRABLE:
        raise Problem("422.30")
    groups = fields.pop("groups", ())
    siren = Siren(organ=organ, office=organ.seat(), **fields)
    _store(siren, force_insert=True)
    give_plate(act, siren)
    if groups:
        _join(act, siren, groups)
    return siren


@action("sirens.edit", label="修改警报器", roles=STAFF)
def edit_siren(act: Act, siren: Siren, /, **changes: Any) -> Siren:
    groups = changes.pop("groups", None)
    if "organ" in changes and not siren.office.contains(changes["organ"]):
        raise Problem("422.30")
    assign(siren, changes, EDITABLE)
    _store(siren)
    follow(act, siren)
    if groups is not None:
        _join(act, siren, groups)
    return siren


@action("sirens.set_groups", label="调整分组", roles=STAFF)
def set_groups(act: Act, siren: Siren, groups: Collection[SirenGroup]) -> Siren:
    _join(act, siren, groups)
    return siren


@action("sirens.bind_terminal_key", label="登记终端公钥", roles=HEADS, needs_reason=True)
def bind_terminal_key(_act: Act, siren: Siren, terminal_key: str | None) -> Siren:
    """64 hex digits; None makes it a siren that is started by hand."""
    siren.terminal_key = terminal_key.strip().lower() if terminal_key else None
    taken = Siren.objects.filter(terminal_key=siren.terminal_key).exclude(pk=siren.pk)
    if siren.terminal_key and taken.exists():
        raise Problem("409.31", fields={"terminal_key": "已经登记在另一台警报器上"})
    _store(siren)
    return siren


@action("sirens.install", moves=SirenFlow.install)
def install(_act: Act, siren: Siren) -> Siren:
    return siren


@action("sirens.commission", moves=SirenFlow.commission)
def commission(_act: Act, siren: Siren) -> Siren:
    return siren


@action("sirens.mark_faulty", moves=SirenFlow.mark_faulty, needs_reason=True)
def mark_faulty(_act: Act, siren: Siren, reason: str = "") -> Siren:
    return _conditioned(siren, reason)


@action("sirens.start_repair", moves=SirenFlow.start_repair)
def start_repair(_act: Act, siren: Siren) -> Siren:
    return siren


@action("sirens.restore", moves=SirenFlow.restore)
def restore(_act: Act, siren: Siren, reason: str = "") -> Siren:
    return _conditioned(siren, reason)


@action("sirens.approve_removal", moves=SirenFlow.approve_removal, needs_reason=True)
def approve_removal(_act: Act, siren: Siren, removal_document: str) -> Siren:
    """`removal_document` is the number of the approval paper."""
    siren.removal_document = removal_document
    siren.save(update_fields=["removal_document"])
    return siren


@action("sirens.keep", moves=SirenFlow.keep, needs_reason=True)
def keep(_act: Act, siren: Siren) -> Siren:
    siren.removal_document = ""
    siren.save(update_fields=["removal_document"])
    return siren


@action("sirens.remove", moves=SirenFlow.remove, needs_reason=True)
def remove(act: Act, siren: Siren) -> Siren:
    """Its terminal obeys no more orders from here: the key is taken off the register."""
    withdraw_plate(act, siren)
    siren.terminal_key = None
    siren.save(update_fields=["terminal_key"])
    return siren


@action("sirens.void", moves=SirenFlow.void, needs_reason=True)
def void(act: Act, siren: Siren) -> Siren:
    withdraw_plate(act, siren)
    return siren


@action("sirens.make_group", label="新建分组", roles=STAFF)
def make_group(_act: Act, organ: Organ, number: int, name: str) -> SirenGroup:
    group = SirenGroup(organ=organ.seat(), number=number, name=name)
    with refused_as("422.32"):
        group.full_clean()
    group.save(force_insert=True)
    return group


@action("sirens.edit_group", label="修改分组", roles=STAFF)
def edit_group(_act: Act, group: SirenGroup, /, **changes: Any) -> SirenGroup:
    if "organ" in changes:
        raise Problem("422.33")
    for name, value in changes.items():
        setattr(group, name, value)
    with refused_as("422.32"):
        group.full_clean()
    group.save(update_fields=list(changes))
    return group


def _conditioned(siren: Siren, condition: str) -> Siren:
    siren.condition = condition[:200]
    siren.save(update_fields=["condition"])
    return siren


def _store(siren: Siren, *, force_insert: bool = False) -> None:
    siren.locate()
    _check_number(siren)
    with refused_as("422.32"):
        siren.clean_fields(exclude=RELATIONS)
        siren.clean()
    siren.save(force_insert=force_insert)


def _check_number(siren: Siren) -> None:
    namesake = Siren.objects.filter(office=siren.office, number=siren.number).exclude(pk=siren.pk)
    if found := namesake.first():
        raise Problem("409.30", taken=siren.number, name=found.name, fields={"number": "已经用过"})


def _join(act: Act, siren: Siren, groups: Collection[SirenGroup]) -> None:
    foreign = [group.name for group in groups if group.organ_id != siren.office_id]
    if foreign:
        raise Problem("422.31", names="、".join(foreign))
    before = sorted(siren.groups.values_list("number", flat=True))
    after = sorted(group.number for group in groups)
    if before != after:
        siren.groups.set(groups)
        act.note(groups=[before, after])
