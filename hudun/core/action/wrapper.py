"""The decorator that makes a function an action.

    @action("doors.edit", label="修改", roles={Role.CLERK})
    def edit_door(act: Act, door: Door, **changes: Any) -> Door: ...

    edit_door(actor, door, reason="…", field=value)

The wrapper opens the transaction, locks the row, checks role × subtree, claims the flow state by
a conditional update, runs the function, writes exactly one journal line and puts the events in
the outbox. `reason` may be given to every action; the function sees it if it names it.
"""

import inspect
from collections.abc import Callable, Collection
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import models

from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.flow import Move
from hudun.core.organ import Organ, Role, User

from .act import Act
from .actor import Actor
from .checks import check_active, check_rights
from .known import forget_if_changed, organ_locked
from .record import draft_line, store_events, subject_of
from .registry import actions
from .together import together

Noun = TypeVar("Noun", bound=models.Model | None)
P = ParamSpec("P")
R = TypeVar("R")


class Action(Generic[Noun, P, R]):
    do_not_call_in_templates = True  # a template asks for its label

    def __init__(
        self,
        function: Callable[Concatenate[Act, Noun, P], R],
        verb: str,
        label: str,
        roles: frozenset[Role],
        moves: Move | None,
        needs_reason: bool,
        own: bool,
    ) -> None:
        self.function = function
        self.verb = verb
        self.label = label
        self.roles = roles
        self.moves = moves
        self.needs_reason = needs_reason
        self.own = own
        self.sees_reason = "reason" in inspect.signature(function).parameters
        update_wrapper(self, function)

    def __repr__(self) -> str:
        return f"<action {self.verb}>"

    def __call__(self, actor: Actor, target: Noun, /, *args: P.args, **kwargs: P.kwargs) -> R:
        reason = self._reason(actor, kwargs)
        with together() as drafts:
            record = locked(target)
            organ = organ_of(record)
            self._check(actor, record, organ)
            act = Act(actor, clock.now(), self.verb, self.label, organ, reason)
            before = self._claim(record)
            result = self.function(act, record, *args, **kwargs)
            forget_if_changed(subject_of(record, result), *act.others)
            drafts.append(draft_line(act, record, result, before))
            store_events(act)
        return result

    def allowed(self, actor: Actor, target: Noun) -> bool:
        """Whether the actor may do this to the target now, without doing it."""
        try:
            self._check(actor, target, organ_of(target))
        except Problem:
            return False
        return self.moves is None or self.moves.fits(self.moves.flow.state_of(target))

    def _check(self, actor: Actor, record: Noun, organ: Organ | None) -> None:
        if self.own and isinstance(record, User) and record == actor.user:
            check_active(record)
        else:
            check_rights(actor, organ, self.roles, self.label)

    def _reason(self, actor: Actor, kwargs: dict[str, Any]) -> str:
        reason = str(kwargs.get("reason") or actor.reason).strip()
        if not self.sees_reason:
            kwargs.pop("reason", None)
        if self.needs_reason and not reason:
            raise Problem("422.1", label=self.label, fields={"reason": "请填写理由"})
        return reason

    def _claim(self, record: models.Model | None) -> dict[str, Any]:
        """Moves the state on, unless somebody else was quicker. Returns the state before."""
        if self.moves is None or record is None:
            return {}
        column = self.moves.flow.column
        before = getattr(record, column)
        rows = type(record)._base_manager.filter(
            pk=record.pk, **{f"{column}__in": self.moves.sources}
        )
        if not rows.update(**{column: self.moves.target}):
            state = self.moves.flow.shown(record).label
            raise Problem("409.1", state=state, label=self.label)
        setattr(record, column, self.moves.target)
        return {column: before}


def action(
    verb: str,
    *,
    label: str = "",
    roles: Collection[Role] = (),
    moves: Move | None = None,
    needs_reason: bool = False,
    own: bool = False,
) -> Callable[[Callable[Concatenate[Act, Noun, P], R]], Action[Noun, P, R]]:
    """`roles` and `label` are those of the move unless given. `own`: everybody may do it to
    their own account."""

    def make(function: Callable[Concatenate[Act, Noun, P], R]) -> Action[Noun, P, R]:
        allowed = frozenset(roles) or (moves.roles if moves else frozenset())
        name = label or (moves.label if moves else verb)
        if verb in actions:
            raise ValueError(f"two actions named {verb}")
        made = Action(function, verb, name, allowed, moves, needs_reason, own)
        actions[verb] = made
        return made

    return make


def organ_of(record: Any) -> Organ | None:
    """Where in the tree the record lies: its `organ`; an organ lies where it is."""
    organ: Organ | None = record.organ if record is not None else None
    return organ


def locked(record: Noun) -> Noun:
    """The record as it now is, held until the end of the transaction."""
    if record is None or record._state.adding:
        return record
    found: Any = organ_locked(record) if isinstance(record, Organ) else _row_locked(record)
    if found is None:
        raise Problem("404.1")
    locked_record: Noun = found
    return locked_record


def _row_locked(record: models.Model) -> models.Model | None:
    rows = record.__class__._base_manager.select_for_update(of=("self",))
    return rows.filter(pk=record.pk).first()
