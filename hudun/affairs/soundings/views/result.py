"""What came of a sounding: every number opens its list."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.actions.papers import (
    file_notice,
    file_report,
    issue_notice,
    issue_report,
)
from hudun.affairs.soundings.models import Order, Plan
from hudun.affairs.soundings.rates import FAILURES, Outcome, Ratio
from hudun.affairs.soundings.result import LISTS, Result, SirenRow, Sounding, listed, result_of
from hudun.affairs.soundings.result.lists import OUTCOME_NAMES, outcome_list
from hudun.assets.sirens.facts import REGISTER
from hudun.core.error import Problem
from hudun.core.paper.models import IssuedPaper
from hudun.core.web import actor_of
from hudun.wire.frames import Mode

from .base import found
from .by_hand import may_record
from .siren_result import siren_result

MARKS = {
    Outcome.FINISHED: "ok",
    Outcome.BY_HAND: "info",
    Outcome.UNPROVED: "warn",
    Outcome.PENDING: "idle",
    Outcome.INTERRUPTED: "warn",
}


@require_safe
def result(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    sounding = _sounding(request, kind, pk)
    made = result_of(sounding)
    if not made.orders:
        raise Problem("404.1", "这次鸣放还没有放行的命令，没有结果。")
    if request.GET.get("list"):
        return _list(request, made, request.GET["list"])
    if request.GET.get("siren"):
        return siren_result(request, made, request.GET["siren"])
    actor = actor_of(request)
    context = {
        "result": made,
        "kind": kind,
        "silent": made.mode is Mode.SILENT,
        "rates": [] if made.mode is Mode.SILENT else _rates(made),
        "counts": _counts(made),
        "signals": _signals(made),
        "working": _working(made),
        "rows": [_row(made, row) for row in made.rows],
        "failed": [_row(made, row) for row in made.rows if row.number in made.whole.failed],
        "map": points(made),
        "papers": IssuedPaper.objects.about(sounding),
        "may_record": may_record(actor, made),
        "may_report": file_report.allowed(actor, sounding),
        "may_notice": isinstance(sounding, Plan) and file_notice.allowed(actor, sounding),
        "may_archive": isinstance(sounding, Plan) and actions.archive_plan.allowed(actor, sounding),
    }
    return render(request, "soundings/result.html", context)


@require_POST
def paper(request: HttpRequest, kind: str, pk: UUID, what: str) -> HttpResponse:
    sounding = _sounding(request, kind, pk)
    reason = request.POST.get("reason", "")
    if what == "report":
        issue_report(actor_of(request), sounding, reason=reason)
    elif what == "notice" and isinstance(sounding, Plan):
        issue_notice(actor_of(request), sounding, reason=reason)
    else:
        raise Problem("404.0")
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if here else f"/soundings/{kind}/{pk}/result/")


def _sounding(request: HttpRequest, kind: str, pk: UUID) -> Sounding:
    return found(Plan, request, pk) if kind == "plans" else found(Order, request, pk)


def _list(request: HttpRequest, made: Result, name: str) -> HttpResponse:
    if name == "timeline":
        return redirect(f"{made.path}#timeline")
    number = request.GET.get("signal", "")
    signal = int(number) if number.isdecimal() else None
    rows = listed(made, name, signal)
    context = {
        "result": made,
        "label": LISTS[name].label,
        "signal": made.signals[signal - 1] if signal else None,
        "rows": [_row(made, row) for row in rows],
    }
    return render(request, "soundings/result_list.html", context)


def _rates(made: Result) -> list[dict[str, Any]]:
    whole = made.whole
    return [
        _rate(made, "鸣响率", whole.sounding_rate, "sounded", "按令鸣响（含手动）÷ 应鸣"),
        _rate(made, "准确率", whole.accuracy_rate, "accurate", "信号、起点 ±1 秒、时长都对 ÷ 应鸣"),
        _rate(made, "统控率", whole.control_rate, "controlled", "服从统一控制 ÷ 应鸣"),
    ]


def _rate(made: Result, label: str, ratio: Ratio, name: str, how: str) -> dict[str, Any]:
    return {
        "label": label,
        "how": how,
        "numerator": ratio.numerator,
        "denominator": ratio.denominator,
        "percent": _percent(ratio),
        "url": made.url(name),
        "all": made.url("ordered"),
        "missing": len(ratio.missing),
        "missing_url": made.url(f"not-{name}"),
    }


def _working(made: Result) -> dict[str, Any]:
    """完好率 is of the register as it is today, not of the sounding."""
    value = made.working
    part, whole = int(value.number or 0), int(value.denominator or 0)
    ratio = Ratio(frozenset(range(part)), frozenset(range(whole)))
    percent = _percent(ratio)
    return {"part": part, "whole": whole, "percent": percent, "url": value.url, "all": REGISTER}


def _percent(ratio: Ratio) -> str:
    """Never rounded up to a hundred."""
    if not ratio.denominator:
        return "–"
    tenths = 1000 * ratio.numerator // ratio.denominator
    return f"{tenths // 10}.{tenths % 10} %"


def _counts(made: Result) -> list[dict[str, Any]]:
    """Kept apart from the rates: what was started by hand, what proves nothing, what failed."""
    shown = (Outcome.BY_HAND, Outcome.UNPROVED, Outcome.PENDING, *FAILURES)
    names = {Outcome.BY_HAND: "by-hand", Outcome.UNPROVED: "unproved", Outcome.PENDING: "pending"}
    return [
        {
            "label": OUTCOME_NAMES[outcome],
            "count": len(made.whole.of(outcome)),
            "url": made.url(names.get(outcome) or outcome_list(outcome)),
            "mark": MARKS.get(outcome, "bad"),
        }
        for outcome in dict.fromkeys(shown)
    ]


def _signals(made: Result) -> list[dict[str, Any]]:
    return [
        {
            "signal": signal,
            "cells": [
                {"count": len(numbers), "url": made.url(name, signal)}
                for name, numbers in (
                    ("sounded", tally.sounded),
                    ("accurate", tally.accurate),
                    ("by-hand", tally.by_hand),
                    ("unproved", tally.unproved),
                    ("failed", tally.failed),
                )
            ],
        }
        for signal, tally in zip(made.signals, made.by_signal, strict=True)
    ]


def _row(made: Result, row: SirenRow) -> dict[str, Any]:
    return {
        "row": row,
        "mark": MARKS.get(row.outcome, "bad"),
        "word": OUTCOME_NAMES[row.outcome],
        "url": made.siren_url(row),
        "error": _seconds(row.start_error_ms),
        "cells": [
            {
                "label": signal.label,
                "word": OUTCOME_NAMES[one.outcome],
                "mark": MARKS.get(one.outcome, "bad"),
                "accurate": one.accurate,
                "error": _seconds(one.start_error_ms),
            }
            for signal, one in zip(made.signals, row.signals, strict=True)
        ],
    }


def _seconds(ms: int | None) -> str:
    return "" if ms is None else f"{ms / 1000:+.2f} 秒"


def points(made: Result) -> dict[str, Any]:
    placed = [row for row in made.rows if row.siren.lon is not None]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": row.number,
                "geometry": {"type": "Point", "coordinates": [row.siren.lon, row.siren.lat]},
                "properties": {
                    "name": row.siren.name,
                    "mark": MARKS.get(row.outcome, "bad"),
                    "state": OUTCOME_NAMES[row.outcome],
                    "note": row.reason,
                    "url": f"/sirens/{row.siren.pk}/",
                },
            }
            for row in placed
        ],
    }
