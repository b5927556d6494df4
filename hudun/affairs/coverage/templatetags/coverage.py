"""Figures on the pages: {% load coverage %}."""

from typing import Any

from django import template

from hudun.core.paper.numbering import percent

register = template.Library()


@register.filter
def km2(square_metres: float | None) -> str:
    return "—" if square_metres is None else f"{square_metres / 1e6:,.3f}"


@register.filter
def hectares(square_metres: float) -> str:
    return f"{square_metres / 1e4:,.2f}"


@register.filter
def counted(number: float | None) -> str:
    return "—" if number is None else f"{number:,.0f}"


@register.simple_tag
def share(part: float | None, whole: float | None) -> str:
    """Never rounded up to all."""
    if part is None or whole is None:
        return "—"
    return percent(round(part), round(whole))


@register.filter
def per_cent(ratio: float) -> str:
    return f"{ratio:.1%}"


@register.filter
def silent_of(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Most people who do not hear first."""
    return sorted(places, key=lambda one: one["hearing"] - one["people"])
