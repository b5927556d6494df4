"""The computer the terminal runs on: its clock, its sensors."""

from __future__ import annotations

import ctypes
import json
import time
from pathlib import Path

from hudun.wire.terminal import Measured

OLDEST_S = 1_735_689_600  # 2025-01-01: no clock that was kept shows less
STA_UNSYNC, TIME_ERROR = 0x0040, 5
COLDEST, HOTTEST = -100, 200  # °C: what is outside is a broken thermometer


def clock_kept(rtc: Path = Path("/dev/rtc0")) -> bool:
    """Whether the time can be believed after a start: a battery clock, or synchronised since."""
    return time.time() > OLDEST_S and (rtc.exists() or _synchronised())


def _synchronised() -> bool:
    """What the kernel says (adjtimex(2)): 5 = not synchronised."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        question = ctypes.create_string_buffer(256)  # struct timex, modes = 0: only ask
        return bool(0 <= libc.adjtimex(question) < TIME_ERROR)
    except (OSError, AttributeError):
        return False


def read_sensors(path: Path | None) -> Measured:
    """What another program has written about the cabinet; what is missing is not measured.

    Nor is a value that is none: one strange word must not spoil the whole report.
    """
    try:
        data = json.loads(path.read_text()) if path else {}
        return Measured(
            mains=_flag(data.get("mains")),
            battery_percent=_whole(data.get("battery_percent"), 0, 100),
            amplifier_ok=_flag(data.get("amplifier_ok")),
            door_open=_flag(data.get("door_open")),
            celsius=_whole(data.get("celsius"), COLDEST, HOTTEST),
        )
    except (OSError, ValueError, AttributeError, RecursionError):
        return Measured()


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _whole(value: object, least: int, most: int) -> int | None:
    """The nearest whole number: 24.5 °C is a thermometer's way to say 24."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(value) if least <= value <= most else None
