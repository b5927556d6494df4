"""Open orders, the last stops and the alerts, as the duty desk shows them."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from hudun.affairs.soundings.models import Alert, Issuer, Order, SirenStatus, StopOrder, Verdict
from hudun.affairs.soundings.rulebook import signals
from hudun.affairs.soundings.timetable_json import signals_from_json
from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.wire.frames import Mode, State
from hudun.wire.office import Verdict as Word
from hudun.wire.signals import PATTERNS, Pattern

Row = dict[str, Any]
LOOKS = {Mode.LIVE: "live", Mode.TRIAL: "trial", Mode.SILENT: "silent"}
ENDED = {
    Word.FINISHED: "finished",
    Word.INTERRUPTED: "interrupted",
    Word.REFUSED: "refused",
    Word.SILENT: "silent",
    Word.UNPROVED: "unproved",
    Word.UNREACHABLE: "unreachable",
}
WORST_FIRST = (
    "unreachable", "silent", "refused", "interrupted", "unproved", "finished",
)  # fmt: skip
GOING_ON = {
    State.ACCEPTED: "accepted",
    State.REFUSED: "refused",
    State.SOUNDING: "sounding",
    State.FINISHED: "finished",
    State.INTERRUPTED: "interrupted",
    State.SILENT: "silent",
    State.UNPROVED: "unproved",
    State.STOPPED: "interrupted",
}
SHOWN_AFTER_END = timedelta(minutes=10)
STOPS_SHOWN = timedelta(hours=2)
MOST_STOPS = 5
ALERT_RANK = {"unsolicited": 0, "impostor": 1, "lost": 2, "fault": 3, "roster": 4}


def milliseconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


def order_rows(issuer: Issuer) -> list[Row]:
    """Open orders, and those that ended a moment ago."""
    just_ended = Q(closed_at__gt=clock.now() - SHOWN_AFTER_END)
    shown = Order.objects.by_issuer(issuer).filter(
        Q(state__in=Order.flow.open_states()) | just_ended
    )
    patterns = patterns_of(issuer)
    rows = [_order(order, patterns) for order in shown.select_related("plan", "issuer")]
    return sorted(rows, key=lambda row: row["starts_at"] or 0)


def patterns_of(issuer: Issuer) -> dict[int, Pattern]:
    """The office's own signals beside the national ones."""
    own = signals_from_json(signals(issuer.organ, clock.today()))
    numbers = {name: one["number"] for name, one in signals(issuer.organ, clock.today()).items()}
    return {**PATTERNS, **{numbers[name]: pattern for name, pattern in own.items()}}


def _order(order: Order, patterns: dict[int, Pattern]) -> Row:
    numbers = list(order.sirens.values_list("number", flat=True))
    return {
        "id": str(order.pk),
        "url": f"/soundings/orders/{order.pk}/",
        "title": order.purpose or (order.plan.name if order.plan else str(order)),
        "mode": LOOKS[order.wire_mode],
        "mode_word": order.get_mode_display(),
        "state": order.state,
        "state_word": order.flow.shown(order).label,
        "target": order.target_text,
        "starts_at": milliseconds(order.starts_at),
        "programme": [
            {
                "name": name,
                "at": at,
                "seconds": patterns[number].seconds if number in patterns else 0,
            }
            for number, name, at in order.steps
        ],
        "total": len(numbers),
        "progress": progress(order, numbers),
    }


def progress(order: Order, numbers: list[int]) -> dict[str, int]:
    """How many sirens stand where; a siren counts once, by its worst verdict if it has one."""
    ended = _ended(order)
    said = SirenStatus.objects.filter(office=order.issuer.number, counter=order.counter)
    now = {
        siren: GOING_ON.get(State(state))
        for siren, state in said.values_list("siren", "order_state")
        if state
    }
    return dict(Counter(ended.get(n) or now.get(n) or "waiting" for n in numbers))


def _ended(order: Order) -> dict[int, str]:
    words: dict[int, str] = {}
    if order.state in ("released", "running"):
        return words
    for siren, verdict in Verdict.objects.filter(order=order).values_list("siren", "verdict"):
        word = ENDED[Word(verdict)]
        words[siren] = min(words.get(siren, word), word, key=WORST_FIRST.index)
    return words


def stop_rows(issuer: Issuer) -> list[Row]:
    """The newest first."""
    recent = StopOrder.objects.by_issuer(issuer).filter(pressed_at__gt=clock.now() - STOPS_SHOWN)
    return [stop_row(stop) for stop in recent.order_by("-pressed_at")[:MOST_STOPS]]


def stop_row(stop: StopOrder) -> Row:
    total = len(stop.numbers)
    return {
        "id": str(stop.pk),
        "target": stop.target_text,
        "pressed_at": milliseconds(stop.pressed_at),
        "published_at": milliseconds(stop.published_at),
        "total": total,
        "silent": stop.silent,
        "seconds": stop.seconds if stop.silent >= total else None,
    }


def alert_rows(issuer: Issuer) -> list[Row]:
    alerts = (
        Alert.objects.under(issuer.organ)
        .open()
        .select_related("siren__organ__parent", "siren__office")
    )
    rows = [_alert(alert, alert.siren) for alert in alerts]
    return sorted(rows, key=lambda row: (row["rank"], -row["at"]))


def _alert(alert: Alert, siren: Siren) -> Row:
    return {
        "id": str(alert.pk),
        "kind": alert.kind,
        "word": alert.get_kind_display(),
        "rank": ALERT_RANK.get(alert.kind, 9),
        "siren": siren.number,
        "n": siren.number,
        "name": siren.name,
        "area": siren.street,
        "address": siren.site_address or siren.address or siren.position,
        "keeper": siren.site_keeper or siren.upkeep_keeper,
        "phone": siren.site_phone or siren.upkeep_phone,
        "text": alert.text,
        "at": milliseconds(alert.began_at),
        "ended_at": milliseconds(alert.ended_at),
    }
