"""The office's clock in the hand of a test."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

from hudun.core import clock

NOON = datetime(2026, 10, 20, 4, tzinfo=UTC)
"""12:00 in Beijing, twelve days before November 1."""


class Time:
    """The office's clock, moved by hand."""

    def __init__(self, moment: datetime) -> None:
        self._stack = ExitStack()
        self.set(moment)

    def set(self, moment: datetime) -> None:
        self._stack.close()
        self._stack.enter_context(clock.frozen(moment))

    def move(self, seconds: float) -> None:
        self.set(clock.now() + timedelta(seconds=seconds))

    def end(self) -> None:
        self._stack.close()


@contextmanager
def time_stands(moment: datetime = NOON) -> Iterator[Time]:
    time = Time(moment)
    try:
        yield time
    finally:
        time.end()
