"""The roster: who is on duty when."""

from datetime import datetime
from typing import Any

from hudun.core.action import Act, action, assign
from hudun.core.error import Problem
from hudun.core.organ import Organ, Post, Role, User
from hudun.office.models import Shift, ShiftKind

PLANNERS = {Role.CHIEF, Role.CLERK, Role.DIRECTOR}
EDITABLE = ("person", "kind", "begins", "ends", "note")


@action("shifts.plan", label="排班", roles=PLANNERS)
def plan_shift(
    _act: Act,
    organ: Organ,
    *,
    person: User,
    kind: ShiftKind,
    begins: datetime,
    ends: datetime,
    note: str = "",
) -> Shift:
    shift = Shift(organ=organ, person=person, kind=kind, begins=begins, ends=ends, note=note)
    _check(shift)
    shift.save(force_insert=True)
    return shift


@action("shifts.edit", label="调班", roles=PLANNERS)
def edit_shift(act: Act, shift: Shift, /, **changes: Any) -> Shift:
    _check_open(act, shift)
    changed = assign(shift, changes, EDITABLE)
    _check(shift)
    shift.save(update_fields=changed)
    return shift


@action("shifts.cancel", label="取消班次", roles=PLANNERS, needs_reason=True)
def cancel_shift(act: Act, shift: Shift) -> Shift:
    _check_open(act, shift)
    shift.cancelled_at = act.now
    shift.save(update_fields=["cancelled_at"])
    return shift


def _check_open(act: Act, shift: Shift) -> None:
    if shift.cancelled_at or shift.ends <= act.now:
        raise Problem("409.27")


def _check(shift: Shift) -> None:
    """One person is in one place at a time, and belongs to the office."""
    if shift.ends <= shift.begins:
        raise Problem("422.24", fields={"ends": "要晚于开始时间"})
    posts = Post.objects.under(shift.organ).not_ended().filter(user=shift.person)
    if not posts.exists():
        raise Problem("422.25", person=shift.person, organ=shift.organ)
    same = Shift.objects.between(shift.begins, shift.ends).filter(person=shift.person)
    other = same.exclude(pk=shift.pk).first()
    if other:
        raise Problem("409.25", person=shift.person, other=other)
