from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

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


@pytest.fixture
def time() -> Iterator[Time]:
    with time_stands(NOON) as time:
        yield time


@pytest.fixture
def office(time: Time, cast: Cast, tmp_path: Path, settings: Settings) -> Office:
    """The desk key lies in a folder of the test's own."""
    settings.VAR = tmp_path
    return make_office(cast)


@pytest.fixture
def net(office: Office) -> Net:
    for number in (1, 2, 3):
        make_siren(office, number)
    net = Net(office, [Box(office, number) for number in (1, 2, 3)])
    net.begin()
    return net
