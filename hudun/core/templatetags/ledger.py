"""Tags of the ledger pages: {% load ledger %}."""

import json
from typing import Any

from django import template
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hudun.core.ledger.forms import style
from hudun.core.ledger.ledger import Ledger
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
    return format_html_join("", "{}", ((_cell(ledger, row, cell),) for cell in row.cells))


def _cell(ledger: Ledger[Any], row: Row, cell: Cell) -> SafeString:
    column = cell.column
    if column.name == ledger.title:
        return format_html('<th scope="row"><a href="{}">{}</a></th>', row.url, cell.text)
    said = format_html('<span class="clip">{}</span>', cell.text)
    if column.name == "state" and cell.state is not None:
        said = state_badge(cell.state)
    marks = {"num": column.number, "long": column.long, "blank": not cell.text}
    kinds = " ".join(mark for mark, holds in marks.items() if holds)
    return format_html('<td data-label="{}" class="{}">{}</td>', column.label, kinds, said)


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
