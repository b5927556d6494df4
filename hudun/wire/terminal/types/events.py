"""What happens to a terminal."""

from __future__ import annotations

from dataclasses import dataclass

from hudun.wire.frames import Evidence


@dataclass(frozen=True, slots=True)
class FrameArrived:
    """A message came in. ``retained`` is the broker's flag on it."""

    frame: bytes
    bearer: str
    retained: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed; useful at ``next_wake`` and harmless at any other time."""


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """The test button at the siren."""


@dataclass(frozen=True, slots=True)
class DriverSeen:
    """What the driver's evidence shows now: sound or none, None = it cannot tell.

    With ``kind`` SELF_TEST, ``on`` is whether the self test of a silent signal passed. To be given
    at each change and at least every ``evidence_gap_s`` while there is sound.
    """

    on: bool | None
    kind: Evidence


@dataclass(frozen=True, slots=True)
class LinkUp:
    """A bearer has (re)connected and is subscribed."""

    bearer: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What the sensors say; None = not measured."""

    mains: bool | None = None
    battery_percent: int | None = None
    amplifier_ok: bool | None = None
    door_open: bool | None = None
    celsius: int | None = None


@dataclass(frozen=True, slots=True)
class Booted:
    """The program has begun. ``boot`` grows by one each time; ``clock_ok``: the clock kept time."""

    boot: int
    clock_ok: bool


Event = FrameArrived | Tick | ButtonPressed | DriverSeen | LinkUp | Measured | Booted
