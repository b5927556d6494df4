"""How one signal of an order ended at one siren."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from hudun.wire.frames import Reason


class Verdict(IntEnum):
    """How one signal of an order ended at one siren."""

    FINISHED, INTERRUPTED, REFUSED, SILENT, UNPROVED, UNREACHABLE = range(1, 7)


class Why(IntEnum):
    """What the verdict rests on. REFUSED stands beside the terminal's own ``Reason``."""

    AS_ORDERED, STOPPED, CUT_SHORT, LOST_WHILE_SOUNDING, NO_SOUND, NOT_SOUNDED = range(1, 7)
    NO_EVIDENCE, REFUSED, LOST_AFTER_ACCEPTING, NOT_ACCEPTED, NO_WORD = range(7, 12)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``start_error_ms``: sound began later than ordered. Both times are ± ``uncertainty_ms``."""

    verdict: Verdict
    why: Why
    refused: Reason | None = None
    start_error_ms: int | None = None
    duration_ms: int | None = None
    uncertainty_ms: int | None = None
    accurate: bool = False
