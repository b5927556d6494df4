"""Figures of a search as people read them."""

from typing import Any

from django import template

from hudun.core.money import yuan as in_yuan

register = template.Library()


@register.filter
def whole(value: float) -> str:
    return f"{value:,.0f}"


@register.filter
def percent(value: float) -> str:
    """Never 100 % while something is missing."""
    text = f"{value:.1%}"
    return "99.9%" if text == "100.0%" and value < 1.0 else text


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
