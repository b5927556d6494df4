"""Dispatch killed and cut off: nothing is lost, nothing doubled."""

import pytest

from hudun.affairs.soundings.models import (
    Receipt,
    SirenStatus,
)
from hudun.affairs.soundings.testing import (
    Net,
    Office,
    Time,
    register_roster,
)
from hudun.core.journal.models import JournalLine
from hudun.wire.frames import Mode

from .outcomes import ended, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("at", [1, 8, 12, 100, 189, 240])
def test_killed_at_any_moment_nothing_is_lost_or_doubled(
    net: Net, office: Office, time: Time, at: int
) -> None:
    order = office.immediate(Mode.LIVE)
    net.run_for(time, at, 2)
    net.kill()
    order = ended(net, time, order)
    assert words(order) == {n: ["FINISHED"] for n in (1, 2, 3)}
    assert Receipt.objects.about(order).count() == 3 * 3
    assert order.state == "closed"
    closed = JournalLine.objects.filter(verb="soundings.close_order", object_id=str(order.pk))
    assert closed.count() == 1


def test_released_while_dispatch_was_down_it_goes_out_at_the_restart(
    net: Net, office: Office, time: Time
) -> None:
    order = office.immediate(Mode.LIVE)
    time.move(7)
    net.kill()
    assert words(ended(net, time, order)) == {n: ["FINISHED"] for n in (1, 2, 3)}


def test_what_the_broker_did_not_take_is_sent_when_it_is_back(
    net: Net, office: Office, time: Time
) -> None:
    net.link.cut()
    order = office.immediate(Mode.LIVE)
    net.run_for(time, 6, 1)
    assert not any(box.state.orders for box in net.boxes.values())
    net.link.mend()
    net.run_for(time, 1, 1)
    assert all(box.state.orders for box in net.boxes.values())
    assert words(ended(net, time, order)) == {n: ["FINISHED"] for n in (1, 2, 3)}


def test_a_roster_reaches_terminals_that_hold_an_older_one(
    net: Net, office: Office, time: Time
) -> None:
    register_roster(office)
    net.run_for(time, 70, 5)
    held = {box.state.issuers[430103].roster.number for box in net.boxes.values()}  # type: ignore[union-attr]
    assert held == {2}
    assert set(SirenStatus.objects.values_list("roster", flat=True)) == {2}
