"""A simulated siren: amplifier, horn and the current in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from hudun.wire.frames import Evidence

Span = tuple[float, float]


@dataclass
class Siren:
    """``driven`` is what the terminal asks for; what is heard may differ by a fault."""

    dead_amplifier: bool = False
    no_evidence: bool = False
    by_itself: list[Span] = field(default_factory=list)
    driven: bool = False

    @property
    def kind(self) -> Evidence:
        return Evidence.NONE if self.no_evidence else Evidence.CURRENT

    def sounds(self, at: float) -> bool:
        """Whether it can be heard in the street."""
        return self._by_itself(at) or (self.driven and not self.dead_amplifier)

    def seen(self, at: float) -> bool | None:
        """What its evidence shows."""
        return None if self.no_evidence else self.sounds(at)

    def next_change(self, at: float) -> float:
        """When it next changes without being driven."""
        return min((edge for edge in self._edges() if edge > at), default=inf)

    def _by_itself(self, at: float) -> bool:
        return any(begin <= at < end for begin, end in self.by_itself)

    def _edges(self) -> Iterable[float]:
        return (edge for span in self.by_itself for edge in span)
