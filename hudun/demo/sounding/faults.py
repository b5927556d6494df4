"""The few faults of `make sound`, one of each kind, at sirens that chance picks."""

from __future__ import annotations

import random

from hudun.terminal.fleet.faults import Fault

KINDS = (
    {"name": "offline"},
    {"name": "slow", "seconds": 8.0},
    {"name": "clock_off", "seconds": 4.0},
    {"name": "clock_off", "seconds": -0.4},
    {"name": "dead_amplifier"},
    {"name": "no_evidence"},
    {"name": "reboot", "signal": 1, "at": 60.0, "duration": 25.0},
    {"name": "reboot", "signal": 1, "at": -120.0, "duration": 40.0},
    {"name": "sounds_by_itself", "signal": 2, "at": -150.0, "duration": 20.0},
)


def few_faults(sirens: int, seed: int) -> list[Fault]:
    """As many kinds as there are sirens for; a siren has one fault at most."""
    numbers = random.Random(seed).sample(range(1, sirens + 1), min(sirens, len(KINDS)))
    return [Fault(siren=number, **kind) for number, kind in zip(numbers, KINDS, strict=False)]  # type: ignore[arg-type]
