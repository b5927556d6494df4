"""What tests with a browser share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, sync_playwright


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for all tests of a worker: a second one beside it would refuse to start."""
    with sync_playwright() as made:
        yield made
