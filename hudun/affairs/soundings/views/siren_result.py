"""One siren's part in a sounding: its verdicts, and the signed receipts that they rest on."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hudun.affairs.soundings.models import Receipt
from hudun.affairs.soundings.result import Result, SirenRow
from hudun.affairs.soundings.result.lists import OUTCOME_NAMES
from hudun.affairs.soundings.result.reasons import phrase
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.web import actor_of
from hudun.wire.frames import Evidence, Reason, State
from hudun.wire.office import REASON_NAMES

from .by_hand import may_record

STATES = {
    State.ACCEPTED: "接令",
    State.REFUSED: "拒绝",
    State.SOUNDING: "开始鸣响",
    State.FINISHED: "鸣响完毕",
    State.INTERRUPTED: "中断",
    State.SILENT: "未鸣响",
    State.UNPROVED: "无证明",
    State.STOPPED: "已停止",
    State.UNSOLICITED: "无令自鸣",
    State.QUIET: "停声",
}
EVIDENCE = {
    Evidence.NONE: "无",
    Evidence.CURRENT: "电流",
    Evidence.MICROPHONE: "拾音",
    Evidence.RELAY: "继电器回读",
    Evidence.SELF_TEST: "自检",
}


def siren_result(request: HttpRequest, made: Result, number: str) -> HttpResponse:
    row = made.row.get(int(number)) if number.isdecimal() else None
    if row is None:
        raise Problem("404.1")
    context = {
        "result": made,
        "row": row,
        "word": OUTCOME_NAMES[row.outcome],
        "may_record": may_record(actor_of(request), made),
        "signals": _signals(made, row),
        "receipts": [_receipt(one) for one in _receipts(made, row)],
    }
    return render(request, "soundings/result_siren.html", context)


def _signals(made: Result, row: SirenRow) -> list[dict[str, Any]]:
    return [
        {
            "signal": signal,
            "word": OUTCOME_NAMES[one.outcome],
            "accurate": one.accurate,
            "verdict": one.verdict,
            "why": phrase(signal, one),
        }
        for signal, one in zip(made.signals, row.signals, strict=True)
    ]


def _receipts(made: Result, row: SirenRow) -> list[Receipt]:
    """What the terminal said of these orders, and of the stops that ended them."""
    office = made.orders[0].issuer.number
    counters = Q(counter__in=[order.counter for order in made.orders])
    if made.stops:
        stops = [frame.upto for stop in made.stops for frame in stop.frames.all()]
        counters |= Q(counter__in=stops)
    return list(Receipt.objects.of_siren(office, row.number).filter(counters, issuer=office))


def _receipt(receipt: Receipt) -> dict[str, Any]:
    state = State(receipt.state)
    if state is State.REFUSED:
        known = receipt.evidence in set(Reason)
        proof = REASON_NAMES[Reason(receipt.evidence)] if known else ""
    else:
        proof = EVIDENCE[Evidence(receipt.evidence)]
    at = f"{clock.beijing(receipt.at):%m-%d %H:%M:%S}.{receipt.at_ms % 1000:03}"
    return {"receipt": receipt, "at": at, "state": STATES[state], "proof": proof}
