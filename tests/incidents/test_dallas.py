"""Dallas, 7 April 2017.

Somebody records the radio tones of a monthly siren test and plays them back before midnight: all
156 sirens sound, again and again, for 95 minutes. The tones were the same every month.
"""

from datetime import timedelta

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Order, Receipt
from hudun.affairs.soundings.testing import Net, Office, Time
from hudun.core import clock
from hudun.wire.frames import Mode, Reason, State
from hudun.wire.terminal import FrameArrived
from tests.incidents.conftest import heard, refusals

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def replay(net: Net, frames: list[bytes], *, retained: bool = False) -> None:
    """By an enemy at the transmitter: every siren hears every frame."""
    for frame in frames:
        for box in net.boxes.values():
            box.give(FrameArrived(frame, "mqtt", retained))


def captured(net: Net) -> list[bytes]:
    return [frame for _, frame in net.link.published]


def sounded(net: Net, office: Office, time: Time) -> Order:
    order = office.immediate(Mode.LIVE)
    assert heard(net, time, 30) == {1, 2, 3}
    net.run_for(time, 400, 10)
    return order


@pytest.mark.parametrize("later", [timedelta(minutes=1), 3 * timedelta(hours=1), 7 * DAY])
def test_a_recording_sounds_nothing(net: Net, office: Office, time: Time, later: timedelta) -> None:
    order = sounded(net, office, time)
    recorded = captured(net)
    time.set(clock.now() + later)
    net.run_for(time, 5, 1)
    for _ in range(3):
        replay(net, recorded)
        replay(net, recorded[::-1])
        assert heard(net, time, 20) == set()
    acts = Receipt.objects.about(order).filter(state=State.SOUNDING.value)
    assert acts.count() == 3


def test_a_recording_of_last_week_is_reported(net: Net, office: Office, time: Time) -> None:
    """The duty desk learns that somebody plays old orders."""
    sounded(net, office, time)
    recorded = captured(net)
    time.set(clock.now() + 3 * DAY)
    net.run_for(time, 120, 20)
    replay(net, recorded)
    net.run_for(time, 60, 5)
    assert refusals() & {Reason.REPLAY, Reason.EXPIRED}


def test_weekly_silent_tests_teach_nothing(net: Net, office: Office, time: Time) -> None:
    """Four weeks of recording, then everything at once, at night."""
    for _ in range(4):
        actions.silent_test(office.cast.actor("wang"), office.issuer.organ)
        net.run_for(time, 400, 20)
        time.set(clock.now() + 7 * DAY)
        net.run_for(time, 5, 1)
    recorded = captured(net)
    time.set(clock.now() + timedelta(hours=15))
    for retained in (False, True):
        replay(net, recorded, retained=retained)
        assert heard(net, time, 30) == set()
    assert not Receipt.objects.filter(state=State.SOUNDING.value).exists()


def test_a_planned_order_kept_back_and_played_late_is_no_order(
    net: Net, office: Office, time: Time
) -> None:
    net.link.cut()
    order = office.sounding()
    frames = [bytes(order.frame), bytes(order.release_frame)]
    assert order.ends_at is not None
    time.set(order.ends_at + DAY)
    replay(net, frames)
    assert heard(net, time, 30) == set()
