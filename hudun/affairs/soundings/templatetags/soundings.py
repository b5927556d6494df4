"""{% load soundings %}"""

from typing import Any

from django import template

from hudun.core.flow import State

register = template.Library()


@register.filter
def shown(record: Any) -> State:
    """The state of a plan, an order or a key: {% state_badge plan|shown %}."""
    state: State = type(record).flow.shown(record)
    return state


@register.filter(name="hex")
def as_hex(octets: bytes | memoryview) -> str:
    return bytes(octets).hex()
