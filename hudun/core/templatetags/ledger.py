"""Tags of the ledger pages: {% load ledger %}."""

import json
from typing import Any

from django import template
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from hudun.core.ledger.forms import style
from hudun.core.ledger.ledger import Ledger

register = template.Library()


@register.simple_tag
def ledger_url(ledger: Ledger[Any], page: str, record: Model | None = None, **more: Any) -> str:
    return ledger.url(page, record, **more)


@register.simple_tag
def ledger_label(ledger: Ledger[Any], name: str) -> str:
    return ledger.label(name)


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
