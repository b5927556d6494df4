"""A stop through dispatch to the last silent siren."""

import pytest

from hudun.affairs.soundings.models import (
    Plan,
    Receipt,
    StopOrder,
)
from hudun.affairs.soundings.testing import (
    Net,
    Office,
    Time,
)
from hudun.wire.cose import take_apart
from hudun.wire.frames import Kind, Mode, State, kind_of

from .outcomes import ended, words

pytestmark = pytest.mark.django_db


def test_a_stop_silences_and_the_time_it_took_is_kept(net: Net, office: Office, time: Time) -> None:
    order = office.immediate(Mode.LIVE)
    net.run_for(time, 30, 2)
    stop = office.stop()
    net.run_for(time, 1, 1)
    assert not any(box.sounds for box in net.boxes.values())
    net.run_for(time, 10, 2)
    stop.refresh_from_db()
    assert stop.published_at is not None
    assert stop.complete
    assert stop.seconds is not None
    assert stop.seconds <= 1
    order.refresh_from_db()
    assert {row.reason for row in order.verdicts.all()} == {"已停止"}
    assert (order.state, order.closed_at is not None) == ("stopped", True)


def test_a_stop_before_the_start_is_remembered(net: Net, office: Office, time: Time) -> None:
    order = office.sounding()
    net.run_for(time, 5)
    office.stop()
    net.run_for(time, 5)
    order = ended(net, time, order)
    assert not Receipt.objects.filter(state=State.SOUNDING.value).exists()
    assert {row.reason for row in order.verdicts.all()} == {"已停止"}
    assert (order.state, Plan.objects.get().state) == ("stopped", "stopped")


def test_a_stop_for_one_leaves_the_others_sounding(net: Net, office: Office, time: Time) -> None:
    order = office.immediate(Mode.LIVE)
    net.run_for(time, 30, 2)
    office.stop(sirens=[2])
    order = ended(net, time, order)
    assert words(order) == {1: ["FINISHED"], 2: ["INTERRUPTED"], 3: ["FINISHED"]}
    assert order.state == "closed"


def test_a_stop_reaches_a_siren_that_was_away(net: Net, office: Office, time: Time) -> None:
    order = office.sounding()
    net.run_for(time, 5)
    net.boxes[3].offline = True
    stop = office.stop()
    net.run_for(time, 300, 30)
    stop.refresh_from_db()
    assert (stop.silent, len(stop.numbers)) == (2, 3)
    net.boxes[3].offline = False
    net.boxes[3].start()
    net.run_for(time, 90, 5)
    stop.refresh_from_db()
    assert stop.complete
    assert {row.reason for row in ended(net, time, order).verdicts.all()} == {"已停止"}


def test_a_stop_pressed_while_dispatch_was_down_goes_out_first(
    net: Net, office: Office, time: Time
) -> None:
    office.immediate(Mode.LIVE)
    net.run_for(time, 30, 2)
    office.stop()
    before = len(net.link.published)
    net.kill()
    sent = [kind_of(take_apart(frame).payload) for _, frame in net.link.published[before:]]
    assert sent[0] is Kind.STOP
    net.run_for(time, 2, 1)
    assert not any(box.sounds for box in net.boxes.values())


def test_a_stop_signed_while_the_broker_was_down_is_marked_when_it_has_gone(
    net: Net, office: Office, time: Time
) -> None:
    net.link.cut()
    stop = office.stop()
    net.run_for(time, 3, 1)
    assert StopOrder.objects.get().published_at is None
    net.link.mend()
    net.run_for(time, 1, 1)
    stop.refresh_from_db()
    assert stop.published_at is not None
    assert stop.silent == 3
