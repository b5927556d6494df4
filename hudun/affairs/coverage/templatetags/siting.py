"""Figures of a search as people read them."""

from typing import Any

from django import template

from hudun.affairs.coverage.siting.answer import share_words
from hudun.core.money import yuan as in_yuan

register = template.Library()
register.filter("percent", share_words)


@register.filter
def whole(value: float) -> str:
    return f"{value:,.0f}"


@register.filter
def km2(square_metres: float) -> str:
    return f"{square_metres / 1e6:,.3f}"


@register.filter
def hectares(square_metres: float) -> str:
    return f"{square_metres / 1e4:,.2f}"


@register.filter
def yuan(fen: Any) -> str:
    return "—" if fen is None else f"{in_yuan(fen):,.2f}"


@register.filter
def plain(value: float) -> str:
    """For an attribute: no thousands, no local comma."""
    return f"{value:.1f}"
