"""The shift log: who is on watch, what is written, how it is handed over."""

from typing import Any

import pytest
from django.test import Client

from hudun.affairs.duty import actions
from hudun.affairs.duty.answers import WORDS, note
from hudun.affairs.duty.models import LogEntry, Watch
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.live.models import Change
from hudun.core.outbox.models import Event
from hudun.core.testing import Cast

pytestmark = pytest.mark.django_db


def enter(person: Any) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(person)
    return client


@pytest.fixture
def watch(cast: Cast) -> Watch:
    return actions.begin_watch(cast.actor("wang"), cast.stage.tianxin)


def lines() -> list[str]:
    return list(LogEntry.objects.order_by("id").values_list("text", flat=True))


def test_a_line_is_written_told_to_open_pages_and_kept(cast: Cast) -> None:
    answer = enter(cast.wang).post("/duty/log/write/", {"kind": "phone", "text": "市办来电。"})
    assert "市办来电。" in answer.content.decode()
    entry = LogEntry.objects.get()
    assert (entry.person, entry.organ) == (cast.wang, cast.stage.tianxin)
    assert Change.objects.get().topic == "log"
    assert JournalLine.objects.filter(verb="duty.write", person=cast.wang).count() == 1
    assert "市办来电。" in enter(cast.li).get("/duty/log/").content.decode()


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_line_is_refused(cast: Cast, text: str) -> None:
    answer = enter(cast.wang).post("/duty/log/write/", {"kind": "note", "text": text})
    assert answer.status_code == 422
    with pytest.raises(Problem, match=r"422\.76"):
        actions.write(cast.actor("wang"), cast.stage.tianxin, " ")
    assert lines() == []


def test_a_watch_is_handed_over_and_ends_when_it_is_taken(cast: Cast, watch: Watch) -> None:
    given = {"handed_to": str(cast.li.pk), "handover": "7 号失联，已报修。"}
    enter(cast.wang).post(f"/duty/watch/{watch.pk}/hand-over/", given)
    watch.refresh_from_db()
    assert (watch.state, watch.ended_at) == ("handed", None), "until then the first one stands"
    assert "7 号失联" in enter(cast.li).get("/duty/log/panel/").content.decode()
    enter(cast.li).post(f"/duty/watch/{watch.pk}/take-over/")
    watch.refresh_from_db()
    assert watch.state == "off"
    assert Watch.objects.open().get().person == cast.li
    assert lines()[-1] == "李科长 当班。"
    verbs = JournalLine.objects.filter(verb__startswith="duty.").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == ["duty.begin_watch", "duty.hand_over", "duty.take_over"]


def test_a_handover_may_be_taken_back(cast: Cast, watch: Watch) -> None:
    actions.hand_over(cast.actor("wang"), watch, cast.li, "")
    assert enter(cast.wang).post(f"/duty/watch/{watch.pk}/take-back/").status_code == 200
    watch.refresh_from_db()
    assert (watch.state, watch.handed_to) == ("on", None)


def test_only_the_right_person_hands_over_and_takes_over(cast: Cast, watch: Watch) -> None:
    with pytest.raises(Problem, match=r"422\.75"):
        actions.hand_over(cast.actor("wang"), watch, cast.zhang, "")
    actions.hand_over(cast.actor("li"), watch, cast.zhou, "王值班临时离岗")
    with pytest.raises(Problem, match=r"403\.76"):
        actions.take_over(cast.actor("wang"), watch)
    with pytest.raises(Problem, match=r"409\.75"):
        actions.begin_watch(cast.actor("wang"), cast.stage.tianxin)


def test_another_district_a_clerk_and_a_wrong_method(cast: Cast, watch: Watch) -> None:
    url = f"/duty/watch/{watch.pk}/take-back/"
    assert enter(cast.qian).post(url).status_code == 404
    assert enter(cast.zhang).post("/duty/watch/begin/").status_code == 403
    assert (
        enter(cast.zhang).post("/duty/log/write/", {"kind": "note", "text": "x"}).status_code == 403
    )
    assert enter(cast.wang).get(url).status_code == 405
    assert "王值班" not in enter(cast.qian).get("/duty/log/").content.decode()
    assert "王值班 当班" in enter(cast.zhang).get("/duty/log/").content.decode()


def test_what_a_plan_did_is_written_down_by_the_office_itself(cast: Cast) -> None:
    organ = cast.stage.tianxin
    for name in WORDS:
        note(Event(name=name, organ=organ, payload={"plan": "0190"}))
    assert lines() == list(WORDS.values())
    entry = LogEntry.objects.first()
    assert entry is not None
    assert (entry.author, entry.url) == ("系统", "/soundings/plans/0190/")


def test_one_day_at_a_time(cast: Cast, watch: Watch) -> None:
    client = enter(cast.wang)
    assert "没有值班记录" in client.get("/duty/log/?day=2020-01-01").content.decode()
    assert client.get("/duty/log/?day=nonsense").status_code == 200
