"""A fault as a list of functions replaced for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from unittest import mock

Wrap = Callable[[Any], Any]  # the production function → the faulty one
Place = tuple[str, str, Wrap]  # module below hudun.wire, name in it, what to make of it


@dataclass(frozen=True)
class Fault:
    """``breaks``: the invariant that it violates, in words."""

    name: str
    breaks: str
    places: tuple[Place, ...]

    @contextmanager
    def planted(self) -> Iterator[None]:
        with ExitStack() as stack:
            for module, name, wrap in self.places:
                owner, _, attribute = name.rpartition(".")
                holder: Any = import_module(f"hudun.wire.{module}")
                holder = getattr(holder, owner) if owner else holder
                faulty = wrap(getattr(holder, attribute))
                stack.enter_context(mock.patch.object(holder, attribute, faulty))
            yield


def plant(name: str, breaks: str, *places: Place) -> Fault:
    return Fault(name, breaks, places)


def always(answer: Any) -> Wrap:
    """Whatever is asked, the same answer."""

    def wrap(_: Any) -> Callable[..., Any]:
        return lambda *_args, **_kwargs: answer

    return wrap


def value(content: Any) -> Wrap:
    """Another constant."""
    return lambda _: content
