"""Test vectors of every frame, made from fixed keys: `python -m hudun.wire.vectors FILE`.

The keys are printed in the file and protect nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Protocol

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.wire import cose
from hudun.wire.frames import (
    Acknowledgement,
    Evidence,
    Health,
    Mode,
    Offset,
    Order,
    Question,
    Reason,
    Receipt,
    Release,
    Right,
    Roster,
    RosterKey,
    SirenList,
    State,
    Stop,
    Target,
    TimeAnswer,
    kid_octets,
    siren_kid,
)

FILE = Path(__file__).with_name("vectors.json")
OFFICE, ROSTER, COUNTER, LIST, SIREN = 430103, 300, 70_001, 301, 1017
ISSUED = 1_792_458_000  # 2026-10-20 09:00:00 Beijing time
START = 1_793_496_600  # 2026-11-01 09:30:00 Beijing time
DAY = 86_400
TRIAL = ((1, 0), (2, 480), (3, 960))
PEOPLE = {"first": (1, 258), "second": (2, 259), "desk": (0, 257)}  # person, key number


class Content(Protocol):
    def encode(self) -> bytes: ...


def key(name: str) -> Ed25519PrivateKey:
    """A key anybody can make: SHA-256 of its name is its seed."""
    seed = hashlib.sha256(f"hudun test key {name}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def vectors() -> list[dict[str, Any]]:
    order = _vector("order: trial, planned, by list", "first", _order(Target(list_number=LIST)))
    listed = _vector("list", "first", SirenList(OFFICE, LIST, (1017, 1018, 1030)))
    digest = cose.digest(bytes.fromhex(order["frame"]), bytes.fromhex(listed["frame"]))
    live = _vector("order: live, immediate, to a group", "first", _live(Target(group=7)))
    live_digest = cose.digest(bytes.fromhex(live["frame"]))
    return [
        order,
        listed,
        _vector("release: of the planned order", "second", _release(COUNTER, digest, 60, None)),
        live,
        _vector("release: immediate", "second", _release(COUNTER + 1, live_digest, 40, 10)),
        _vector(
            "order: silent, to eight", "desk", _silent(Target(sirens=tuple(range(1001, 1009))))
        ),
        _vector("stop: of all", "desk", Stop(OFFICE, ROSTER, COUNTER, START, DAY, Target())),
        *_answers(),
        *_from_terminal(),
        _vector("roster", "root", Roster(OFFICE, ROSTER, ISSUED, _roster_keys())),
    ]


def _order(target: Target) -> Order:
    ahead = START - ISSUED
    return Order(
        OFFICE, ROSTER, COUNTER, ISSUED, ahead + DAY, Mode.TRIAL, ahead, TRIAL, target
    )  # fmt: skip


def _live(target: Target) -> Order:
    return Order(OFFICE, ROSTER, COUNTER + 1, ISSUED, 600, Mode.LIVE, None, ((2, 0),), target)


def _silent(target: Target) -> Order:
    return Order(OFFICE, ROSTER, COUNTER + 2, ISSUED, 600, Mode.SILENT, None, ((3, 0),), target)


def _release(counter: int, digest: bytes, after: int, start: int | None) -> Release:
    return Release(OFFICE, ROSTER, counter, digest, ISSUED + after, start)


def _answers() -> list[dict[str, Any]]:
    return [
        _vector("time", "desk", TimeAnswer(OFFICE, b"nonce-08", START * 1000 + 123)),
        _vector("acknowledgement", "desk", Acknowledgement(OFFICE, SIREN, 12)),
    ]


def _from_terminal() -> list[dict[str, Any]]:
    offset, at = Offset(-42, 8), START * 1000
    health = Health(
        SIREN, 3, at, offset, True, 98, True, False, -4, False, ((OFFICE, ROSTER),), "hudun 0.1"
    )  # fmt: skip
    return [
        _vector("receipt: accepted", "siren", _receipt(1, None, State.ACCEPTED, ISSUED * 1000)),
        _vector("receipt: sounding", "siren", _receipt(2, 0, State.SOUNDING, at + 15)),
        _vector(
            "receipt: finished", "siren", _receipt(3, 0, State.FINISHED, at + 156_015, 108_000)
        ),
        _vector(
            "receipt: refused, eleven times", "siren",
            Receipt(SIREN, 4, OFFICE, COUNTER, None, State.REFUSED, at, Reason.REPLAY, 11, offset),
        ),
        _vector("question", "siren", Question(SIREN, b"nonce-08")),
        _vector("health", "siren", health),
    ]  # fmt: skip


def _receipt(number: int, signal: int | None, state: State, at_ms: int, amount: int = 0) -> Receipt:
    evidence = Evidence.NONE if state is State.ACCEPTED else Evidence.CURRENT
    return Receipt(
        SIREN, number, OFFICE, COUNTER, signal, state, at_ms, evidence, amount, Offset(-42, 8)
    )  # fmt: skip


def _roster_keys() -> tuple[RosterKey, ...]:
    rights = {
        "first": Right.TRIAL | Right.SILENT,
        "second": Right.TRIAL | Right.SILENT,
        "desk": Right.STOP | Right.SILENT | Right.TIME,
    }
    until = ISSUED + 366 * DAY
    return tuple(
        RosterKey(kid, person, _public(name), rights[name], until)
        for name, (person, kid) in PEOPLE.items()
    )


def _vector(name: str, signer: str, content: Content) -> dict[str, Any]:
    payload = content.encode()
    frame = cose.sign1(payload, _kid(signer), key(signer))
    return {
        "name": name,
        "signer": signer,
        "kid": _kid(signer).hex(),
        "public": _public(signer).hex(),
        "content": _plain(cbor2.loads(payload)),
        "payload": payload.hex(),
        "frame": frame.hex(),
        "octets": len(frame),
        "digest": cose.digest(frame).hex(),
    }


def _kid(signer: str) -> bytes:
    if signer == "siren":
        return siren_kid(SIREN)
    return kid_octets(0 if signer == "root" else PEOPLE[signer][1])


def _public(name: str) -> bytes:
    return key(name).public_key().public_bytes_raw()


def _plain(item: Any) -> Any:
    """Octets as h'…', as CBOR diagnostic notation writes them."""
    if isinstance(item, bytes):
        return f"h'{item.hex()}'"
    return [_plain(one) for one in item] if isinstance(item, list) else item


def text() -> str:
    names = ["first", "second", "desk", "siren", "root"]
    keys = {name: key(name).private_bytes_raw().hex() for name in names}
    note = "Test keys: printed here on purpose, they protect nothing."
    whole = {"note": note, "seeds": keys, "vectors": vectors()}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else FILE).write_text(text())
