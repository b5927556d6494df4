"""Making a record, and changing it without running over somebody else's change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.ledger.forms import LedgerForm, fields_for, initial_of
from hudun.core.ledger.ledger import Ledger, forbid
from hudun.core.organ import User
from hudun.core.web import actor_of, person_of

from .acting import carried_out


def create(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    user = person_of(request)
    assert ledger.create is not None
    if not ledger.may_create(user):
        raise forbid(ledger.create)
    fields = fields_for(ledger, user, ledger.fields)
    if request.method != "POST":
        given = {name: value for name, value in request.GET.items() if name in fields}
        return _page(request, ledger, LedgerForm(ledger, fields, initial=given))
    form = LedgerForm(ledger, fields, request.POST)
    made: list[Any] = []
    status = carried_out(
        form, lambda: made.append(ledger.make(actor_of(request), form.cleaned_data))
    )
    if status:
        return _page(request, ledger, form, status=status)
    messages.success(request, f"已登记：{made[0]}。")
    return redirect(ledger.url("detail", made[0]))


def edit(request: HttpRequest, ledger: Ledger[Any], pk: object) -> HttpResponse:
    user = person_of(request)
    record = ledger.get(user, pk)
    edit = ledger.edit
    assert edit is not None
    if not ledger.may_edit(user, record):
        raise forbid(edit)
    names = _names(ledger, user, record)
    fields, initial = fields_for(ledger, user, names), initial_of(record, names)
    if request.method != "POST":
        return _page(request, ledger, LedgerForm(ledger, fields, initial=initial), record)
    form = LedgerForm(ledger, fields, request.POST, initial=initial)
    status = _overtaken(request, form, record) or carried_out(
        form, lambda: edit(actor_of(request), record, **form.changes) if form.changes else None
    )
    if status:
        return _page(request, ledger, form, record, status)
    messages.success(request, "已保存。" if form.changes else "内容没有变化，未作修改。")
    return redirect(ledger.url("detail", record))


def _names(ledger: Ledger[Any], user: User, record: Any) -> list[str]:
    hidden = ledger.hidden(user, record)
    return [name for name in ledger.fields if name not in hidden]


def _overtaken(request: HttpRequest, form: LedgerForm, record: Any) -> int:
    """Somebody saved while this form was open: shown once, and then the person decides."""
    line = _last_line(record)
    if line is None or request.POST.get("version") in (None, str(line.pk)):
        return 0
    problem = Problem("409.2", who=line.content["who"])
    form.is_valid()
    form.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")
    return problem.status


def _last_line(record: Any) -> JournalLine | None:
    return JournalLine.objects.of(record).first()


def _page(
    request: HttpRequest,
    ledger: Ledger[Any],
    form: LedgerForm,
    record: Any = None,
    status: int = 200,
) -> HttpResponse:
    line = _last_line(record) if record else None
    context = {
        "ledger": ledger,
        "form": form,
        "record": record,
        "version": line.pk if line else "",
        "back": ledger.url("detail", record) if record else ledger.url("list"),
    }
    return render(request, "core/ledger/form.html", context, status=status)
