"""What the planner can do, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .desk import Desk
    from .models import Run

Answer = dict[str, Any]
Compute = Callable[[dict[str, Any], "Desk"], Answer]
Keep = Callable[["Run", Answer], object]


@dataclass(frozen=True)
class Planned:
    kind: str
    says: str
    compute: Compute
    quick: bool
    keep: Keep | None
    """Called in the transaction that ends the run well: for rows of the app's own."""


kinds: dict[str, Planned] = {}


def planned(
    kind: str, *, says: str, quick: bool = False, keep: Keep | None = None
) -> Callable[[Compute], Compute]:
    """`quick`: done in a lane of its own, never behind a long run, and not kept overnight."""

    def make(compute: Compute) -> Compute:
        if kind in kinds:
            raise ValueError(f"two kinds of run named {kind}")
        kinds[kind] = Planned(kind, says, compute, quick, keep)
        return compute

    return make
