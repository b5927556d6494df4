"""Verified frames that wait for the one they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from hudun.wire import cose
from hudun.wire.frames import Order, SirenList
from hudun.wire.terminal.types import Half, Turn

HALVES_PER_KEY = 8  # a stolen key can push out its own halves only


def hold(turn: Turn, issuer: int, half: Half) -> None:
    """Keep a half; of one key's, the oldest make room."""
    halves = (*turn.state.issuers[issuer].halves, half)
    own = [each for each in halves if each.kid == half.kid]
    if len(own) > HALVES_PER_KEY:
        halves = tuple(each for each in halves if each is not own[0])
    turn.update_issuer(issuer, halves=halves)


def drop(turn: Turn, issuer: int, *dropped: Half | None) -> None:
    halves = tuple(h for h in turn.state.issuers[issuer].halves if h not in dropped)
    turn.update_issuer(issuer, halves=halves)


def is_known(turn: Turn, issuer: int, frame: bytes) -> bool:
    """A copy of a frame that is held already, as a half or in an order that acts."""
    if any(half.frame == frame for half in turn.state.issuers[issuer].halves):
        return True
    return any(
        frame in (each.order_frame, each.release_frame, each.list_frame)
        for each in turn.state.orders.values()
    )


def is_acted_on(turn: Turn, digest: bytes) -> bool:
    return any(each.digest == digest for each in turn.state.orders.values())


def orders_held(turn: Turn, issuer: int) -> Iterator[tuple[Half, Order]]:
    for half in turn.state.issuers[issuer].halves:
        if isinstance(half.body, Order):
            yield half, half.body


def matches(turn: Turn, issuer: int, digest: bytes) -> Iterator[tuple[Half, Order, Half | None]]:
    """Orders held, each with the list it names, that a release with this digest means."""
    for half, order in orders_held(turn, issuer):
        for listed in lists_for(turn, half, order):
            frames = (half.frame, listed.frame) if listed else (half.frame,)
            if cose.digest(*frames) == digest:
                yield half, order, listed


def lists_for(turn: Turn, half: Half, order: Order) -> list[Half | None]:
    """The lists an order may mean: of its number, by its signer."""
    number = order.target.list_number
    if number is None:
        return [None]
    return [
        each
        for each in turn.state.issuers[order.issuer].halves
        if isinstance(each.body, SirenList) and each.body.number == number and each.kid == half.kid
    ]
