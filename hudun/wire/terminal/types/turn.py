"""One step in progress."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire.terminal.provision import Provision
from hudun.wire.terminal.types.effects import Send
from hudun.wire.terminal.types.state import Accepted, TerminalState


@dataclass(slots=True)
class Turn:
    """One step in progress: the state so far, and what it will cause.

    ``state`` is a copy that belongs to the turn, so it may be changed in place until the step
    ends; what it refers to is shared with the state before, and never changed.
    """

    state: TerminalState
    now: float
    key: Ed25519PrivateKey
    provision: Provision
    sends: list[Send] = field(default_factory=list)
    changed_issuers: set[int] = field(default_factory=set)
    changed_rosters: set[int] = field(default_factory=set)
    changed_orders: set[tuple[int, int]] = field(default_factory=set)
    saves: dict[str, bytes | None] = field(default_factory=dict)
    owned: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.state = replace(self.state)

    def update(self, **changes: Any) -> None:
        for name, value in changes.items():
            object.__setattr__(self.state, name, value)

    def update_issuer(self, number: int, **changes: Any) -> None:
        """As ``update``: the first change of an issuer makes a copy that is the turn's own."""
        if number not in self.owned:
            self.owned.add(number)
            own = replace(self.state.issuers[number])
            self.update(issuers={**self.state.issuers, number: own})
        for name, value in changes.items():
            object.__setattr__(self.state.issuers[number], name, value)

    def put_order(self, accepted: Accepted) -> None:
        self.update(orders={**self.state.orders, accepted.key: accepted})
