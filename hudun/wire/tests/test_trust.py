"""docs/trust.md: what a thief cannot do. Each "不能" names its test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hudun.wire import cose
from hudun.wire import office as desk
from hudun.wire.frames import (
    Kind,
    Mode,
    Question,
    Receipt,
    Right,
    Roster,
    RosterKey,
    State,
    kid_octets,
    kind_of,
    siren_kid,
)
from hudun.wire.terminal import LinkUp
from hudun.wire.tests.cast import (
    ALICE,
    CITY,
    DAVE,
    DAY,
    DESK,
    NOON,
    Dispatch,
    People,
    Siren,
    play,
    public,
)

PAGE = Path(__file__).parents[3] / "docs" / "trust.md"
AFTERWARDS = [NOON + second for second in range(25, 420)]


def heard(siren: Siren) -> bool:
    """Whether the siren would sound at any time that a thief could hope for."""
    return any(siren.on(at) for at in AFTERWARDS)


def answer_with(people: People, siren: Siren, now_ms: int) -> None:
    """Give the siren the office's signed time, true or not."""
    siren.sent = []
    siren.give(LinkUp("mqtt"))
    frames = [cose.take_apart(frame).payload for frame in siren.sent]
    asked = next(Question.decode(p) for p in frames if kind_of(p) is Kind.QUESTION)
    siren.hear(people.time(asked.nonce, now_ms))


# 网站服务器与数据库、发令进程: the desk key, every frame ever signed, all public keys


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.TRIAL])
def test_the_server_cannot_sound_a_siren(mode: Mode) -> None:
    people = People()
    siren = Siren(people)
    order = people.order(kid=DESK, mode=mode)
    siren.hear(order, people.release(order, kid=DESK), at=NOON + 25)
    forged = people.order(2, key_of=DESK, mode=mode)
    siren.hear(forged, people.release(forged, key_of=DESK))
    assert not heard(siren)


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.TRIAL])
def test_the_server_and_one_person_cannot_sound_a_siren(mode: Mode) -> None:
    people = People()
    for first, second in ((ALICE, DESK), (DESK, ALICE)):
        siren = Siren(people)
        order = people.order(kid=first, mode=mode)
        siren.hear(order, people.release(order, kid=second), at=NOON + 25)
        assert not heard(siren)


def test_the_server_cannot_make_a_silent_order_sound() -> None:
    people = People()
    siren = Siren(people)
    order = people.order(kid=DESK, mode=Mode.SILENT)
    siren.hear(order, people.release(order, kid=DESK), at=NOON + 25)
    assert siren.told == ["ACCEPTED"] and not heard(siren)


def test_the_server_cannot_turn_a_silent_release_into_a_live_one() -> None:
    people = People()
    siren = Siren(people)
    silent, live = people.order(mode=Mode.SILENT), people.order(mode=Mode.LIVE)
    siren.hear(live, people.release(silent), at=NOON + 25)
    assert not heard(siren)


def test_the_server_cannot_change_what_two_people_signed() -> None:
    people = People()
    order, listed = people.order(), people.list(1, 7)
    changed = order.replace(b"\x02\x00", b"\x03\x00")
    siren = Siren(people)
    siren.hear(changed, people.release(order), listed, at=NOON + 25)
    assert changed != order and not heard(siren)


def test_the_server_cannot_give_itself_a_key() -> None:
    people = People()
    siren = Siren(people)
    keys = tuple(
        RosterKey(kid, kid, public(f"thief {kid}"), Right.LIVE, NOON + DAY) for kid in (1, 2)
    )
    roster = Roster(people.number, 9, NOON, keys).encode()
    for kid, key in ((0, people.key(DESK)), (1, people.key(ALICE)), (DESK, people.key(DESK))):
        siren.hear(cose.sign1(roster, kid_octets(kid), key))
    held = siren.state.issuers[people.number].roster
    assert held is not None and held.number == 1


def test_the_server_cannot_start_tomorrows_trial_tonight_by_lying_about_the_time() -> None:
    people = People()
    siren = Siren(people)
    order = people.planned()
    siren.hear(order, people.release(order, kid=DAVE), at=NOON + 25)
    start = NOON + 2 * DAY - 2 * 3600 - 1800
    for lie in (start, start + 30, NOON + DAY):
        answer_with(people, siren, lie * 1000)
        assert not heard(siren)
    assert siren.on(start)


def test_the_server_cannot_use_an_old_order_again() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    release = people.release(order)
    siren.hear(order, release, at=NOON + 25)
    play(siren, NOON + 250)
    siren.reboot(now=NOON + 3 * DAY)
    siren.hear(order, release)
    assert not any(siren.on(NOON + 3 * DAY + second) for second in range(400))


def test_the_server_cannot_sound_a_withheld_order_late() -> None:
    """Unless the terminal has lost its clock; that is why the loss is refused and reported."""
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 20 + 10 + 31)
    assert not heard(siren)


def test_the_server_cannot_silence_for_ever() -> None:
    people = People()
    siren = Siren(people)
    for _ in range(5):
        siren.hear(people.stop((1 << 53) - 1))
    order = people.order((1 << 20) + 1)
    siren.hear(order, people.release(order), at=NOON + 25)
    assert siren.on(NOON + 30)


def test_the_server_cannot_make_a_receipt() -> None:
    people = People()
    office = Dispatch(people, Siren(people))
    receipt = Receipt(7, 1, people.number, 1, 0, State.FINISHED, NOON * 1000, 1, 90_000, None)
    for kid in (siren_kid(7), kid_octets(DESK)):
        office.give(desk.FrameArrived(7, cose.sign1(receipt.encode(), kid, people.key(DESK))))
    assert office.rows == []


def test_the_server_cannot_speak_for_the_city() -> None:
    people, city = People(), People(CITY)
    siren = Siren(people)
    siren.hear(city.roster())
    mine = city.order(key_of=DESK)
    payload = cose.take_apart(city.order()).payload
    borrowed = cose.sign1(payload, kid_octets(ALICE), people.key(ALICE))
    for order in (mine, borrowed):
        siren.hear(order, city.release(order, key_of=DESK), at=NOON + 25)
    siren.hear(people.roster(number=5))
    assert not heard(siren)


# 消息服务器: every message, in any sequence, as often as it likes


def test_the_broker_cannot_double_a_sounding() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    release = people.release(order)
    seconds_of_sound = 0
    for second in range(25, 600):
        siren.hear(order, release, at=NOON + second)
        seconds_of_sound += siren.on(NOON + second)
    assert seconds_of_sound == 90 and siren.told.count("ACCEPTED") == 1


def test_the_broker_cannot_sound_what_was_stopped() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(people.stop(1), at=NOON + 22)
    siren.reboot()
    siren.hear(order, people.release(order), at=NOON + 25)
    assert not heard(siren)


def test_the_broker_cannot_make_a_kept_message_an_order() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25, retained=True)
    assert not heard(siren)


def test_the_broker_cannot_acknowledge_a_receipt() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    siren.hear(people.ack(7, 1, kid=ALICE), people.ack(8, 1), People(CITY).ack(7, 1))
    assert siren.told == ["ACCEPTED"]


def test_the_broker_cannot_tell_an_old_time() -> None:
    people = People()
    siren = Siren(people)
    answer_with(people, siren, NOON * 1000)
    old = people.time(b"an old 1", NOON * 1000 - 99_000)
    before = siren.state.offset
    siren.hear(old, at=NOON + 3600)
    assert siren.state.offset == before


# the page


def test_every_cannot_of_the_page_is_a_test_here_and_back() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE.read_text()))
    here = {
        name
        for path in Path(__file__).parent.glob("test_trust*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    here -= {"test_every_cannot_of_the_page_is_a_test_here_and_back"}
    assert here <= named, f"not on the page: {sorted(here - named)}"
    elsewhere = {
        name
        for path in (Path(__file__).parents[3]).glob("hudun/**/tests/test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert named <= here | elsewhere, f"no such test: {sorted(named - here - elsewhere)}"
