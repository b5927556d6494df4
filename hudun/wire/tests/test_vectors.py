"""docs/wire.md and the vectors, judged by libraries that know nothing of this program."""

import json
import re
from pathlib import Path
from typing import Any

import cbor2
import pycddl
import pytest
from pycose.keys.okp import OKPKey
from pycose.messages.sign1message import Sign1Message

from hudun.wire import sizes, vectors
from hudun.wire.cose import take_apart
from hudun.wire.frames import SHORT_FRAME, Stop, Target, kind_of
from hudun.wire.signals import SIGNAL_NAMES

ROOT = Path(__file__).parents[3]
DOC = (ROOT / "docs" / "wire.md").read_text()
VECTORS: list[dict[str, Any]] = json.loads(vectors.FILE.read_text())["vectors"]
LONG_ONES = {"list", "roster"}
each = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])


RULES = {"time": "time-answer", "roster": "roster-frame"}


def admits(kind: str, payload: bytes) -> bool:
    """By the grammar of the page with this kind as its root, which is its first rule."""
    found = re.search(r"```cddl\n(frame = .*?\n)(.*?)```", DOC, re.DOTALL)
    assert found
    rules = f"frame = {RULES.get(kind, kind)}\n{found[2]}"
    try:
        pycddl.Schema(rules).validate_cbor(payload)
    except pycddl.ValidationError:
        return False
    return True


@each
def test_an_independent_cose_library_verifies_it(vector: dict[str, Any]) -> None:
    frame = bytes.fromhex(vector["frame"])
    assert frame[0] == 0xC0 + Sign1Message.cbor_tag
    message = Sign1Message.from_cose_obj(cbor2.loads(frame[1:]), True)
    message.key = OKPKey(crv="ED25519", x=bytes.fromhex(vector["public"]))
    assert message.verify_signature()
    assert message.payload == bytes.fromhex(vector["payload"])


@each
def test_a_changed_octet_is_noticed(vector: dict[str, Any]) -> None:
    frame = bytearray.fromhex(vector["frame"])
    frame[-1] ^= 1
    assert not take_apart(bytes(frame)).signed_by(bytes.fromhex(vector["public"]))


@each
def test_the_grammar_of_the_page_admits_it(vector: dict[str, Any]) -> None:
    assert admits(vector["name"].split(":")[0], bytes.fromhex(vector["payload"]))


@each
def test_one_frame_fits_every_bearer(vector: dict[str, Any]) -> None:
    assert vector["octets"] == len(bytes.fromhex(vector["frame"]))
    assert vector["name"] in LONG_ONES or vector["octets"] <= SHORT_FRAME


def test_the_file_is_what_the_script_makes() -> None:
    assert vectors.FILE.read_text() == vectors.text()


def test_every_kind_that_is_spoken_has_a_vector() -> None:
    kinds = {kind_of(bytes.fromhex(vector["payload"])).value for vector in VECTORS}
    assert kinds == set(range(1, 13)) - {8, 9}


def test_the_grammar_refuses_what_no_terminal_reads() -> None:
    nine = Stop(1, 1, 1, 1, 1, Target(sirens=tuple(range(1, 10)))).encode()
    assert not admits("stop", nine)
    assert not admits("order", nine)


def test_the_table_of_sizes_is_true() -> None:
    assert sizes.markdown() in DOC


def test_every_timetable_fits_to_a_group_and_to_a_list() -> None:
    for name, group, _, listed in sizes.table():
        assert group <= SHORT_FRAME, name
        assert listed is None or listed <= SHORT_FRAME, name


def test_the_timetables_of_the_table_are_the_published_ones() -> None:
    published = json.loads((ROOT / "hudun" / "rules" / "samples" / "signals.json").read_text())
    numbers = {name: number for number, name in SIGNAL_NAMES.items()}
    computed = {_steps(one, published["signals"], numbers) for one in published["timetables"]}
    assert computed == set(sizes.TIMETABLES.values())


def _steps(
    timetable: dict[str, Any], signals: dict[str, Any], numbers: dict[str, int]
) -> tuple[tuple[int, int], ...]:
    steps: list[tuple[int, int]] = []
    for turn in timetable["rounds"]:
        hours, minutes, seconds = map(int, turn["start"].split(":"))
        at = hours * 3600 + minutes * 60 + seconds
        for signal in turn["signals"]:
            lasts = signals[signal]["repeat"] * sum(map(sum, signals[signal]["pattern"]))
            for _ in range(turn.get("times", {}).get(signal, 1)):
                steps.append((numbers[signal], at))
                at += lasts + turn.get("gap_within_s", 0)
            at += turn["gap_s"] - turn.get("gap_within_s", 0)
    return tuple((number, at - steps[0][1]) for number, at in steps)
