"""The stream: what is told, to whom, and what a page that slept is told."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, RequestFactory

from hudun.core.live import views
from hudun.core.live.announce import announce
from hudun.core.live.models import Change
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(views, "LIFE", 0.12)
    monkeypatch.setattr(views, "PAUSE", 0.02)
    monkeypatch.setattr(views, "BEAT", 0.05)
    yield


async def messages(stream: views.Stream) -> list[tuple[str, dict[str, Any]]]:
    blocks = [block.decode().splitlines() async for block in stream.events()]
    return [(b[1].removeprefix("event: "), json.loads(b[2].removeprefix("data: "))) for b in blocks]


async def changes(stream: views.Stream) -> list[Any]:
    return [data["payload"] for event, data in await messages(stream) if event == "change"]


async def test_tells_what_changed_after_n_in_order(cast: Cast) -> None:
    for n in range(3):
        await sync_to_async(announce)("thing", cast.stage.tianxin, {"n": n})
    first = await sync_to_async(Change.objects.order_by("seq").first)()
    assert first is not None
    stream = views.Stream(cast.wang, frozenset(), first.seq)
    assert await changes(stream) == [{"n": 1}, {"n": 2}]


async def test_another_district_and_another_topic_hear_nothing(cast: Cast) -> None:
    await sync_to_async(announce)("thing", cast.stage.tianxin, {"n": 1})
    start = await sync_to_async(Change.objects.newest)() - 1
    assert await changes(views.Stream(cast.qian, frozenset(), start)) == []
    assert await changes(views.Stream(cast.wang, frozenset({"order"}), start)) == []
    assert await changes(views.Stream(cast.wang, frozenset({"thing"}), start)) == [{"n": 1}]


async def test_beats_so_that_a_stale_page_shows(cast: Cast) -> None:
    heard = await messages(views.Stream(cast.wang, frozenset(), None))
    assert [event for event, _ in heard].count("beat") >= 2
    assert abs(heard[0][1]["now"] - views.milliseconds()) < 5000


async def test_a_page_that_slept_too_long_loads_itself_anew(cast: Cast) -> None:
    for n in range(3):
        await sync_to_async(announce)("thing", cast.stage.tianxin, {"n": n})
    newest = await sync_to_async(Change.objects.newest)()
    await sync_to_async(Change.objects.filter(seq__lt=newest).delete)()
    heard = await messages(views.Stream(cast.wang, frozenset(), newest - 2))
    assert heard[0][0] == "reload"
    assert ("reload", {}) not in await messages(views.Stream(cast.wang, frozenset(), newest))


async def test_a_stranger_hears_nothing_and_a_post_is_refused(cast: Cast) -> None:
    client = AsyncClient()
    answer = await client.get("/live/", headers={"accept": "text/event-stream"})
    assert answer.status_code in (302, 401)
    await client.aforce_login(cast.wang)
    assert (await client.post("/live/")).status_code == 405
    assert (await client.get("/live/"))["Content-Type"] == "text/event-stream"


def test_the_number_may_come_from_the_browser_itself(cast: Cast) -> None:
    request = RequestFactory().get("/live/?after=3", headers={"Last-Event-ID": "7"})
    request.user = cast.wang
    assert views.stream_of(request).after == 7
