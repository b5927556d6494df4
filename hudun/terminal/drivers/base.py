"""What the station asks of a driver."""

from __future__ import annotations

from typing import Protocol

from hudun.wire.frames import Evidence

HOLD_S = 1.0  # sound ends so long after the last `hold`, whatever has become of the program
RENEW_S = 0.1  # how often the station renews, and looks at the evidence


class Driver(Protocol):
    kind: Evidence  # how `seen` knows

    async def start(self) -> None:
        """Silence first; then ready."""

    def hold(self) -> None:
        """Sound now, and for ``HOLD_S`` from now."""

    def silence(self) -> None:
        """No sound from now on."""

    def seen(self) -> bool | None:
        """What the evidence last showed: sound, none, or None = it cannot tell."""

    async def self_test(self) -> bool:
        """All that can be known without a sound."""

    async def close(self) -> None:
        """Silence, and let go of everything."""
