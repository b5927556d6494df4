"""One terminal: the machine of `hudun.wire.terminal`, its records, and when they count.

The life of an event: ``take`` puts it into the inbox, ``turn`` steps the machine and returns the
records to keep, ``settle`` is called when they are on the disk and returns what may now be sent.
Sound begins only after ``settle``; silence waits for no disk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.runtime.store import Change
from hudun.wire.terminal import (
    Booted,
    Effect,
    Event,
    Output,
    Provision,
    Save,
    Send,
    Tick,
    next_wake,
    output,
    restore,
    step,
)

log = logging.getLogger(__name__)

BOOT = "boot"  # a record of ours beside those of the machine


class Unit:
    """``now`` is the terminal's own clock; ``kept`` is what its store holds."""

    def __init__(
        self,
        provision: Provision,
        key: Ed25519PrivateKey,
        kept: Mapping[str, bytes],
        now: Callable[[], float],
        *,
        clock_ok: bool = True,
    ) -> None:
        self.provision, self.key, self.now = provision, key, now
        self.state = restore(provision, kept)
        self._next = self.state
        self._sends: list[Send] = []
        self.boot = int(kept.get(BOOT, b"0")) + 1
        self._changes: list[Change] = [(BOOT, b"%d" % self.boot)]
        self._inbox: list[tuple[float, Event]] = []
        self.take(Booted(self.boot, clock_ok))

    @property
    def siren(self) -> int:
        return self.provision.siren

    @property
    def has_news(self) -> bool:
        return bool(self._inbox)

    def take(self, event: Event, at: float | None = None) -> None:
        """Something happened, now or ``at`` a moment not long ago."""
        self._inbox.append((self.now() if at is None else at, event))

    def turn(self) -> list[Change]:
        """Work off the inbox and whatever is due; the changes have to be committed."""
        inbox, self._inbox = sorted(self._inbox, key=_moment), []
        for at, event in inbox:
            self._step(event, at)
        now = self.now()
        if now >= next_wake(self._next, now, self.provision):
            self._step(Tick(), now)
        changes, self._changes = self._changes, []
        return changes

    def settle(self) -> list[Send]:
        """The changes are on the disk: the new state counts, its words may go out."""
        self.state = self._next
        sends, self._sends = self._sends, []
        return sends

    def output(self, at: float) -> Output:
        """What the siren has to do: sound only where the disk knows of it, else silence."""
        kept = output(self.state, at, self.provision)
        if self._next is self.state:
            return kept
        fresh = output(self._next, at, self.provision)
        until = min(kept.until, fresh.until)
        return (
            replace(fresh, until=until) if kept.on or not fresh.on else replace(kept, until=until)
        )

    def wake(self) -> float:
        """When ``turn`` is useful though nothing happened."""
        return next_wake(self.state, self.now(), self.provision)

    def _step(self, event: Event, at: float) -> None:
        try:
            self._next, effects = step(self._next, event, at, self.key, self.provision)
        except Exception:  # one event that breaks us must not end the siren's watch
            log.exception("siren %d: %s", self.siren, type(event).__name__)
            return
        for effect in effects:
            self._carry(effect)

    def _carry(self, effect: Effect) -> None:
        match effect:
            case Save():
                self._changes.append((effect.key, effect.value))
            case Send():
                self._sends.append(effect)


def _moment(entry: tuple[float, Event]) -> float:
    return entry[0]
