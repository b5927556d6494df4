"""What a terminal says fits its column, whatever it says: a broken or stolen one must not be able
to make a batch of everybody's receipts impossible to store. The frame beside it keeps the words."""

from datetime import UTC, datetime

from hudun.wire.frames import Health, Offset

LARGEST_MS = 253_402_300_799_000  # the end of the year 9999
SMALL = 32_767
LARGE = 1 << 53


def sane_ms(ms: int) -> int:
    return min(max(ms, 0), LARGEST_MS)


def sane_moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(sane_ms(round(seconds * 1000)) / 1000, UTC)


def small(number: int | None) -> int | None:
    return None if number is None else min(max(number, -SMALL), SMALL)


def offset_of(offset: Offset | None) -> tuple[int | None, int | None]:
    if offset is None:
        return None, None
    return min(max(offset.ms, -LARGE), LARGE), min(offset.uncertainty_ms, LARGE)


def roster_of(health: Health, office: int) -> int | None:
    number = dict(health.rosters).get(office)
    return None if number is None else min(number, 0x7FFF_FFFF)


def text(words: str) -> str:
    return words.replace("\x00", "")
