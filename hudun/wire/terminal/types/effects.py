"""What a terminal causes."""

from __future__ import annotations

from dataclasses import dataclass

from hudun.wire.frames import Mode


@dataclass(frozen=True, slots=True)
class Save:
    """Keep a record (None: remove it). All of a step's are committed before anything is sent."""

    key: str
    value: bytes | None


@dataclass(frozen=True, slots=True)
class Send:
    """Publish on every live bearer, under the own up-topic of the office ``to``."""

    frame: bytes
    to: int


Effect = Save | Send


@dataclass(frozen=True, slots=True)
class Output:
    """What the driver has to do until ``until``; ``on`` False = no sound."""

    on: bool
    until: float
    mode: Mode | None = None
    self_test: bool = False
    issuer: int = 0
    counter: int = 0
    signal: int | None = None  # position in the programme
    number: int | None = None  # which signal
