"""COSE_Sign1 (RFC 9052) with Ed25519, in one encoding only.

Every frame is ``18([<<{1: -8, 4: kid}>>, {}, payload, signature])``. A frame that another encoder
would have written differently is refused, so that one order has one sequence of octets and
one digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

ALG, KID, EDDSA = 1, 4, -8
TAG_SIGN1 = 18
SIGNATURE_OCTETS = 64
LARGEST_FRAME = 1 << 20


class BadFrame(ValueError):
    """The octets are not a frame of this protocol."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A frame taken apart; nothing in it is verified yet."""

    kid: bytes
    payload: bytes
    protected: bytes
    signature: bytes

    def signed_by(self, public_key: bytes) -> bool:
        """Whether the signature is of the 32-octet Ed25519 public key (RFC 8032)."""
        try:
            key = _public(public_key)
            key.verify(self.signature, _to_be_signed(self.protected, self.payload))
        except (InvalidSignature, ValueError):
            return False
        return True


def sign1(payload: bytes, kid: bytes, key: Ed25519PrivateKey) -> bytes:
    """Sign ``payload``; the result is the whole frame. Ed25519 is deterministic: so is this."""
    protected = _protected(kid)
    return _assemble(protected, payload, key.sign(_to_be_signed(protected, payload)))


def frame_octets(payload: bytes, kid_octets: int = 2) -> int:
    """How long the frame of this payload is once it is signed; by default by a person or desk."""
    return len(_assemble(_protected(bytes(kid_octets)), payload, bytes(SIGNATURE_OCTETS)))


def take_apart(frame: bytes) -> Envelope:
    """Parse a frame strictly.

    Raises:
        BadFrame: not CBOR, not a tagged COSE_Sign1, another algorithm, or not in the one encoding.
    """
    if len(frame) > LARGEST_FRAME:
        raise BadFrame("larger than any frame of this protocol")
    try:
        tagged = cbor2.loads(frame)
        protected, _, payload, signature = tagged.value
        header = cbor2.loads(protected)
        kid = header[KID]
    except Exception as error:
        raise BadFrame("not a COSE_Sign1") from error
    if not all(isinstance(part, bytes) for part in (payload, signature, kid)):
        raise BadFrame("not a COSE_Sign1")
    canonical = _assemble(_protected(kid), payload, signature) == frame
    if len(signature) != SIGNATURE_OCTETS or not canonical:
        raise BadFrame("not in the one encoding")
    return Envelope(kid, payload, protected, signature)


def digest(*frames: bytes) -> bytes:
    """The first 16 octets of SHA-256 over whole frames, each preceded by its length (4 octets)."""
    whole = hashlib.sha256()
    for frame in frames:
        whole.update(len(frame).to_bytes(4, "big"))
        whole.update(frame)
    return whole.digest()[:16]


@lru_cache(maxsize=16_384)
def _public(octets: bytes) -> Ed25519PublicKey:
    """Making the key takes a quarter of the time of checking a signature with it."""
    return Ed25519PublicKey.from_public_bytes(octets)


def _protected(kid: bytes) -> bytes:
    return cbor2.dumps({ALG: EDDSA, KID: kid})


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _assemble(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(TAG_SIGN1, [protected, {}, payload, signature]))
