"""Parts of the pages of plans."""

from typing import Any

from django import template

from hudun.affairs.plans import terms as wanted
from hudun.affairs.plans.actions.version import PRINT, print_book
from hudun.affairs.plans.book.balance import REASON_WORDS, REASONS
from hudun.affairs.plans.flow import STAFF
from hudun.affairs.plans.forms import InputForm
from hudun.affairs.plans.models import InputFile, Plan, Version
from hudun.affairs.plans.reading import balance_of
from hudun.affairs.plans.views.base import tabs_of
from hudun.core.planner import Run

register = template.Library()


@register.filter
def many(number: Any) -> str:
    """1234567 → 1,234,567"""
    return f"{number:,}" if isinstance(number, int) else str(number)


@register.inclusion_tag("plans/parts/versions.html", takes_context=True)
def plan_versions(context: template.Context, plan: Plan) -> dict[str, Any]:
    user = context["user"]
    rows = Version.objects.of_plan(plan).select_related("run", "drafted_by").order_by("-number")
    return {
        "plan": plan,
        "versions": rows,
        "may_draft": plan.state != "void" and user.has_role(STAFF, plan.organ),
    }


@register.inclusion_tag("plans/parts/inputs.html", takes_context=True)
def plan_inputs(context: template.Context, plan: Plan) -> dict[str, Any]:
    user = context["user"]
    return {
        "plan": plan,
        "inputs": InputFile.objects.of_plan(plan).in_use().select_related("stored_by"),
        "may_change": plan.state != "void" and user.has_role(STAFF, plan.organ),
        "form": InputForm(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("plans/parts/overview.html")
def version_overview(version: Version) -> dict[str, Any]:
    """Totals and their parts; nothing while the run is under way."""
    if not version.made:
        return {"version": version}
    totals = version.totals
    return {
        "version": version,
        "totals": totals,
        "reasons": [(name, REASON_WORDS[name], totals[name]) for name in REASONS],
        "balance": balance_of(version),
        "terms": wanted.words(version.terms) if version.terms else [],
        "minutes": _by_minute(totals["inside_by_minute"]),
    }


def _by_minute(inside: list[int]) -> list[dict[str, Any]]:
    """At most a dozen rows: minute, people inside, tenths of all for the bar."""
    step = max(1, -(-len(inside) // 12))
    last = max(1, inside[-1] if inside else 1)
    minutes = sorted({*range(0, len(inside), step), len(inside) - 1}) if inside else []
    return [{"minute": k, "inside": inside[k], "share": 100 * inside[k] // last} for k in minutes]


@register.inclusion_tag("plans/parts/printing.html", takes_context=True)
def version_printing(context: template.Context, version: Version) -> dict[str, Any]:
    """The last printing of the whole book, and the button for another."""
    runs = Run.objects.of_kind(PRINT).filter(organ=version.organ, ask__version=str(version.pk))
    return {
        "version": version,
        "run": runs.first(),
        "may_print": context["user"].has_role(print_book.roles, version.organ),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("plans/parts/tabs.html")
def version_tabs(version: Version, here: str = "") -> dict[str, Any]:
    return {"tabs": tabs_of(version, here)}
