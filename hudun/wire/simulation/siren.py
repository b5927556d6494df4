"""The thing on the roof: what it truly does, and what its evidence shows of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from hudun.wire.frames import Evidence

Span = tuple[float, float]


@dataclass
class Siren:
    """``dead``: driven, it makes no sound. ``kind`` NONE: nothing measures it."""

    kind: Evidence = Evidence.CURRENT
    dead: bool = False
    by_itself: bool = False
    driven: bool = False
    sounded: list[Span] = field(default_factory=list)  # true time, truly heard
    alone: list[Span] = field(default_factory=list)  # when it sounded by itself
    _since: float | None = None
    _alone_since: float | None = None

    @property
    def sounds(self) -> bool:
        return self.by_itself or (self.driven and not self.dead)

    @property
    def evidence(self) -> bool | None:
        return None if self.kind is Evidence.NONE else self.sounds

    def drive(self, on: bool, now: float) -> None:
        self.driven = on
        self._log(now)

    def go_wrong(self, on: bool, now: float) -> None:
        self.by_itself = on
        if on:
            self._alone_since = now
        elif self._alone_since is not None:
            self.alone.append((self._alone_since, now))
            self._alone_since = None
        self._log(now)

    def _log(self, now: float) -> None:
        if self.sounds and self._since is None:
            self._since = now
        elif not self.sounds and self._since is not None:
            self.sounded.append((self._since, now))
            self._since = None
