"""An office that can sign, sirens that obey, and time that moves only when a test moves it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from hudun.affairs.soundings.models import Receipt
from hudun.affairs.soundings.testing import (
    NOON,
    Box,
    Net,
    Office,
    Time,
    make_office,
    make_siren,
    time_stands,
)
from hudun.core.testing import Cast
from hudun.wire.frames import Reason, State
from tests.broker.conftest import brokers

__all__ = ["brokers"]


@pytest.fixture
def time() -> Iterator[Time]:
    with time_stands(NOON) as time:
        yield time


@pytest.fixture
def office(time: Time, cast: Cast, tmp_path: Path, settings: Settings) -> Office:
    settings.VAR = tmp_path
    return make_office(cast)


@pytest.fixture
def net(office: Office) -> Net:
    """Three sirens, heard by dispatch."""
    for number in (1, 2, 3):
        make_siren(office, number)
    net = Net(office, [Box(office, number) for number in (1, 2, 3)])
    net.begin()
    return net


def sounding(net: Net) -> set[int]:
    return {box.siren for box in net.boxes.values() if box.sounds}


def heard(net: Net, time: Time, seconds: float, stride: float = 2.0) -> set[int]:
    """Who sounded at any moment while the time went by."""
    sirens: set[int] = set()
    for _ in range(round(seconds / stride)):
        net.run_for(time, stride, stride)
        sirens |= sounding(net)
    return sirens


def refusals() -> set[Reason]:
    """The reasons that sirens have reported to the office."""
    rows = Receipt.objects.filter(state=State.REFUSED.value)
    return {Reason(code) for code in rows.values_list("evidence", flat=True)}
