"""Tags of the ledger pages: {% load ledger %}."""

import json
from html import escape
from typing import Any

from django import template
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

from hudun.core.ledger.forms import style
from hudun.core.ledger.ledger import Column, Ledger
from hudun.core.ledger.views.listing import Cell, Row

from .house import state_badge

register = template.Library()


@register.simple_tag
def ledger_url(ledger: Ledger[Any], page: str, record: Model | None = None, **more: Any) -> str:
    return ledger.url(page, record, **more)


@register.simple_tag
def ledger_label(ledger: Ledger[Any], name: str) -> str:
    return ledger.label(name)


@register.simple_tag
def ledger_cells(ledger: Ledger[Any], row: Row) -> SafeString:
    """The cells of a row. Not a template: a page has hundreds of them."""
    return mark_safe("".join(_cell(ledger, row, cell) for cell in row.cells))  # noqa: S308 - escaped below


def _cell(ledger: Ledger[Any], row: Row, cell: Cell) -> str:
    column, text = cell.column, escape(cell.text)
    if column.name == ledger.title:
        return f'<th scope="row"><a href="{escape(row.url)}">{text}</a></th>'
    said = f'<span class="clip">{text}</span>'
    if column.name == "state" and cell.state is not None:
        said = state_badge(cell.state)
    return f'<td data-label="{escape(column.label)}" class="{_kinds(column, text)}">{said}</td>'


def _kinds(column: Column, text: str) -> str:
    marks = (("num", column.number), ("long", column.long), ("blank", not text))
    return " ".join(mark for mark, holds in marks if holds)


@register.filter
def styled(field: BoundField) -> SafeString:
    """The field with Bootstrap's classes."""
    style(field.field)
    return field.as_widget()


@register.simple_tag(takes_context=True)
def ledger_words(context: template.Context, ledger: Ledger[Any], record: Model, name: str) -> str:
    return ledger.words(record, name, context["user"])


@register.filter
def pretty(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
