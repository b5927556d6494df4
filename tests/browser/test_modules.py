"""The browser's signing modules and hudun.wire say the same about the same octets."""

import json
import random
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.runtime.keys import KeyFile
from hudun.runtime.keys_cli.wording import confirmation, describe
from hudun.wire import cose
from hudun.wire.frames import (
    Mode,
    Order,
    Release,
    Right,
    Roster,
    RosterKey,
    SirenList,
    Target,
    kid_octets,
)
from tests.browser.tools import node

ROOT = Path(__file__).resolve().parents[2]
SIGNING = ROOT / "web/src/signing/tests"
PASSPHRASE = "一二三四五六七八九十"


def ask(*questions: dict[str, Any]) -> list[Any]:
    done = subprocess.run(
        [node(), str(SIGNING / "agree.js")],
        input=json.dumps(questions), capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    answers: list[Any] = json.loads(done.stdout)
    return answers


def test_javascript_unit_tests() -> None:
    files = sorted(map(str, (ROOT / "web").rglob("tests/*.test.js")))
    done = subprocess.run([node(), "--test", *files], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def frames(count: int) -> list[tuple[bytes, bytes]]:
    """(payload, frame) of `count` drawn orders, releases, lists and rosters."""
    draw = random.Random(20261101)
    makers = (_order, _release, _list, _roster)
    key = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))
    payloads = [makers[i % len(makers)](draw).encode() for i in range(count)]
    return [
        (payload, cose.sign1(payload, kid_octets(draw.randrange(65536)), key))
        for payload in payloads
    ]


def _order(draw: random.Random) -> Order:
    few = tuple(draw.sample(range(100000), draw.randrange(1, 9)))
    group, number = draw.randrange(1, 1 << 20), draw.randrange(1, 70000)
    targets = [Target(), Target(group=group), Target(list_number=number), Target(sirens=few)]
    target = draw.choice(targets)
    steps = tuple((draw.randrange(1, 40), 300 * i) for i in range(draw.randrange(1, 8)))
    start = draw.choice([None, 0, 23, 24, 255, 256, 65535, 65536, draw.randrange(1 << 33)])
    return Order(
        430103, draw.randrange(1 << 16), draw.randrange(1 << 32), draw.randrange(1 << 32),
        draw.randrange(1 << 20), draw.choice(list(Mode)), start, steps, target,
    )  # fmt: skip


def _release(draw: random.Random) -> Release:
    start = draw.choice([None, draw.randrange(121)])
    return Release(
        430103, 3, draw.randrange(1 << 40), draw.randbytes(16), draw.randrange(1 << 32), start
    )


def _list(draw: random.Random) -> SirenList:
    return SirenList(430103, draw.randrange(1, 300), tuple(draw.sample(range(1 << 20), 300)))


def _roster(draw: random.Random) -> Roster:
    rights = Right.TRIAL | Right.SILENT
    keys = tuple(RosterKey(i, i, draw.randbytes(32), rights, 1 << 31) for i in range(30))
    return Roster(430103, draw.randrange(1 << 16), draw.randrange(1 << 32), keys)


def test_every_frame_is_read_and_written_alike() -> None:
    drawn = frames(400)
    recoded = ask(*({"ask": "recode", "hex": frame.hex()} for _, frame in drawn))
    assert recoded == [frame.hex() for _, frame in drawn]
    apart = ask(*({"ask": "apart", "hex": frame.hex()} for _, frame in drawn))
    assert apart == [payload.hex() for payload, _ in drawn]


def test_a_changed_octet_is_judged_alike() -> None:
    draw = random.Random(7)
    spoilt = [_spoilt(draw, frame) for _, frame in frames(400)]
    theirs = ask(*({"ask": "apart", "hex": frame.hex()} for frame in spoilt))
    assert theirs == [_payload_or_none(frame) for frame in spoilt]


def _spoilt(draw: random.Random, frame: bytes) -> bytes:
    at = draw.randrange(len(frame))
    instead = draw.choice([b"", draw.randbytes(1), b"\x00" + frame[at : at + 1]])
    return frame[:at] + instead + frame[at + 1 :]


def _payload_or_none(frame: bytes) -> str | None:
    try:
        return cose.take_apart(frame).payload.hex()
    except cose.BadFrame:
        return None


def test_signatures_and_digests_are_the_same_octets() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    seed, public = bytes(range(32)).hex(), key.public_key().public_bytes_raw().hex()
    questions: list[dict[str, Any]] = []
    expected: list[object] = []
    for payload, _ in frames(8):
        frame = cose.sign1(payload, kid_octets(7), key)
        questions += [
            {"ask": "sign", "payload": payload.hex(), "kid": "0007", "seed": seed},
            {"ask": "verify", "hex": frame.hex(), "key": public},
            {"ask": "verify", "hex": frame.hex(), "key": bytes(32).hex()},
            {"ask": "digest", "frames": [frame.hex(), payload.hex()]},
        ]
        expected += [frame.hex(), True, False, cose.digest(frame, payload).hex()]
    assert ask(*questions) == expected


def test_an_order_is_decoded_to_the_same_fields() -> None:
    draw = random.Random(3)
    orders = [_order(draw) for _ in range(100)]
    read = ask(*({"ask": "order", "payload": order.encode().hex()} for order in orders))
    for order, theirs in zip(orders, read, strict=True):
        assert theirs["startsAt"] == order.starts_at
        assert theirs["expiresAt"] == order.expires_at
        assert theirs["mode"] == order.mode.value
        assert theirs["programme"] == [list(step) for step in order.programme]
        assert theirs["target"].get("sirens", []) == list(order.target.sirens)


@pytest.mark.parametrize("start", [None, 300])
def test_the_prompt_names_mode_and_time(start: int | None) -> None:
    order = replace(_order(random.Random(1)), mode=Mode.LIVE, start=start, issued=1793496600)
    (rows,) = ask({"ask": "prompt", "payload": order.encode().hex()})
    said = dict(rows)
    assert said["方式"].startswith("实警")
    assert ("09:35:00" if start else "立即") in said["开始"]


def test_the_browser_and_hudun_release_ask_for_the_same_words() -> None:
    draw = random.Random(11)
    orders = [_order(draw) for _ in range(60)]
    orders = [replace(order, programme=((draw.randrange(1, 4), 0),)) for order in orders]
    octets = [order.encode().hex() for order in orders]
    typed = ask(*({"ask": "confirmation", "payload": payload} for payload in octets))
    assert typed == [confirmation(order) for order in orders]
    shown = ask(*({"ask": "prompt", "payload": payload} for payload in octets))
    for order, rows in zip(orders, shown, strict=True):
        theirs, ours = dict(rows), dict(describe(order, None))
        assert theirs["方式"] == ours["方式"]
        assert (theirs["失效"], theirs["拟令"]) == (ours["失效"], ours["拟令"])
        if order.target.list_number is None:
            assert theirs["对象"] == ours["对象"]


def test_a_key_file_of_python_opens_in_the_browser() -> None:
    key = Ed25519PrivateKey.generate()
    file = KeyFile.wrap(key, PASSPHRASE, "王值班")
    (seed,) = ask({"ask": "seed", "file": file.to_json(), "passphrase": PASSPHRASE})
    assert seed == key.private_bytes_raw().hex()


def test_a_key_file_of_the_browser_opens_in_python() -> None:
    (text,) = ask({"ask": "create", "passphrase": PASSPHRASE, "name": "李科长"})
    file = KeyFile.from_json(text)
    assert file.name == "李科长"
    assert file.unlock(PASSPHRASE).public_key().public_bytes_raw() == file.public
    assert KeyFile.from_json(file.to_json()) == file
