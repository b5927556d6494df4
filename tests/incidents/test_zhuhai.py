"""珠海 2022.

In a test of the terminals the sirens of the city sound; the office explains afterwards that a test
was mishandled. Nobody could end it with one press.
"""

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Receipt, StopOrder
from hudun.affairs.soundings.testing import Net, Office, Time
from hudun.wire.frames import Mode, State
from hudun.wire.office import Verdict as Word
from tests.incidents.conftest import heard, sounding

pytestmark = pytest.mark.django_db


def test_a_test_of_the_terminals_makes_no_sound(net: Net, office: Office, time: Time) -> None:
    """It needs no person's key: the desk's, which has no other right, is enough."""
    net.run_for(time, 5, 1)
    order = actions.silent_test(office.cast.actor("wang"), office.issuer.organ)
    assert heard(net, time, 60) == set()
    net.run_for(time, 300, 10)
    assert not Receipt.objects.filter(state=State.UNSOLICITED.value).exists()
    assert {Word(row.verdict) for row in order.verdicts.all()} == {Word.FINISHED}


@pytest.mark.parametrize("again", [1, 5])
def test_pressed_again_it_still_makes_no_sound(
    net: Net, office: Office, time: Time, again: int
) -> None:
    for _ in range(again):
        actions.silent_test(office.cast.actor("wang"), office.issuer.organ)
    assert heard(net, time, 60) == set()


def test_one_press_ends_a_sounding_of_the_whole_city(net: Net, office: Office, time: Time) -> None:
    """By the duty officer alone, and whatever else is still to come."""
    office.immediate(Mode.LIVE, signal="解除")
    planned = office.sounding()
    net.run_for(time, 20, 1)
    assert sounding(net) == {1, 2, 3}
    office.stop("wang")
    net.run_for(time, 1, 0.5)
    assert sounding(net) == set()
    net.run_for(time, 10, 1)
    stop = StopOrder.objects.get()
    assert stop.complete and stop.seconds is not None and stop.seconds <= 1
    assert planned.starts_at is not None
    time.set(planned.starts_at)
    assert heard(net, time, 30) == set()
