"""Who acts, and from where."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from hudun.core.organ import Organ, User

Source = Literal["web", "api", "cli", "import", "sync", "system"]


@dataclass(frozen=True)
class Actor:
    """A person, or the system itself on behalf of an organ (`user` is None)."""

    user: User | None
    source: Source = "web"
    device: str = ""
    organ: Organ | None = None
    reason: str = ""

    @classmethod
    def system(cls, organ: Organ | None = None, device: str = "") -> Self:
        """The office's own clock, wiring and seeds. It holds every role below the organ, and
        everywhere if there is none."""
        return cls(None, "system", device, organ)

    def because(self, reason: str) -> Self:
        """The same actor with a reason for what follows."""
        return replace(self, reason=reason)

    def __str__(self) -> str:
        return str(self.user) if self.user else "系统"
