"""What is overdue climbs 社区 → 街道 → 区 → 市 by itself: once each, also after days of downtime,
after a kill in the middle, and with two workers at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from hudun.affairs.inspections import actions
from hudun.affairs.inspections.actions.escalating import escalate
from hudun.affairs.inspections.jobs import escalate_overdue
from hudun.affairs.inspections.jobs import hazards as jobs
from hudun.affairs.inspections.models import Escalation, Hazard
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.clock import BEIJING
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.core.journal.verify import verify
from hudun.core.notice.models import Message
from hudun.core.recurring import recurring, run_due
from hudun.core.testing import Cast

from .conftest import MakePlate

pytestmark = pytest.mark.django_db

MONDAY = datetime(2025, 9, 1, 9, tzinfo=BEIJING)
DUE = date(2025, 9, 22)
RUNGS = {
    "community": date(2025, 9, 23),
    "subdistrict": date(2025, 9, 26),
    "district": date(2025, 9, 30),
    "city": date(2025, 10, 11),
}
"""Working days after September 22, with September 28 worked and October 1 to 8 off:
worked out by hand from the State Council's calendar of 2025."""
Clockwork = Callable[[date], list[str]]


@pytest.fixture
def hazard(cast: Cast, make_plate: MakePlate) -> Hazard:
    """In 白沙井社区, due on September 22."""
    plate = make_plate(1, organ=cast.stage.baishajing)
    with clock.frozen(MONDAY):
        found = actions.raise_hazard(
            cast.actor("li"), plate.organ, plate, kind="渗漏水", grade="一般"
        )
        told = actions.notify(cast.actor("li"), found)
    assert told.due_on == DUE
    return told


def on(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING).astimezone(UTC)


@pytest.fixture
def turn() -> Clockwork:
    """The clock comes round on that day; the levels told so far."""

    def come_round(day: date) -> list[str]:
        with clock.frozen(on(day)):
            escalate_overdue()
        return list(Escalation.objects.order_by("ought_on", "id").values_list("level", flat=True))

    return come_round


def test_level_by_level_each_on_its_day(hazard: Hazard, turn: Clockwork, cast: Cast) -> None:
    assert turn(DUE) == [], "the last day is still the unit's"
    told: list[str] = []
    for level, day in RUNGS.items():
        assert turn(day - timedelta(days=1)) == told
        told.append(level)
        assert turn(day) == told
        assert turn(day) == told, "a second time changes nothing"
        hazard.refresh_from_db()
        assert hazard.level == level
        assert hazard.holder_organ is not None and hazard.holder_organ.kind == level
        assert hazard.until is not None and hazard.until >= day
    assert hazard.next_on is None
    assert turn(date(2026, 3, 1)) == told
    units = Message.objects.filter(topic="inspections.escalated").order_by("made_at")
    assert [str(message.unit) for message in units] == [
        "白沙井社区居委会", "城南路街道", "天心区", "长沙市",
    ]  # fmt: skip
    assert not any("补报" in message.text for message in units)
    assert JournalLine.objects.filter(verb="inspections.escalate").count() == 4
    assert verify(cast.stage.tianxin) == []


def test_after_days_of_downtime_the_true_days_are_said(hazard: Hazard, turn: Clockwork) -> None:
    back = date(2025, 10, 9)
    assert turn(back) == ["community", "subdistrict", "district"]
    rungs = Escalation.objects.all()
    assert [rung.ought_on for rung in rungs] == list(RUNGS.values())[:3]
    assert {clock.beijing(rung.done_at).date() for rung in rungs} == {back}
    texts = Message.objects.filter(topic="inspections.escalated").values_list("text", flat=True)
    for day, text in zip(list(RUNGS.values())[:3], texts.order_by("made_at", "id"), strict=True):
        assert f"应于 {day} 报送，因系统停机，于 2025-10-09 08:00 补报" in text
    assert turn(RUNGS["city"]) == list(RUNGS), "standing still gave nobody more time"


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(
    hazard: Hazard, turn: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = recurring[f"{escalate_overdue.__module__}.escalate_overdue"]
    with monkeypatch.context() as killing, clock.frozen(on(date(2025, 10, 9))):
        real: Callable[..., Escalation] = escalate
        calls: list[Hazard] = []

        def dies(actor: Actor, found: Hazard) -> object:
            calls.append(found)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(actor, found)

        killing.setattr(jobs, "escalate", dies)
        with pytest.raises(KeyboardInterrupt):
            work.do(clock.now())
    assert not Escalation.objects.exists()
    assert not Message.objects.filter(topic="inspections.escalated").exists()
    with clock.frozen(on(date(2025, 10, 9))):
        assert run_due()
    assert Escalation.objects.count() == 3


def test_two_workers_that_read_the_same_hazard(hazard: Hazard) -> None:
    first, second = Hazard.objects.get(), Hazard.objects.get()
    with clock.frozen(on(RUNGS["community"])):
        system = Actor.system(hazard.organ)
        escalate(system, first)
        with pytest.raises(Problem, match=r"409\.123"):
            escalate(system, second)
    assert Escalation.objects.count() == 1


def test_no_person_escalates_by_hand(cast: Cast, hazard: Hazard) -> None:
    with clock.frozen(on(RUNGS["community"])), pytest.raises(Problem, match=r"403\.1"):
        escalate(cast.actor("li"), hazard)


def test_an_answer_stops_it_and_an_extension_starts_it_anew(
    cast: Cast, hazard: Hazard, turn: Clockwork
) -> None:
    assert turn(RUNGS["community"]) == ["community"]
    with clock.frozen(on(RUNGS["community"])):
        actions.extend(cast.actor("li").because("等配件"), hazard, due_on=date(2025, 9, 29))
    hazard.refresh_from_db()
    assert (hazard.level, hazard.holder) == ("", hazard.unit)
    assert turn(date(2025, 9, 30)) == ["community", "community"]
    with clock.frozen(on(date(2025, 9, 30))):
        actions.answer(cast.actor("li"), hazard.organ, hazard, text="已修")
        recheck = Hazard.objects.get().until
    assert recheck is not None
    assert turn(recheck) == ["community", "community"]
    assert turn(recheck + timedelta(days=1))[-1] == "district", "now the office is late"


def test_a_street_without_communities_begins_at_the_street(
    cast: Cast, make_plate: MakePlate, turn: Clockwork
) -> None:
    plate = make_plate(2)
    with clock.frozen(MONDAY):
        found = actions.raise_hazard(
            cast.actor("li"), plate.organ, plate, kind="渗漏水", grade="一般"
        )
        actions.notify(cast.actor("li"), found)
    assert turn(RUNGS["community"]) == ["subdistrict"]


def test_an_offices_own_holiday_moves_the_day(cast: Cast, make_plate: MakePlate) -> None:
    from hudun.core.calendar.actions import set_day

    set_day(cast.actor("li"), cast.stage.tianxin, date(2025, 9, 2), working=False, note="抗洪")
    plate = make_plate(3)
    with clock.frozen(MONDAY):
        found = actions.raise_hazard(
            cast.actor("li"), plate.organ, plate, kind="渗漏水", grade="一般"
        )
    assert found.due_on == DUE + timedelta(days=1)
    assert "+" in found.calendar, "the version names the office's own days"
