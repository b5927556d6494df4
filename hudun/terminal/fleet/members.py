"""Who is in a fleet: provision, key and broker password of each simulated terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.runtime.keys import from_text, to_text, write_private
from hudun.wire.terminal import IssuerTrust, Provision

HEALTH_S = 60.0
FIRMWARE = "hudun 0.1 simulated"  # papers that count such a terminal say so
EVIDENCE_GAP_S = 20.0  # a simulated siren is exact and need not repeat itself so often


@dataclass(frozen=True)
class Member:
    provision: Provision
    key: Ed25519PrivateKey
    password: str

    @property
    def siren(self) -> int:
        return self.provision.siren

    @property
    def public(self) -> bytes:
        """What the office keeps of it: the 32 octets that check its receipts."""
        return self.key.public_key().public_bytes_raw()

    def to_json(self) -> dict[str, Any]:
        return {
            "provision": self.provision.to_json(),
            "seed": to_text(self.key.private_bytes_raw()),
            "password": self.password,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Member:
        key = Ed25519PrivateKey.from_private_bytes(from_text(data["seed"], 32))
        return cls(Provision.from_json(data["provision"]), key, str(data["password"]))


def make_fleet_provisions(
    count: int,
    issuers: Mapping[int, IssuerTrust],
    groups: Sequence[Iterable[int]] = ((),),
    *,
    first: int = 1,
    seed: str | None = None,
    **rules: Any,
) -> list[Member]:
    """Members numbered from ``first``; the n-th is in ``groups[n % len(groups)]``.

    ``issuers`` are the offices it obeys, its home office first. With ``seed`` the keys and
    passwords are the same each time (for demo and tests only); without, they are random.
    ``rules`` are further fields of `Provision`.
    """
    own = {"health_s": HEALTH_S, "evidence_gap_s": EVIDENCE_GAP_S, "firmware": FIRMWARE}
    members = []
    for number in range(first, first + count):
        mine = frozenset(groups[(number - first) % len(groups)])
        provision = Provision(siren=number, groups=mine, issuers=dict(issuers), **{**own, **rules})
        key, password = _secrets(seed, number)
        members.append(Member(provision, key, password))
    return members


def write_members(path: Path, members: Iterable[Member]) -> None:
    """One member a line, readable by its owner alone: it holds keys."""
    lines = [json.dumps(member.to_json(), ensure_ascii=False) for member in members]
    write_private(path, "\n".join(lines) + "\n")


def read_members(path: Path) -> list[Member]:
    return [Member.from_json(json.loads(line)) for line in path.read_text().splitlines()]


def _secrets(seed: str | None, number: int) -> tuple[Ed25519PrivateKey, str]:
    if seed is None:
        key = Ed25519PrivateKey.generate()
        return key, to_text(token_bytes(32))
    key = Ed25519PrivateKey.from_private_bytes(sha256(f"{seed}/key/{number}".encode()).digest())
    return key, to_text(sha256(f"{seed}/password/{number}".encode()).digest())
