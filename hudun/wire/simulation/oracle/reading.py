"""A second reader of the octets: cbor2 and a signature check, no more."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ORDER, RELEASE, STOP, ROSTER, LIST, RECEIPT = 1, 2, 3, 6, 7, 5
LIVE, TRIAL, SILENT = 1, 2, 3
RIGHT_OF = {LIVE: 1, TRIAL: 2, SILENT: 4}
STOP_RIGHT = 8


@dataclass(frozen=True)
class Word:
    """A frame as read: nothing about it is believed before ``by`` says whose it is."""

    frame: bytes
    kid: int
    kind: int
    items: tuple[Any, ...]
    signed: bytes
    signature: bytes

    def by(self, public: bytes) -> bool:
        return _verified(public, self.signed, self.signature)


@dataclass(frozen=True)
class Key:
    """A line of a roster."""

    person: int
    public: bytes
    rights: int
    until: int


@cache
def read(frame: bytes) -> Word | None:
    """None when the octets are no frame."""
    try:
        protected, _, payload, signature = cbor2.loads(frame).value
        kid = cbor2.loads(protected)[4]
        items = cbor2.loads(payload)
        signed = cbor2.dumps(["Signature1", protected, b"", payload])
        number = int.from_bytes(kid, "big")
        word = Word(frame, number, items[0], tuple(items[1:]), signed, signature)
        shaped = isinstance(signature, bytes) and type(items[0]) is int and type(items[1]) is int
        return word if shaped else None
    except Exception:  # whatever an enemy made of it
        return None


@cache
def name_of(*frames: bytes) -> bytes:
    """How a release names an order (and its list)."""
    whole = b"".join(len(frame).to_bytes(4, "big") + frame for frame in frames)
    return hashlib.sha256(whole).digest()[:16]


def roster_keys(word: Word, roots: tuple[bytes, bytes]) -> Mapping[int, Key] | None:
    """The lines of a roster that one of the roots signed."""
    if word.kid not in (0, 1) or not word.by(roots[word.kid]):
        return None
    return {row[0]: Key(row[1], row[2], row[3], row[4]) for row in word.items[3]}


def means(target: Any, siren: int, groups: frozenset[int], listed: tuple[int, ...]) -> bool:
    """Whether a target means a siren."""
    if isinstance(target, int):
        return target == 0 or target in groups
    if isinstance(target[0], list):
        return siren in target[0]
    return siren in listed


@cache
def _verified(public: bytes, signed: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
