"""Frames: what is written is read again, and anything else is refused without harm."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hudun.wire import cose
from hudun.wire import office as desk
from hudun.wire.cose import BadFrame
from hudun.wire.frames import (
    Acknowledgement,
    Evidence,
    Health,
    Mode,
    Offset,
    Order,
    Question,
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
    kind_of,
)
from hudun.wire.tests.cast import NOON, Dispatch, People, Siren

numbers = st.integers(0, (1 << 53) - 1)
some = st.one_of(st.none(), numbers)
sirens = st.lists(numbers, min_size=1, max_size=8).map(tuple)
targets = st.one_of(
    st.builds(Target, group=numbers),
    st.builds(Target, list_number=st.integers(1, 1 << 16)),
    st.builds(Target, sirens=sirens),
)
offsets = st.one_of(st.none(), st.builds(Offset, st.integers(-(10**9), 10**9), numbers))
flags = st.one_of(st.none(), st.booleans())
steps = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6).map(tuple)
rights = st.sampled_from([Right.LIVE, Right.TRIAL | Right.SILENT, Right.STOP | Right.TIME])
keys = st.builds(RosterKey, numbers, numbers, st.binary(min_size=32, max_size=32), rights, numbers)
FRAMES: list[st.SearchStrategy[Any]] = [
    st.builds(
        Order, numbers, numbers, numbers, numbers, numbers, st.sampled_from(Mode), some, steps,
        targets,
    ),
    st.builds(
        Release, numbers, numbers, numbers, st.binary(min_size=16, max_size=16), numbers, some
    ),
    st.builds(Stop, numbers, numbers, numbers, numbers, numbers, targets),
    st.builds(TimeAnswer, numbers, st.binary(min_size=8, max_size=8), numbers),
    st.builds(
        Receipt, numbers, numbers, numbers, numbers, some, st.sampled_from(State), numbers,
        st.sampled_from([int(kind) for kind in Evidence]), numbers, offsets,
    ),
    st.builds(
        Roster, numbers, numbers, numbers,
        st.lists(keys, max_size=5, unique_by=lambda key: key.kid).map(tuple),
    ),
    st.builds(SirenList, numbers, numbers, st.lists(numbers, max_size=40).map(tuple)),
    st.builds(Acknowledgement, numbers, numbers, numbers),
    st.builds(Question, numbers, st.binary(min_size=8, max_size=8)),
    st.builds(
        Health, numbers, numbers, numbers, offsets, flags, some, flags, flags,
        st.one_of(st.none(), st.integers(-60, 90)), flags,
        st.lists(st.tuples(numbers, numbers), max_size=2).map(tuple), st.text(max_size=40),
    ),
]  # fmt: skip


@pytest.mark.parametrize("frames", FRAMES, ids=lambda each: str(each)[7:20])
@given(data=st.data())
@settings(max_examples=30)
def test_what_is_written_is_read_again(frames: st.SearchStrategy[Any], data: st.DataObject) -> None:
    frame = data.draw(frames)
    payload = frame.encode()
    assert type(frame).decode(payload) == frame
    assert kind_of(payload).name[:4] in ("ACKN", type(frame).__name__.upper()[:4], "LIST")


@given(
    st.recursive(
        st.one_of(st.integers(), st.binary(max_size=20), st.text(max_size=5), st.booleans(),
                  st.none(), st.floats()),
        lambda inner: st.lists(inner, max_size=12), max_leaves=30,
    ),
    st.integers(1, 12),
)  # fmt: skip
def test_no_payload_breaks_a_reader(item: Any, kind: int) -> None:
    items = [kind, *item] if isinstance(item, list) else [kind, item]
    for reader in (Order, Release, Stop, TimeAnswer, Receipt, Roster, SirenList, Health, Question):
        try:
            read = reader.decode(cbor2.dumps(items))
        except BadFrame:
            continue
        assert read.encode() == cbor2.dumps(items)


@pytest.mark.parametrize(
    "octets",
    [b"", b"\xff" * 20, bytes(140), b"\xd2\x84" + bytes(50), b"\x9f" * 4000, b"\xd2" * 4000],
)
def test_no_octets_break_a_machine(octets: bytes) -> None:
    siren, office = Siren(People()), Dispatch(People())
    siren.hear(octets)
    office.give(desk.FrameArrived(7, octets))
    assert siren.told == ["REFUSED"] and office.rows == []


def _mutations(frame: bytes) -> st.SearchStrategy[bytes]:
    spot = st.integers(0, len(frame) - 1)
    return st.one_of(
        st.tuples(spot, st.integers(1, 255)).map(
            lambda at: frame[: at[0]] + bytes([frame[at[0]] ^ at[1]]) + frame[at[0] + 1 :]
        ),
        spot.map(lambda at: frame[:at]),
        st.tuples(spot, st.binary(min_size=1, max_size=4)).map(
            lambda at: frame[: at[0]] + at[1] + frame[at[0] :]
        ),
        st.tuples(spot, spot).map(lambda at: frame[: min(at)] + frame[max(at) + 1 :]),
    ).filter(lambda changed: changed != frame)


_people = People()
_order = _people.order()
_frames = [_order, _people.release(_order), _people.stop(5), _people.roster(), _people.list(4, 7)]


@given(st.sampled_from(_frames).flatmap(_mutations))
@settings(max_examples=150)
def test_a_changed_frame_never_acts_and_never_breaks(changed: bytes) -> None:
    siren = Siren(_people)
    siren.hear(changed, at=NOON + 25)
    assert set(siren.told) <= {"REFUSED"} and siren.disk_agrees()
    siren.hear(_order, _people.release(_order))
    assert siren.told[-1] == "ACCEPTED"


def test_only_one_encoding_is_an_order() -> None:
    """An integer written longer than need be is refused, though it is signed."""
    payload = bytearray(_people_order_payload())
    at = payload.index(bytes([2, 0]))  # the programme: signal 2 at second 0
    longer = bytes(payload[:at]) + bytes([0x18, 2]) + bytes(payload[at + 1 :])
    with pytest.raises(BadFrame):
        Order.decode(longer)


@pytest.mark.parametrize("target", [[5, False], [5, 0.0], [True, 0], [[True]], False, [[]], [5, 1]])
def test_targets_are_numbers(target: Any) -> None:
    items = cbor2.loads(_people_order_payload())
    with pytest.raises(BadFrame):
        Order.decode(cbor2.dumps([*items[:-1], target]))


def _people_order_payload() -> bytes:
    return cose.take_apart(_order).payload
