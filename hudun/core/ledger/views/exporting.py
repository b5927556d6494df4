"""Excel out, print, QR code. Each respects the filter and the person's rights."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import quote

import segno
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.ledger import sheet
from hudun.core.ledger.filters import narrowed
from hudun.core.ledger.forms import fields_for
from hudun.core.ledger.ledger import Ledger
from hudun.core.organ import User
from hudun.core.web import person_of

from .listing import frame, in_order, row_of
from .listing import headings as list_headings

MOST_ROWS, MOST_PRINTED = 200_000, 20_000
AT_ONCE = 1000
"""Rows in memory while a sheet is written."""


def headings(ledger: Ledger[Any], user: User) -> list[sheet.Heading]:
    """The columns of a sheet that can be read back in."""
    if not ledger.takes_sheets:
        return [sheet.Heading(ledger.label(name)) for name in ledger.fields]
    fields = fields_for(ledger, user, ledger.fields)
    return [
        sheet.Heading(ledger.label(name), _choices(field), field.required, _note(field))
        for name, field in fields.items()
    ]


def _choices(field: forms.Field) -> list[str]:
    return [str(label) for value, label in getattr(field, "choices", ()) if value != ""]


def _note(field: forms.Field) -> str:
    match field:
        case forms.DateField():
            return "日期，如 2020-05-01"
        case forms.IntegerField():
            return "数字"
        case _:
            return str(field.help_text or "文字")


def workbook(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    user = person_of(request)
    found = in_order(ledger, narrowed(ledger, user, request.GET).qs, request)
    count = few(found, MOST_ROWS)
    names = [*ledger.fields, *ledger.aside]
    columns = headings(ledger, user) + [sheet.Heading(ledger.label(name)) for name in ledger.aside]
    records = sharing(found).iterator(chunk_size=AT_ONCE)
    rows = ([ledger.plain(record, name, user) for name in names] for record in records)
    body = sheet.write(ledger.noun, columns, rows, count)
    return attachment(body, f"{ledger.noun}_{clock.today():%Y%m%d}.xlsx")


def sharing(found: "QuerySet[Any]") -> "QuerySet[Any]":
    """What many rows point to, the street and the office, is made once for many rows."""
    tree = found.query.select_related
    if not isinstance(tree, dict):
        return found
    return found.select_related(None).prefetch_related(*_paths(tree))


def _paths(tree: dict[str, Any], above: str = "") -> Iterator[str]:
    for name, below in tree.items():
        yield above + name
        yield from _paths(below, f"{above}{name}__")


def few(found: "QuerySet[Any]", most: int) -> int:
    """How many. Rather nothing than a part that looks like the whole."""
    if (count := found.count()) > most:
        raise Problem("422.12", count=count, most=most)
    return count


def attachment(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=sheet.CONTENT_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def printed(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    user = person_of(request)
    bound = narrowed(ledger, user, request.GET)
    found = in_order(ledger, bound.qs, request)
    few(found, MOST_PRINTED)
    context = {
        **frame(request, ledger, bound),
        "headings": list_headings(ledger, request),
        "rows": [row_of(ledger, record, user) for record in found],
        "now": clock.now(),
        "filters": _said(bound.form),
    }
    return render(request, "core/ledger/print.html", context)


def _said(form: forms.Form) -> list[str]:
    """The filter in words, so that a printed list says what it is a list of."""
    form.is_valid()
    said = []
    for name, value in form.cleaned_data.items():
        if value in (None, ""):
            continue
        choices = dict(getattr(form.fields[name], "choices", ()) or ())
        said.append(f"{form.fields[name].label}：{choices.get(value, value)}")
    return said


def qr(request: HttpRequest, ledger: Ledger[Any], pk: object) -> HttpResponse:
    """The address of the record's page."""
    record = ledger.get(person_of(request), pk)
    address = request.build_absolute_uri(ledger.url("detail", record))
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=4, border=2)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
