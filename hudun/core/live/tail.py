"""Reading the growing number without losing what commits late.

On PostgreSQL a number is drawn before its transaction commits, so 7 may become visible before 6.
A gap is therefore waited for; what is behind it is told at once and remembered as told. A gap that
stays (its transaction was rolled back) is given up after PATIENCE.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hudun.core.live.models import Change, ChangeQuerySet

PATIENCE = timedelta(seconds=10)


@dataclass
class Tail:
    """`floor`: everything up to this number has been told or never was."""

    floor: int
    told: set[int] = field(default_factory=set)

    def read(self, rows: ChangeQuerySet, now: datetime) -> list[Change]:
        """What is new, in order; `rows` must not be filtered, or the gaps lie."""
        seen = list(rows.after(self.floor).select_related("organ"))
        fresh = [change for change in seen if change.seq not in self.told]
        self.told.update(change.seq for change in fresh)
        self._settle(seen, now)
        return fresh

    def _settle(self, seen: list[Change], now: datetime) -> None:
        for change in seen:
            if change.seq != self.floor + 1 and change.at > now - PATIENCE:
                return
            self.floor = change.seq
            self.told.discard(change.seq)
