"""The computer the terminal runs on: its clock, its sensors."""

from __future__ import annotations

import ctypes
import json
import time
from pathlib import Path

from hudun.wire.terminal import Measured

OLDEST_S = 1_735_689_600  # 2025-01-01: no clock that was kept shows less
STA_UNSYNC, TIME_ERROR = 0x0040, 5
SENSORS = ("mains", "battery_percent", "amplifier_ok", "door_open", "celsius")


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
    """What another program has written about the cabinet; what is missing is not measured."""
    try:
        data = json.loads(path.read_text()) if path else {}
        return Measured(**{name: data.get(name) for name in SENSORS})
    except (OSError, ValueError, AttributeError):
        return Measured()
