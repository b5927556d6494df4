"""Some fields of many records at once; all of them or none."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from hudun.core.action import together
from hudun.core.error import Problem
from hudun.core.ledger.filters import narrowed
from hudun.core.ledger.forms import Fields, LedgerForm, fields_for
from hudun.core.ledger.ledger import Ledger, forbid
from hudun.core.organ import User
from hudun.core.web import actor_of, person_of

from .acting import carried_out

MOST = 5000
SAMPLE = 12


def edit(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    """The first POST comes from the list and shows the form, the second carries it out."""
    user = person_of(request)
    assert ledger.edit is not None
    if not ledger.may_edit_some(user):
        raise forbid(ledger.edit)
    chosen = list(_chosen(ledger, user, request.POST)[:MOST])
    if not chosen:
        raise Problem("422.10")
    picked = set(request.POST.getlist("set")) & set(ledger.bulk)
    fields = _fields(ledger, user, picked)
    if "apply" not in request.POST:
        return _page(request, ledger, LedgerForm(ledger, fields), chosen)
    form = LedgerForm(ledger, fields, request.POST)
    status = carried_out(form, lambda: _apply(request, ledger, form, chosen, picked))
    if status:
        return _page(request, ledger, form, chosen, status)
    messages.success(request, f"已修改 {len(chosen)} 条记录。")
    return redirect(f"{ledger.url('list')}?{request.POST.get('query', '')}")


def _chosen(ledger: Ledger[Any], user: User, sent: QueryDict) -> "QuerySet[Any]":
    """The ticked rows, or all that the filter leaves."""
    if sent.get("scope") == "filter":
        found: QuerySet[Any] = narrowed(ledger, user, QueryDict(sent.get("query", ""))).qs
        return found
    try:
        return ledger.rows(user).filter(pk__in=sent.getlist("ids"))
    except forms.ValidationError:
        raise Problem("422.10") from None


def _fields(ledger: Ledger[Any], user: User, picked: set[str]) -> Fields:
    fields = fields_for(ledger, user, ledger.bulk)
    for name, field in fields.items():
        field.required = field.required and name in picked
    return fields


def _apply(
    request: HttpRequest, ledger: Ledger[Any], form: LedgerForm, chosen: list[Any], picked: set[str]
) -> None:
    if not picked:
        raise Problem("422.11")
    assert ledger.edit is not None
    values = {name: form.cleaned_data[name] for name in picked}
    with together():
        for record in chosen:
            ledger.edit(actor_of(request), record, **values)


def _page(
    request: HttpRequest,
    ledger: Ledger[Any],
    form: LedgerForm,
    chosen: list[Any],
    status: int = 200,
) -> HttpResponse:
    context = {
        "ledger": ledger,
        "form": form,
        "fields": [form[name] for name in ledger.bulk],
        "picked": request.POST.getlist("set"),
        "count": len(chosen),
        "sample": chosen[:SAMPLE],
        "more": max(0, len(chosen) - SAMPLE),
        "ids": request.POST.getlist("ids"),
        "scope": request.POST.get("scope", ""),
        "query": request.POST.get("query", ""),
    }
    return render(request, "core/ledger/bulk.html", context, status=status)
