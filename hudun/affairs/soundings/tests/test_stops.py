"""Stop: one press, one person, no list."""

from typing import Any

import pytest

from hudun.affairs.soundings import actions, stopping
from hudun.affairs.soundings.models import Order, Plan, StopOrder
from hudun.affairs.soundings.notices import draft_stop_notice
from hudun.affairs.soundings.testing import Office, make_siren
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.wire.cose import take_apart
from hudun.wire.frames import SHORT_FRAME, Mode, Stop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sirens(office: Office) -> None:
    for number in range(1, 13):
        make_siren(office, number)


def refused(number: str) -> Any:
    return pytest.raises(Problem, match=rf"^{number} ")


def decoded(stop: StopOrder) -> list[Stop]:
    frames = stop.frames.order_by("upto")
    return [Stop.decode(take_apart(bytes(one.frame)).payload) for one in frames]


@pytest.mark.parametrize("who", ["wang", "li", "zhou"])
def test_one_person_stops_everything(office: Office, who: str) -> None:
    order = office.immediate(Mode.LIVE)
    stop = office.stop(who)
    (frame,) = decoded(stop)
    order.refresh_from_db()
    assert frame.upto > order.counter
    assert (frame.target.group, frame.target.sirens) == (0, ())
    assert (order.state, stop.pressed_by) == ("stopped", getattr(office.cast, who))
    assert len(stop.numbers) == 12
    line = JournalLine.objects.filter(verb="soundings.press_stop").get()
    assert line.person == stop.pressed_by


@pytest.mark.parametrize(("who", "number"), [("zhang", "403.1"), ("qian", "404.1")])
def test_who_may_not(office: Office, who: str, number: str) -> None:
    with refused(number):
        office.stop(who)


def test_a_later_order_is_untouched(office: Office) -> None:
    (frame,) = decoded(office.stop())
    assert office.immediate(Mode.LIVE).counter > frame.upto


def test_some_sirens_take_frames_of_eight_and_never_a_list(office: Office) -> None:
    stop = office.stop(sirens=list(range(1, 11)))
    frames = decoded(stop)
    assert [len(frame.target.sirens) for frame in frames] == [8, 2]
    assert all(frame.target.list_number is None for frame in frames)
    assert all(len(one.frame) <= SHORT_FRAME for one in stop.frames.all())


def test_a_press_for_hundreds_is_kept_with_a_text_that_fits(office: Office) -> None:
    """SQLite would take a text of any length; PostgreSQL refuses it, and the stop with it."""
    for number in range(13, 160):
        make_siren(office, number)
    stop = office.stop(sirens=list(range(1, 160)))
    assert len(stop.numbers) == 159
    assert stop.frames.count() == 20
    assert stop.target_text.startswith("1、2、3、")
    assert stop.target_text.endswith(" 等 159 台警报器")
    assert len(stop.target_text) <= 200
    assert office.stop(sirens=[3, 4]).target_text == "3、4 号警报器"


def test_stopping_one_siren_leaves_the_order_to_the_others(office: Office) -> None:
    order = office.immediate(Mode.LIVE)
    office.stop(sirens=[3])
    order.refresh_from_db()
    assert order.state == "released"


def test_stopping_all_sirens_of_an_order_stops_it(office: Office) -> None:
    order = office.immediate(Mode.LIVE, sirens=[3, 4])
    office.stop(sirens=[3, 4, 5])
    order.refresh_from_db()
    assert order.state == "stopped"


def test_a_planned_sounding_is_stopped_with_its_plan(office: Office) -> None:
    office.sounding()
    office.stop()
    assert (Plan.objects.get().state, Order.objects.get().state) == ("stopped", "stopped")


def test_a_draft_under_a_stop_is_gone_and_an_approved_plan_orders_anew(office: Office) -> None:
    plan = actions.approve_plan(office.cast.actor("zhou"), office.plan())
    (order,) = actions.draft_orders(office.cast.actor("wang"), plan)
    office.stop()
    order.refresh_from_db()
    assert (order.state, Plan.objects.get().state) == ("stopped", "approved")
    (again,) = actions.draft_orders(office.cast.actor("wang"), Plan.objects.get())
    assert again.counter > order.counter


def test_the_stop_has_its_own_notice(office: Office) -> None:
    order = office.immediate(Mode.LIVE)
    text = draft_stop_notice(office.stop(), [order])
    assert "已经停止" in text
    assert "天心区" in text


def test_without_a_roster_that_lists_the_desk_there_is_a_number_not_silence(office: Office) -> None:
    office.issuer.rosters.all().delete()
    with refused("409.40"):
        office.stop()


def test_a_broker_s_address_that_is_none_is_said_and_the_stop_is_kept(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "DISPATCH_TAKES", 0.0)
    assert stopping.main(["--all", "--broker", "nonsense", "--wait", "0"]) == stopping.NOT_SENT
    said = capsys.readouterr().err
    assert "503.40" in said
    assert "nonsense" in said
    assert StopOrder.objects.get().frames.count() == 1
