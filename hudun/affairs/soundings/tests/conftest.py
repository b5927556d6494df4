from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from hudun.affairs.soundings.testing import NOON, Office, Time, make_office, time_stands
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
