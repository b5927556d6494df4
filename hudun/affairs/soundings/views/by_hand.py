"""Recording the sirens that people started by hand, one or many at a time."""

from collections.abc import Mapping
from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hudun.affairs.soundings.actions import record_hand_start
from hudun.affairs.soundings.forms import HandStartForm
from hudun.affairs.soundings.models import Order, Plan
from hudun.affairs.soundings.rates import Outcome
from hudun.affairs.soundings.result import Result, SirenRow, result_of
from hudun.core.action import Actor, together
from hudun.core.error import Problem
from hudun.core.web import actor_of
from hudun.wire.frames import Mode

from .base import found


@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    made = result_of(found(Plan, request, pk) if kind == "plans" else found(Order, request, pk))
    if not made.orders:
        raise Problem("404.1", "这次鸣放还没有放行的命令，没有结果。")
    if not record_hand_start.allowed(actor_of(request), made.orders[0]):
        raise Problem("403.1", label=record_hand_start.label, roles="值班员、科长、主任")
    labels = [signal.label for signal in made.signals]
    initial = _initial(made, request.GET.get("siren", ""))
    form = HandStartForm(labels, made.row, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _recorded(request, made, form):
        return redirect(f"{made.path}?list=by-hand")
    context = {"result": made, "form": form, "unreported": _unreported(made)}
    return render(request, "soundings/by_hand.html", context, status=422 if form.errors else 200)


def may_record(actor: Actor, made: Result) -> bool:
    """What is worth a button; the action decides."""
    heard = made.mode is not Mode.SILENT and made.sounding.state != "archived"
    return heard and record_hand_start.allowed(actor, made.orders[0])


def _initial(made: Result, siren: str) -> Mapping[str, Any]:
    """All that have no terminal and no record yet; or the one whose page led here."""
    row = made.row.get(int(siren)) if siren.isdecimal() else None
    return {
        "sirens": str(row.number) if row else "、".join(map(str, _unreported(made))),
        "signals": [signal.n for signal in made.signals],
        "at": made.starts_at,
    }


def _unreported(made: Result) -> list[int]:
    return sorted(row.number for row in made.rows if row.by_hand and not _started(row))


def _started(row: SirenRow) -> bool:
    return any(one.outcome is Outcome.BY_HAND for one in row.signals)


def _started_in(made: Result, number: int, order: Order) -> bool:
    played = zip(made.signals, made.row[number].signals, strict=True)
    own = (one for signal, one in played if signal.order.pk == order.pk)
    return any(one.outcome is Outcome.BY_HAND for one in own)


def _recorded(request: HttpRequest, made: Result, form: HandStartForm) -> bool:
    """All of it or nothing; a problem goes back into the form."""
    try:
        with together():
            _record(actor_of(request), made, form.cleaned_data)
    except Problem as problem:
        for name, words in problem.fields.items():
            form.add_error(name if name in form.fields else None, words)
        form.add_error(None, f"{problem.what}{problem.todo}（{problem.number}）")
        return False
    return True


def _record(actor: Actor, made: Result, given: Mapping[str, Any]) -> None:
    done = 0
    for number, order in product(given["sirens"], made.orders):
        played = [
            signal.position
            for signal in made.signals
            if signal.order.pk == order.pk and signal.n in given["signals"]
        ]
        if played or _started_in(made, number, order):
            record_hand_start(
                actor, order, number=number, positions=played, note=given["note"].strip(),
                at=_moment(made, order, given["at"]),
            )  # fmt: skip
            done += 1
    if not done:
        raise Problem("422.55", fields={"signals": "请选择鸣放了哪些信号"})


def _moment(made: Result, order: Order, at: datetime) -> datetime:
    """The time that was written down is that of the first round; a later one begins as ordered."""
    first = order.pk == made.orders[0].pk
    return at if first or order.starts_at is None else max(at, order.starts_at)
