"""What a run works with."""

import time
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from hudun.core.organ import Organ

from .hold import Gate, GatedExecutor, pause
from .models import Run

TELL_S = 0.4
"""Between two writes of progress."""


class Cancelled(Exception):
    """Somebody cancelled the run, or another planner has it now: put the work down."""


@dataclass
class Desk:
    run: Run
    pool: Executor
    gate: Gate
    _told_at: float = field(default=float("-inf"))

    @property
    def organ(self) -> Organ:
        return self.run.organ

    @property
    def folder(self) -> Path:
        return self.run.folder

    @property
    def executor(self) -> Executor:
        return GatedExecutor(self.pool, self.gate)

    def progress(self, share: float, words: str = "") -> None:
        """`share` of 0 to 1. Raises Cancelled; waits while the planner must."""
        pause(self.gate, lambda why: self._tell(share, why))
        if time.monotonic() - self._told_at >= TELL_S:
            self._tell(share, words)
            self._told_at = time.monotonic()

    def _tell(self, share: float, words: str) -> None:
        assert self.run.holder is not None
        mine = Run.objects.held_by(self.run.holder).filter(pk=self.run.pk)
        if not mine.update(share=min(1.0, max(0.0, share)), words=words[:200]):
            raise Cancelled
