"""Signing keys of the demonstration's people, made here because nobody sits at their computers.

A real person makes the key on their own computer; the two root keys then lie sealed in a safe.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.affairs.soundings.actions import (
    pin_roots,
    register_roster,
    request_key,
    set_up_issuer,
)
from hudun.affairs.soundings.models import Issuer
from hudun.affairs.soundings.roster import next_roster
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.organ import Organ, User
from hudun.runtime.keys import KeyFile
from hudun.wire import cose
from hudun.wire.frames import Right, kid_octets

TRIAL, LIVE = Right.TRIAL | Right.SILENT, Right.LIVE
HOLDERS = (("li", TRIAL), ("zhou", TRIAL), ("wang", LIVE), ("li", LIVE), ("zhou", LIVE))
WORDS = {TRIAL: "试鸣", LIVE: "实警"}


@dataclass(frozen=True)
class KeyRing:
    directory: Path
    passphrase: str

    def path(self, username: str, rights: Right) -> Path:
        return self.directory / f"{username}-{WORDS[rights]}.json"

    def open(self, username: str, rights: Right) -> tuple[int, Ed25519PrivateKey]:
        """The key's number in the roster and the key."""
        file = KeyFile.read(self.path(username, rights))
        assert file.kid is not None
        return file.kid, file.unlock(self.passphrase)


def settle_keys(ring: KeyRing, district: Organ, users: dict[str, User]) -> Issuer:
    """Everybody's key in a roster signed by the first root."""
    ring.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    system = Actor.system(district, "demo")
    issuer = set_up_issuer(system, district)
    roots = [_new(ring, ring.directory / f"root-{letter}.json", "根密钥") for letter in "ab"]
    issuer = pin_roots(system, issuer, root_a=_public(roots[0]), root_b=_public(roots[1]))
    for username, rights in HOLDERS:
        _ask(ring, district, users[username], rights)
    roster = next_roster(issuer, clock.now())
    register_roster(system, issuer, cose.sign1(roster.encode(), kid_octets(0), roots[0]))
    return issuer


def _ask(ring: KeyRing, district: Organ, user: User, rights: Right) -> None:
    name = f"{user.full_name}（{WORDS[rights]}）"
    path = ring.path(user.username, rights)
    key = _new(ring, path, name, rights)
    asked = request_key(Actor(user, "cli", "demo"), district, public=_public(key), rights=rights)
    _number(path, asked.kid, asked.person)


def _new(ring: KeyRing, path: Path, name: str, rights: int = 0) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    KeyFile.wrap(key, ring.passphrase, name, int(rights)).write(path)
    return key


def _number(path: Path, kid: int, person: int) -> None:
    replace(KeyFile.read(path), kid=kid, person=person).write(path)


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()
