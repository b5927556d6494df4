"""What happened to a hazard, in sequence, each step with what shows it."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from hudun.affairs.inspections.models import Escalation, Hazard, Reply, Sighting
from hudun.core import clock
from hudun.core.attachment.models import Attachment
from hudun.core.paper.models import IssuedPaper


class Step(NamedTuple):
    at: datetime
    title: str
    text: str = ""
    tone: str = ""
    photos: tuple[UUID, ...] = ()
    paper: IssuedPaper | None = None


def timeline_of(hazard: Hazard) -> list[Step]:
    return sorted(_steps(hazard), key=lambda step: step.at)


def _steps(hazard: Hazard) -> Iterator[Step]:
    yield Step(hazard.found_at, "发现隐患", hazard.detail, "warn")
    yield from map(_seen, hazard.sightings.all())
    if hazard.notice is not None:
        notice = hazard.notice
        text = f"{notice.addressee}，限 {hazard.due_on} 前整改"
        yield Step(notice.issued_at, "发出限期整改通知书", text, "info", paper=notice.paper)
    for limit in hazard.limits.filter(why="延期"):
        yield Step(limit.set_at, f"延期至 {limit.due_on}", limit.reason, "info")
    yield from map(_replied, hazard.replies.select_related("person"))
    yield from map(_told, hazard.escalations.select_related("organ"))
    if hazard.closed_at is not None:
        tone = "ok" if hazard.state == "closed" else "idle"
        yield Step(hazard.closed_at, hazard.shown.label, hazard.ending, tone)


def _seen(seen: Sighting) -> Step:
    title = "检查：已整改" if seen.mended else "检查：未整改"
    photos = tuple(UUID(key) for key in seen.photos)
    return Step(seen.at, title, seen.comment, "ok" if seen.mended else "warn", _here(photos))


def _here(photos: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Those that have been delivered."""
    known = set(Attachment.objects.filter(pk__in=photos).values_list("pk", flat=True))
    return tuple(key for key in photos if key in known)


def _replied(reply: Reply) -> Step:
    photos = tuple(Attachment.objects.about(reply).values_list("pk", flat=True))
    return Step(reply.answered_at, f"整改回复（{reply.by}）", reply.text, "info", photos)


def _told(rung: Escalation) -> Step:
    late = f"；应于 {rung.ought_on} 报送，因停机补报" if rung.is_late else ""
    done = f"{clock.beijing(rung.done_at):%Y-%m-%d}"
    text = f"应于 {rung.due_on} 前办结，逾期；{done} 报 {rung.organ}{late}"
    return Step(rung.done_at, f"逾期督办：{rung.organ}", text, "bad")
