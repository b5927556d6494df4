"""Everything the desk shows, as one answer; pages ask for parts of it when something changed."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from hudun.affairs.soundings.models import Issuer
from hudun.affairs.soundings.rulebook import signals, sounding_rules
from hudun.core import clock
from hudun.core.live.models import Change
from hudun.core.processes.models import Heartbeat

from .orders import alert_rows, order_rows, stop_rows
from .sirens import siren_rows

WATCHED = (("dispatch", "发令"), ("web", "网页"), ("worker", "后台"), ("broker", "消息服务器"))
FORGOTTEN = timedelta(hours=1)


def desk_state(issuer: Issuer, numbers: Collection[int] | None = None) -> dict[str, Any]:
    """The number of the newest change is read first: what comes later is told by the stream."""
    seq = Change.objects.newest()
    state: dict[str, Any] = {
        "seq": seq,
        "now": int(clock.now().timestamp() * 1000),
        "sirens": [] if numbers == [] else siren_rows(issuer, numbers),
        "orders": order_rows(issuer),
        "alerts": alert_rows(issuer),
        "stops": stop_rows(issuer),
        "processes": process_rows(),
    }
    if numbers is None:
        state |= {
            "lost_after": sounding_rules(issuer.organ, clock.today()).lost_after_s,
            "signals": signal_rows(issuer),
        }
    return state


def process_rows() -> list[dict[str, Any]]:
    beats: dict[str, Heartbeat] = {}
    for beat in Heartbeat.objects.filter(at__gt=clock.wall() - FORGOTTEN).order_by("at"):
        beats[beat.name.partition(" ")[0].partition("-")[0]] = beat
    rows = [
        (name, label, beats.get(name))
        for name, label in WATCHED
        if name in beats or name != "broker"
    ]
    return [
        {
            "key": name,
            "name": label,
            "alive": bool(beat and beat.alive),
            "word": "正常" if beat and beat.alive else "无心跳",
        }
        for name, label, beat in rows
    ]


def signal_rows(issuer: Issuer) -> list[dict[str, Any]]:
    known = signals(issuer.organ, clock.today())
    return [
        {
            "number": one["number"],
            "name": name,
            "strokes": one["pattern"],
            "repeat": one["repeat"],
        }
        for name, one in sorted(known.items(), key=lambda item: int(item[1]["number"]))
    ]
