"""Reading the items of a payload strictly: anything else than expected is a BadFrame."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, TypeVar

import cbor2

from hudun.wire.cose import BadFrame
from hudun.wire.frames.kinds import Kind

E = TypeVar("E", bound=IntEnum)

LARGEST_NUMBER = (1 << 53) - 1  # what a browser can count exactly


def kind_of(payload: bytes) -> Kind:
    """The kind of a payload; BadFrame when it is none of ours."""
    try:
        return Kind(uint(cbor2.loads(payload)[0]))
    except BadFrame:
        raise
    except Exception as error:
        raise BadFrame("no kind") from error


def items(payload: bytes, kind: Kind, count: int) -> list[Any]:
    """The items after the kind; BadFrame unless they are ``count`` and canonically encoded."""
    try:
        whole = cbor2.loads(payload)
        canonical = cbor2.dumps(whole) == payload
    except Exception as error:
        raise BadFrame("not CBOR") from error
    if not isinstance(whole, list) or len(whole) != count + 1 or not canonical:
        raise BadFrame(f"not a {kind.name.lower()}")
    if uint(whole[0]) != kind:
        raise BadFrame(f"not a {kind.name.lower()}")
    return whole[1:]


def uint(item: Any) -> int:
    if type(item) is not int or not 0 <= item <= LARGEST_NUMBER:
        raise BadFrame("not a number")
    return item


def optional_uint(item: Any) -> int | None:
    return None if item is None else uint(item)


def octets(item: Any, size: int) -> bytes:
    if not isinstance(item, bytes) or len(item) != size:
        raise BadFrame("not octets of the right size")
    return item


def member(enum: type[E], item: Any) -> E:
    try:
        return enum(uint(item))
    except ValueError as error:
        raise BadFrame(f"not a {enum.__name__.lower()}") from error


def kid_octets(kid: int) -> bytes:
    """A key number as it stands in the COSE header: 2 octets, 4 for a siren's number."""
    return kid.to_bytes(2, "big")


def siren_kid(siren: int) -> bytes:
    return siren.to_bytes(4, "big")


def pair(item: Any) -> tuple[int, int]:
    if not isinstance(item, list) or len(item) != 2:
        raise BadFrame("not a pair")
    return uint(item[0]), uint(item[1])


def flag(item: Any) -> bool | None:
    if item is None or isinstance(item, bool):
        return item
    raise BadFrame("not a flag")


def optional_int(item: Any) -> int | None:
    if item is None or type(item) is int:
        return item
    raise BadFrame("not a number")
