"""The buttons of a record: the moves of its flow, and the other verbs of its ledger."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hudun.core.action import Action, actions, actions_for
from hudun.core.error import Problem
from hudun.core.ledger.forms import LedgerForm, fields_for, style
from hudun.core.ledger.ledger import Ledger, forbid
from hudun.core.ledger.words import field_of
from hudun.core.organ import User
from hudun.core.web import actor_of, person_of

AnyAction = Action[Any, ..., Any]
REPAIRABLE = (409, 422)
"""What a person can mend by typing something else."""


@dataclass(frozen=True)
class Verb:
    action: AnyAction
    form: LedgerForm
    tried: bool = False

    @property
    def name(self) -> str:
        return short(self.action)

    @property
    def label(self) -> str:
        return self.action.label

    @property
    def ends(self) -> bool:
        """Leads to a state with no way out."""
        moves = self.action.moves
        return moves is not None and moves.flow.states[moves.target].final


def short(action: AnyAction) -> str:
    return action.verb.rpartition(".")[2]


def verbs_for(ledger: Ledger[Any], record: Any, user: User) -> list[Verb]:
    moves = actions_for(record, user) if ledger.flow else []
    others = [
        action for action in ledger.offered(record) if user.has_role(action.roles, record.organ)
    ]
    return [Verb(action, form_for(ledger, action, user, record)) for action in [*moves, *others]]


def form_for(
    ledger: Ledger[Any], action: AnyAction, user: User, record: Any, data: Any = None
) -> LedgerForm:
    """One field for each thing the action asks for beside the record."""
    names = list(inspect.signature(action.function).parameters)[2:]
    known = [name for name in names if field_of(ledger.model, name)]
    made = fields_for(ledger, user, known)
    if action.needs_reason or "reason" in names:
        made["reason"] = _reason(action)
    for name in known:
        made[name].required = not action.needs_reason or made[name].required
    initial = {name: getattr(record, name) for name in known}
    return LedgerForm(ledger, made, data, initial=initial, prefix=short(action))


def _reason(action: AnyAction) -> forms.Field:
    field = forms.CharField(
        label="理由", required=action.needs_reason, max_length=500, widget=forms.Textarea
    )
    style(field)
    return field


def act(request: HttpRequest, ledger: Ledger[Any], pk: object, verb: str) -> HttpResponse:
    from .detail import shown

    user = person_of(request)
    record = ledger.get(user, pk)
    action = _find(ledger, verb)
    if not user.has_role(action.roles, record.organ):
        raise forbid(action)
    form = form_for(ledger, action, user, record, request.POST)
    status = carried_out(form, lambda: action(actor_of(request), record, **form.cleaned_data))
    if status:
        return shown(request, ledger, record, Verb(action, form, tried=True), status)
    messages.success(request, f"已办理：{action.label}。")
    return redirect(ledger.url("detail", record))


def _find(ledger: Ledger[Any], verb: str) -> AnyAction:
    of_flow = [a for a in actions.values() if a.moves and a.moves.flow is ledger.flow]
    for action in [*of_flow, *ledger.verbs]:
        if short(action) == verb:
            return action
    raise Problem("404.0")


def carried_out(form: LedgerForm, do: Callable[[], Any]) -> int:
    """0 once done; otherwise the status of a form that now says what is wrong with it."""
    if not form.is_valid():
        return 422
    try:
        do()
    except Problem as problem:
        if problem.status not in REPAIRABLE:
            raise
        form.refuse(problem.fields, f"{problem.what}{problem.todo}（{problem.number}）")
        return problem.status
    return 0
