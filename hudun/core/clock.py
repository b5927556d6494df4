"""The one source of time in the office: UTC inside, Beijing time for people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hudun.runtime import clock as process_clock

BEIJING = ZoneInfo("Asia/Shanghai")

_frozen: list[datetime] = []


def now() -> datetime:
    if _frozen:
        return _frozen[-1]
    return datetime.fromtimestamp(process_clock.now(), UTC)


def wall() -> datetime:
    """Never compressed, never stopped: for heartbeats and leases, not for records."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Beijing."""
    return now().astimezone(BEIJING).date()


def beijing(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Stops the clock, for tests: `with frozen(dt): …`. Nests."""
    _frozen.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.pop()
