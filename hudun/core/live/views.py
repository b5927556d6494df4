"""`/live/?after=n&topics=a,b`: server-sent events. Every message is

    id: n            everything up to n has been told
    event: change    data: {"seq", "topic", "payload"}
    event: beat      data: {"now": office time in ms, "floor": n}; at least every BEAT seconds
    event: reload    the page slept longer than changes are kept

A stream ends after LIFE seconds; the page asks again and proves anew who it is.
"""

import asyncio
import json
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.live.models import Change
from hudun.core.live.tail import Tail
from hudun.core.organ import User

PAUSE = 0.25  # seconds between two looks
BEAT = 3.0
LIFE = 600.0


@require_GET
def live(request: HttpRequest) -> StreamingHttpResponse:
    events = stream_of(request).events()
    response = StreamingHttpResponse(events, content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # a proxy that gathers would make the page stale
    return response


def stream_of(request: HttpRequest) -> "Stream":
    if not isinstance(request.user, User):
        raise Problem("401.1")
    after = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    topics = frozenset(filter(None, request.GET.get("topics", "").split(",")))
    return Stream(request.user, topics, int(after) if after.isdecimal() else None)


class Stream:
    def __init__(self, user: User, topics: frozenset[str], after: int | None) -> None:
        self.user, self.topics, self.after = user, topics, after

    async def events(self) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        end, beat_at = loop.time() + LIFE, 0.0
        tail = Tail(await sync_to_async(self._start)())
        if await sync_to_async(self._slept_too_long)():
            yield message("reload", {}, tail.floor)
        while loop.time() < end:
            for change in await sync_to_async(self._look)(tail):
                yield message("change", as_json(change), tail.floor)
            if loop.time() >= beat_at:
                yield message("beat", {"now": milliseconds(), "floor": tail.floor}, tail.floor)
                beat_at = loop.time() + BEAT
            await asyncio.sleep(PAUSE)

    def _start(self) -> int:
        return Change.objects.newest() if self.after is None else self.after

    def _slept_too_long(self) -> bool:
        """Whether changes after the number the page knows are already forgotten."""
        oldest = Change.objects.order_by("seq").first()
        newest = Change.objects.newest()
        known = newest if self.after is None else self.after
        return known > newest or (oldest is not None and known < oldest.seq - 1)

    def _look(self, tail: Tail) -> list[Change]:
        return [c for c in tail.read(Change.objects.all(), clock.wall()) if self._wanted(c)]

    def _wanted(self, change: Change) -> bool:
        return (not self.topics or change.topic in self.topics) and self.user.sees(change.organ)


def message(event: str, data: object, floor: int) -> bytes:
    return f"id: {floor}\nevent: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def as_json(change: Change) -> dict[str, object]:
    return {"seq": change.seq, "topic": change.topic, "payload": change.payload}


def milliseconds() -> int:
    return int(clock.now().timestamp() * 1000)
