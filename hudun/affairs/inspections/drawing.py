"""The draw of a campaign: anybody can repeat it with a pocket calculator that knows SHA-256.

Every code is written behind the seed, `seed:code`, and hashed; the codes are put in the order of
their hashes, and the first ones are drawn. Nothing depends on the version of a program.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256


def new_seed() -> str:
    return secrets.token_hex(16)


def order(codes: Collection[str], seed: str) -> list[str]:
    return sorted(codes, key=lambda code: sha256(f"{seed}:{code}".encode()).hexdigest())


def draw(codes: Collection[str], share: int, seed: str) -> list[str]:
    """`share` percent of the codes, rounded up: of a few, at least one."""
    count = -(-len(codes) * share // 100)
    return order(codes, seed)[:count]


def deal(places: Mapping[str, str], teams: Sequence[str]) -> dict[str, str]:
    """Code → team. `places`: code → the place it lies in; a place stays with one team as far as
    the loads allow: places go, the largest first, to the team with least, and a place that is
    larger than a fair share is cut."""
    if not teams:
        return {}
    load = dict.fromkeys(teams, 0)
    dealt: dict[str, str] = {}
    for piece in _pieces(places, fair=-(-len(places) // len(teams))):
        team = min(teams, key=lambda name: (load[name], teams.index(name)))
        load[team] += len(piece)
        dealt.update(dict.fromkeys(piece, team))
    return dealt


def _pieces(places: Mapping[str, str], fair: int) -> list[list[str]]:
    by_place: dict[str, list[str]] = {}
    for code in sorted(places):
        by_place.setdefault(places[code], []).append(code)
    pieces = [
        codes[i : i + fair] for codes in by_place.values() for i in range(0, len(codes), fair)
    ]
    return sorted(pieces, key=lambda piece: (-len(piece), piece))
