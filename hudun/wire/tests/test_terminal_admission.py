"""Which orders a siren obeys, and why it refuses the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hudun.wire import cose
from hudun.wire.frames import Mode, Reason, Right, Target
from hudun.wire.tests.cast import (
    ALICE,
    BOB,
    CAROL,
    CITY,
    DAVE,
    DAY,
    DESK,
    NOON,
    People,
    Siren,
)

Frames = Callable[[People], tuple[bytes, ...]]
TRIAL_AT_NIGHT = {"start": 2 * DAY - 15 * 3600, "life": 3 * DAY}  # 21:00 … the next evening


def reasons(siren: Siren) -> list[Reason]:
    return [Reason(r.evidence) for r in siren.receipts if r.state.name == "REFUSED"]


def pair(order: bytes, people: People, **changes: object) -> tuple[bytes, bytes]:
    return order, people.release(order, **changes)  # type: ignore[arg-type]


def live(people: People, **changes: object) -> tuple[bytes, bytes]:
    return pair(people.order(**changes), people)  # type: ignore[arg-type]


def trial(people: People, **changes: object) -> tuple[bytes, bytes]:
    return pair(people.planned(**changes), people, kid=DAVE)  # type: ignore[arg-type]


def trial_now(people: People) -> tuple[bytes, bytes]:
    return pair(people.order(kid=CAROL, mode=Mode.TRIAL), people, kid=DAVE)


def test_order_and_release_sound_in_either_sequence() -> None:
    people = People()
    order = people.order()
    for frames in ((order, people.release(order)), (people.release(order), order)):
        siren = Siren(people)
        siren.hear(*frames, at=NOON + 25)
        assert siren.told == ["ACCEPTED"]
        assert not siren.on(NOON + 29) and siren.on(NOON + 30) and not siren.on(NOON + 36.5)


@pytest.mark.parametrize("half", [0, 1])
def test_half_an_order_does_nothing(half: int) -> None:
    siren = Siren(People())
    siren.hear(live(People())[half], at=NOON + 25)
    assert siren.told == [] and not siren.on(NOON + 30)


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        (Target(), True),
        (Target(group=3), True),
        (Target(group=4), False),
        (Target(sirens=(6, 7)), True),
        (Target(sirens=(6, 8)), False),
    ],
)
def test_an_order_for_others_makes_no_sound_and_no_receipt(target: Target, meant: bool) -> None:
    siren = Siren(People())
    siren.hear(*live(People(), target=target), at=NOON + 25)
    assert siren.told == (["ACCEPTED"] if meant else [])
    assert siren.on(NOON + 30) is meant


@pytest.mark.parametrize("sequence", ["LOR", "LRO", "ROL", "RLO", "OLR", "ORL"])
@pytest.mark.parametrize("listed", [True, False])
def test_a_list_counts_whenever_it_comes(sequence: str, listed: bool) -> None:
    people, siren = People(), Siren(People())
    order = people.order(target=Target(list_number=5))
    sirens = people.list(5, *((6, 7) if listed else (6, 8)))
    frames = {"O": order, "L": sirens, "R": people.release(order, sirens)}
    siren.hear(*(frames[letter] for letter in sequence), at=NOON + 25)
    assert siren.told == (["ACCEPTED"] if listed else [])


def test_a_list_of_another_signer_is_not_the_orders() -> None:
    people, siren = People(), Siren(People())
    order, sirens = people.order(target=Target(list_number=5)), people.list(5, 7, kid=BOB)
    siren.hear(sirens, order, people.release(order, sirens), at=NOON + 25)
    assert siren.told == []


def other_key(people: People) -> tuple[bytes, ...]:
    forged = people.order(key_of=777)
    return forged, people.release(forged)


def order_of_a_stranger(people: People) -> tuple[bytes, ...]:
    return pair(people.order(kid=99), people)


def order_of_another_office(people: People) -> tuple[bytes, ...]:
    return (People(999_999).order(),)


def mangled(people: People) -> tuple[bytes, ...]:
    return (people.order()[:-1],)


def too_long(people: People) -> tuple[bytes, ...]:
    steps = tuple((2, 200 * n) for n in range(20))
    return (people.order(programme=steps),)


REFUSALS: list[tuple[str, Reason, Frames]] = [
    ("not a frame", Reason.BAD_FRAME, lambda p: (b"siren!",)),
    ("cut short", Reason.BAD_FRAME, mangled),
    ("longer than 140 octets", Reason.BAD_FRAME, too_long),
    ("signed with another key", Reason.BAD_SIGNATURE, other_key),
    ("a key that is not in the roster", Reason.UNKNOWN_KEY, order_of_a_stranger),
    ("an office that is not pinned", Reason.WRONG_ISSUER, order_of_another_office),
    ("live with a trial key", Reason.NO_RIGHT, lambda p: live(p, kid=CAROL)),
    ("live by the desk", Reason.NO_RIGHT, lambda p: live(p, kid=DESK)),
    ("trial with a live key", Reason.NO_RIGHT, lambda p: trial(p, kid=ALICE)),
    ("released with a trial key", Reason.NO_RIGHT, lambda p: pair(p.order(), p, kid=CAROL)),
    ("released by the desk", Reason.NO_RIGHT, lambda p: pair(p.order(), p, kid=DESK)),
    ("one person twice", Reason.SAME_PERSON, lambda p: pair(p.order(), p, kid=ALICE)),
    ("trial by one person", Reason.SAME_PERSON, lambda p: pair(p.planned(), p, kid=CAROL)),
    ("expired", Reason.EXPIRED, lambda p: live(p, life=24)),
    ("released late", Reason.LATE_RELEASE, lambda p: pair(p.order(), p, released=NOON + 121)),
    ("released early", Reason.LATE_RELEASE, lambda p: pair(p.order(), p, released=NOON - 1)),
    ("a lead of two minutes", Reason.LATE_RELEASE, lambda p: pair(p.order(), p, start=121)),
    ("no lead", Reason.LATE_RELEASE, lambda p: pair(p.order(), p, start=None)),
    ("planned, with a lead", Reason.LATE_RELEASE, lambda p: pair(p.order(start=900), p, start=5)),
    (
        "planned, released after its start", Reason.LATE_RELEASE,
        lambda p: pair(p.order(start=60), p, released=NOON + 61),
    ),
    ("its start is past", Reason.START_PASSED, lambda p: live(p, issued=NOON - 40)),
    ("a trial for now", Reason.TRIAL_RULE, lambda p: trial_now(p)),
    ("a trial in an hour", Reason.TRIAL_RULE, lambda p: trial(p, start=3600, life=7200)),
    ("a trial at night", Reason.TRIAL_RULE, lambda p: trial(p, **TRIAL_AT_NIGHT)),
    (
        "a trial released too late", Reason.TRIAL_RULE,
        lambda p: pair(p.planned(start=DAY + 3600), p, kid=DAVE, released=NOON + 3601),
    ),
    ("an unknown signal", Reason.UNKNOWN_SIGNAL, lambda p: live(p, programme=((31, 0),))),
    ("signals overlap", Reason.CONFLICT, lambda p: live(p, programme=((2, 0), (3, 9)))),
    ("a counter far ahead", Reason.TOO_FAR_AHEAD, lambda p: live(p, counter=1 << 22)),
]  # fmt: skip


@pytest.mark.parametrize(("_", "reason", "frames"), REFUSALS, ids=[row[0] for row in REFUSALS])
def test_refusal(_: str, reason: Reason, frames: Frames) -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*frames(people), at=NOON + 25)
    assert reasons(siren) == [reason] and "ACCEPTED" not in siren.told
    assert not any(siren.on(NOON + second) for second in range(25, 400))


def test_a_retained_message_is_never_an_order() -> None:
    siren = Siren(People())
    siren.hear(*live(People()), at=NOON + 25, retained=True)
    assert reasons(siren) == [Reason.RETAINED] and not siren.on(NOON + 30)


def test_a_key_is_refused_after_its_last_day() -> None:
    people = People(until=NOON + 20)
    siren = Siren(people)
    siren.hear(*live(people), at=NOON + 25)
    assert reasons(siren) == [Reason.KEY_EXPIRED]


def test_a_withdrawn_key_is_unknown_and_an_old_roster_does_not_bring_it_back() -> None:
    people = People()
    siren, old = Siren(people), people.roster()
    people.withdraw(ALICE)
    siren.hear(people.roster(root=1), old)
    siren.hear(*live(people), at=NOON + 25)
    assert reasons(siren) == [Reason.UNKNOWN_KEY]


def test_a_roster_that_no_root_signed_is_not_taken() -> None:
    people, thief = People(), People()
    siren = Siren(people)
    thief.rights = {ALICE: Right.LIVE, BOB: Right.LIVE}
    forged = thief.sign(0, cose.take_apart(thief.roster(number=9)).payload, key_of=ALICE)
    siren.hear(forged)
    held = siren.state.issuers[people.number].roster
    assert held is not None and held.number == 1


def test_an_old_roster_is_reported_and_does_not_silence() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*live(people, roster=9), at=NOON + 25)
    assert siren.told == ["ACCEPTED"]


def test_the_city_orders_with_its_own_keys() -> None:
    city = People(CITY)
    siren = Siren(People())
    siren.hear(city.roster())
    siren.hear(*live(city), at=NOON + 25)
    assert siren.on(NOON + 30)
    assert [(r.issuer, r.number) for r in siren.receipts] == [(CITY, 1)]


def test_a_wrong_release_does_not_spoil_the_order_for_the_right_one() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(order, people.release(order, kid=ALICE), people.release(order), at=NOON + 25)
    assert siren.told == ["REFUSED", "ACCEPTED"]


def test_a_thief_with_one_key_cannot_push_out_the_halves_of_others() -> None:
    people = People()
    siren = Siren(people)
    order = people.order()
    siren.hear(order, *(people.order(counter, kid=BOB) for counter in range(2, 60)), at=NOON + 25)
    siren.hear(people.release(order))
    assert "ACCEPTED" in siren.told


# once


def test_a_copy_of_an_accepted_order_is_silence() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*live(people), *live(people), at=NOON + 25)
    assert siren.told == ["ACCEPTED"]


def test_another_order_under_the_same_counter_is_refused() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*live(people), *live(people, life=900), at=NOON + 25)
    assert siren.told == ["ACCEPTED", "REFUSED"] and reasons(siren) == [Reason.CONFLICT]


def test_a_used_counter_is_refused_when_its_record_is_gone_after_a_reboot() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*live(people), at=NOON + 25)
    del siren.disk[f"order/{people.number}/1"]
    siren.reboot(now=NOON + 26)
    siren.hear(*live(people))
    assert reasons(siren) == [Reason.REPLAY] and not siren.on(NOON + 30)


def test_a_planned_order_overtaken_by_a_later_one_still_acts() -> None:
    people = People()
    siren = Siren(people)
    siren.hear(*live(people, counter=9), at=NOON + 25)
    siren.hear(*trial(people, counter=4), at=NOON + 26)
    assert siren.told == ["ACCEPTED", "ACCEPTED"]
