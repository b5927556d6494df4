"""Tags of the shell: {% load house %}."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hudun.core import clock, shell
from hudun.core.flow import State
from hudun.core.organ import User
from hudun.runtime import clock as process_clock

register = template.Library()

# The colours of a flow's states, as the four tones of web/src/css/tokens.css.
TONES = {
    **dict.fromkeys(("green", "lime", "teal", "success"), "ok"),
    **dict.fromkeys(("blue", "azure", "indigo", "cyan", "purple", "info", "primary"), "info"),
    **dict.fromkeys(("yellow", "orange", "warning"), "warn"),
    **dict.fromkeys(("red", "pink", "danger"), "bad"),
}


def tone_of(colour: str) -> str:
    return TONES.get(colour, "idle")


@cache
def _digests() -> dict[str, str]:
    found = finders.find("dist/manifest.json")
    digests: dict[str, str] = json.loads(Path(str(found)).read_text()) if found else {}
    return digests


@register.simple_tag
def asset(name: str) -> str:
    """Address of a built file, changing with its content."""
    digest = _digests().get(name, "")
    return static(f"dist/{name}") + (f"?v={digest}" if digest else "")


@register.simple_tag
def module(name: str) -> SafeString:
    """The built module web/src/<name>.js, with its style sheet if it has one."""
    style = format_html('<link rel="stylesheet" href="{}">', asset(f"{name}.css"))
    script = format_html('<script type="module" src="{}"></script>', asset(f"{name}.js"))
    return mark_safe(style + script) if f"{name}.css" in _digests() else script  # noqa: S308


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """A Tabler icon named in web/icons.txt; without a label it is decoration."""
    href = f"{asset('icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def state_badge(state: State) -> SafeString:
    return _badge(tone_of(state.colour), state.icon, state.label)


@cache
def _badge(tone: str, name: str, label: str) -> SafeString:
    return format_html('<span class="state state-{}">{}{}</span>', tone, icon(name), label)


@register.simple_tag
def map_options(**options: Any) -> str:
    """What createMap is told, with the base map of this installation: data-map="…"."""
    base = {"url": settings.MAP_BASE_URL, "attribution": settings.MAP_ATTRIBUTION}
    return json.dumps(
        {"base": base if base["url"] else None, "attribution": base["attribution"], **options},
        ensure_ascii=False,
    )


@register.inclusion_tag("core/parts/nav.html", takes_context=True)
def sidenav(context: template.Context) -> dict[str, Any]:
    items = shell.menu(context["user"])
    sections: dict[str, list[shell.NavItem]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item)
    return {"sections": sections, "here": shell.current(items, context["request"].path)}


@register.inclusion_tag("core/parts/tabbar.html", takes_context=True)
def tabbar(context: template.Context) -> dict[str, Any]:
    items = shell.menu(context["user"])
    here = shell.current(items, context["request"].path)
    return {"items": [item for item in items if item.tab][:4], "here": here}


@register.inclusion_tag("core/parts/banners.html", takes_context=True)
def banners(context: template.Context) -> dict[str, Any]:
    return {"banners": shell.banners(context["request"])}


@register.inclusion_tag("core/parts/clock.html")
def office_clock() -> dict[str, Any]:
    moment = clock.now()
    return {
        "now": moment,
        "milliseconds": int(moment.timestamp() * 1000),
        "simulated": process_clock.VARIABLE in os.environ,
    }


@register.simple_tag
def tagline() -> str:
    return str(settings.TAGLINE)


@register.simple_tag
def office_name(user: User) -> str:
    """Where the person stands: their organ, or the highest one in which they hold a post."""
    organ = user.organ or user.organs().order_by("depth").first()
    return str(organ or "")


@register.simple_tag
def query(request: Any, **changes: Any) -> str:
    """The address's query with some values changed; an empty value leaves it out."""
    values = request.GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value not in ("", None):
            values[name] = value
    return f"?{values.urlencode()}"


@register.filter
def lines(pairs: dict[str, str]) -> SafeString:
    return format_html_join("", "<li>{}：{}</li>", pairs.items())
