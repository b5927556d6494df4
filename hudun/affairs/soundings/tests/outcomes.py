"""What a sounding left behind, in words that a test can compare."""

from datetime import timedelta

from hudun.affairs.soundings.models import (
    Order,
    Verdict,
)
from hudun.affairs.soundings.testing import (
    Net,
    Time,
)
from hudun.core import clock
from hudun.wire.cose import take_apart
from hudun.wire.frames import Kind, kind_of
from hudun.wire.office import Verdict as Word


def words(order: Order) -> dict[int, list[str]]:
    """Siren → its verdicts by signal."""
    told: dict[int, list[str]] = {}
    for row in Verdict.objects.of_order(order):
        told.setdefault(row.siren, []).append(Word(row.verdict).name)
    return told


def ended(net: Net, time: Time, order: Order) -> Order:
    """Skip to just before the start, live through the order and its deadline."""
    order.refresh_from_db()
    assert order.starts_at is not None
    assert order.ends_at is not None
    time.set(max(clock.now(), order.starts_at - timedelta(seconds=90)))
    net.run(time, order.ends_at + timedelta(seconds=70))
    order.refresh_from_db()
    return order


def kinds(net: Net, siren: int) -> list[Kind]:
    """What was published to one siren's own topic."""
    return [
        kind_of(take_apart(frame).payload)
        for topic, frame in net.link.published
        if topic.endswith(f"/t/{siren}/down")
    ]
