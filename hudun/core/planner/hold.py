"""Reckoning gives way: while something more important is under way, the planner waits."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from threading import Event
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Reason = Callable[[], str]
LOOK_S = 1.0
reasons: list[Reason] = []


def holds_planner(reason: Reason) -> Reason:
    """The function says why the planner must wait, or nothing; it is asked once a second."""
    reasons.append(reason)
    return reason


def reason_to_wait() -> str:
    return next(filter(None, (reason() for reason in reasons)), "")


@dataclass
class Gate:
    """Open unless there is a reason to wait. Pieces of work handed to the executor pass it too,
    so that a long run stops between two pieces."""

    why: str = ""
    _open: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._open.set()

    def look(self) -> None:
        self.why = reason_to_wait()
        if self.why:
            self._open.clear()
        else:
            self._open.set()

    @property
    def is_open(self) -> bool:
        return self._open.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        return self._open.wait(seconds)


class GatedExecutor(Executor):
    def __init__(self, inner: Executor, gate: Gate) -> None:
        self.inner, self.gate = inner, gate

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        return self.inner.submit(self._pass, work, args, kwargs)

    def _pass(self, work: Callable[..., T], args: Any, kwargs: Any) -> T:
        self.gate.wait()
        return work(*args, **kwargs)


def pause(gate: Gate, tell: Callable[[str], object]) -> None:
    """Waits at the gate, and says why again and again: whoever is told may call the work off."""
    while not gate.wait(0.0):
        tell(f"{gate.why}，计算先让路")
        gate.wait(LOOK_S)
