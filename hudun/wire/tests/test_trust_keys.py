"""docs/trust.md: what a thief with a terminal or with somebody's key cannot do."""

from __future__ import annotations

import pytest

from hudun.wire import cose
from hudun.wire import office as desk
from hudun.wire.frames import (
    Health,
    Kind,
    Mode,
    Receipt,
    Right,
    Roster,
    RosterKey,
    State,
    kid_octets,
    kind_of,
    siren_kid,
)
from hudun.wire.tests.cast import (
    ALICE,
    BOB,
    CAROL,
    CITY,
    DAVE,
    DAY,
    NOON,
    Dispatch,
    People,
    Siren,
    key_for,
    public,
)

AFTERWARDS = [NOON + second for second in range(25, 420)]


def heard(siren: Siren) -> bool:
    """Whether the siren would sound at any time that a thief could hope for."""
    return any(siren.on(at) for at in AFTERWARDS)


# 终端: its own key


def test_a_terminal_cannot_speak_for_another() -> None:
    people = People()
    siren, victim = Siren(people), Siren(people, 8)
    office = Dispatch(people, siren, victim)
    receipt = Receipt(8, 1, people.number, 1, 0, State.FINISHED, NOON * 1000, 1, 90_000, None)
    for kid in (siren_kid(7), siren_kid(8)):
        for topic in (7, 8):
            forged = cose.sign1(receipt.encode(), kid, key_for("siren 7"))
            office.give(desk.FrameArrived(topic, forged))
    assert office.rows == []


def test_a_terminal_cannot_order_another() -> None:
    people = People()
    siren = Siren(people, 8)
    order = cose.take_apart(people.order()).payload
    for kid in (siren_kid(7), kid_octets(7), kid_octets(ALICE)):
        siren.hear(cose.sign1(order, kid, key_for("siren 7")), at=NOON + 25)
    assert not heard(siren) and siren.told == ["REFUSED", "REFUSED"]


# 一个人的钥匙和口令


def test_one_person_cannot_sound_a_siren() -> None:
    people = People()
    siren = Siren(people)
    for counter in range(1, 30):
        order = people.order(counter)
        siren.hear(order, people.release(order, kid=ALICE), at=NOON + 25)
    assert not heard(siren)


def test_one_person_with_two_keys_is_one_person() -> None:
    people = People()
    keys = tuple(
        RosterKey(kid, 3, public(f"{kid} of {people.number}"), Right.LIVE, NOON + DAY)
        for kid in (ALICE, BOB)
    )
    siren = Siren(people)
    roster = Roster(people.number, 2, NOON, keys).encode()
    siren.hear(cose.sign1(roster, kid_octets(0), key_for(f"root 0 of {people.number}")))
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    assert not heard(siren)


def test_one_key_under_two_names_is_one_person() -> None:
    people = People()
    twice = public(f"{ALICE} of {people.number}")
    keys = tuple(RosterKey(kid, kid, twice, Right.LIVE, NOON + DAY) for kid in (ALICE, BOB))
    siren = Siren(people)
    roster = Roster(people.number, 2, NOON, keys).encode()
    siren.hear(cose.sign1(roster, kid_octets(0), key_for(f"root 0 of {people.number}")))
    order = people.order()
    siren.hear(order, people.release(order, key_of=ALICE), at=NOON + 25)
    assert not heard(siren)


def test_one_person_cannot_keep_the_others_from_sounding() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    for counter in range(1, 80):
        siren.hear(people.order(counter, kid=CAROL, mode=Mode.TRIAL), at=NOON + 22)
        siren.hear(people.order(counter, kid=BOB), people.release(people.order(counter, kid=BOB)))
    siren.hear(order, people.release(order), at=NOON + 25)
    assert heard(siren)


def test_a_withdrawn_key_cannot_sign() -> None:
    people = People()
    siren, old = Siren(people), People().roster()
    people.withdraw(ALICE)
    siren.hear(people.roster(), old)
    order = people.order()
    siren.hear(order, people.release(order), at=NOON + 25)
    assert not heard(siren)


# 两个人的试鸣钥匙


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.SILENT])
def test_trial_keys_cannot_sound_live(mode: Mode) -> None:
    people = People(rights={CAROL: Right.TRIAL, DAVE: Right.TRIAL})
    siren = Siren(people)
    order = people.order(kid=CAROL, mode=mode)
    siren.hear(order, people.release(order, kid=DAVE), at=NOON + 25)
    assert not heard(siren)


def test_trial_keys_cannot_sound_at_once() -> None:
    people = People()
    siren = Siren(people)
    order = people.order(kid=CAROL, mode=Mode.TRIAL)
    siren.hear(order, people.release(order, kid=DAVE), at=NOON + 25)
    soon = people.planned(2, start=DAY - 1, life=2 * DAY)
    siren.hear(soon, people.release(soon, kid=DAVE))
    assert not heard(siren) and not any(siren.on(NOON + DAY - 1 + s) for s in range(200))


@pytest.mark.parametrize("hour", [0, 3, 6, 21, 22, 23])
def test_trial_keys_cannot_sound_at_night(hour: int) -> None:
    people = People()
    siren = Siren(people)
    start = 2 * DAY + (hour - 12) * 3600 + 59
    order = people.planned(start=start, life=start + 999)
    siren.hear(order, people.release(order, kid=DAVE), at=NOON + 25)
    assert not any(siren.on(NOON + start + second) for second in range(200))


def test_trial_keys_cannot_be_made_live_keys() -> None:
    people = People()
    siren = Siren(people)
    people.rights[CAROL] = Right.TRIAL | Right.LIVE
    siren.hear(people.roster(number=2))
    held = siren.state.issuers[people.number].roster
    assert held is not None and held.number == 1


# 一把离线根密钥


def test_a_root_key_cannot_act_unseen() -> None:
    people = People()
    siren = Siren(people)
    thief = People(rights={1: Right.LIVE, 2: Right.LIVE}, roster_number=9)
    siren.sent = []
    siren.hear(thief.roster(root=1), at=NOON + 1)
    payloads = [cose.take_apart(frame).payload for frame in siren.sent]
    report = next(Health.decode(p) for p in payloads if kind_of(p) is Kind.HEALTH)
    assert (people.number, 9) in report.rosters


def test_a_root_key_cannot_reach_another_office() -> None:
    people, city = People(), People(CITY)
    siren = Siren(people)
    siren.hear(city.roster())
    payload = cose.take_apart(city.roster(number=9)).payload
    for root in (0, 1):
        stolen = key_for(f"root {root} of {people.number}")
        siren.hear(cose.sign1(payload, kid_octets(root), stolen))
    held = siren.state.issuers[CITY].roster
    assert held is not None and held.number == 1
