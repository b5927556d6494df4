"""Issuers, keys and rosters."""

import stat
from typing import Any

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Issuer, PersonKey, RosterRecord
from hudun.affairs.soundings.roster import desk_key_path, next_roster
from hudun.affairs.soundings.testing import LIVE, TRIAL, Office, key_for, register_roster
from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.journal.models import JournalLine
from hudun.runtime.keys import read_machine_key
from hudun.wire.cose import sign1
from hudun.wire.frames import Right, Roster, kid_octets

pytestmark = pytest.mark.django_db


def refused(number: str) -> Any:
    return pytest.raises(Problem, match=rf"^{number} ")


def test_the_desk_key_is_a_file_of_its_owner_alone(office: Office) -> None:
    path = desk_key_path()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    desk = PersonKey.objects.get(user=None)
    public = read_machine_key(path).public_key().public_bytes_raw()
    assert (bytes(desk.public), desk.person) == (public, 0)
    assert Right(desk.rights) == Right.STOP | Right.SILENT | Right.TIME


def test_setting_up_twice_changes_nothing(office: Office) -> None:
    again = actions.set_up_issuer(office.cast.actor("anguan"), office.issuer.organ)
    assert again == office.issuer
    assert PersonKey.objects.filter(user=None).count() == 1


@pytest.mark.parametrize("who", ["wang", "li", "xiguan", "shenji"])
def test_only_the_security_administrator_keeps_keys(office: Office, who: str) -> None:
    with refused("403.1"):
        actions.set_up_issuer(office.cast.actor(who), office.issuer.organ)
    with refused("403.1"):
        actions.register_roster(office.cast.actor(who), office.issuer, b"")
    with refused("403.1"):
        actions.pin_roots(office.cast.actor(who), office.issuer, root_a=b"", root_b=b"")


def test_roots_are_pinned_once(office: Office) -> None:
    keeper = office.cast.actor("anguan")
    with refused("409.48"):
        actions.pin_roots(keeper, office.issuer, root_a=bytes(32), root_b=b"1" * 32)
    with refused("422.51"):
        actions.pin_roots(keeper, office.issuer, root_a=b"1" * 32, root_b=b"1" * 32)


@pytest.mark.parametrize(
    ("public", "rights"),
    [
        (b"short", TRIAL),
        (bytes(32), Right.LIVE | Right.TRIAL),
        (bytes(32), Right.STOP),
        (bytes(32), Right(0)),
        (key_for(f"wang {LIVE.value}").public_key().public_bytes_raw(), LIVE),
    ],
    ids=["short", "live and trial", "stop", "nothing", "known"],
)
def test_what_may_not_be_asked_for(office: Office, public: bytes, rights: Right) -> None:
    with refused("422.51"):
        actions.request_key(
            office.cast.actor("wang"), office.issuer.organ, public=public, rights=rights
        )


def test_a_person_has_one_number_whatever_their_keys(office: Office) -> None:
    persons = {
        name: set(PersonKey.objects.filter(user__username=name).values_list("person", flat=True))
        for name in ("wang", "li", "zhou")
    }
    assert all(len(numbers) == 1 for numbers in persons.values())
    assert len(set.union(*persons.values())) == 3


def test_a_roster_gives_and_takes_keys_and_stands_in_the_journal(office: Office) -> None:
    spare = actions.request_key(
        office.cast.actor("wang"), office.issuer.organ, public=b"s" * 32, rights=TRIAL
    )
    assert spare.state == "requested"
    gone = PersonKey.objects.get(kid=office.kids["li", LIVE])
    roster = next_roster(office.issuer, clock.now())
    kept = tuple(key for key in roster.keys if key.kid != gone.kid)
    smaller = Roster(roster.issuer, roster.number, roster.issued, kept)
    frame = sign1(smaller.encode(), kid_octets(1), key_for("root 1"))
    record = actions.register_roster(office.cast.actor("anguan"), office.issuer, frame)
    spare.refresh_from_db()
    gone.refresh_from_db()
    assert (record.number, spare.state, gone.state) == (2, "listed", "revoked")
    line = JournalLine.objects.filter(verb="soundings.register_roster").order_by("-seq").first()
    assert line is not None
    assert line.content["note"]["roster"] == 2


@pytest.mark.parametrize("case", ["stranger", "person", "older", "other office", "no roster"])
def test_only_a_pinned_root_makes_a_roster(office: Office, case: str) -> None:
    roster = next_roster(office.issuer, clock.now())
    older = Roster(roster.issuer, 1, roster.issued, roster.keys)
    elsewhere = Roster(411102, roster.number, roster.issued, roster.keys)
    frame, number = {
        "stranger": (sign1(roster.encode(), kid_octets(0), key_for("x")), "422.43"),
        "person": (sign1(roster.encode(), kid_octets(2), key_for(f"wang {LIVE.value}")), "422.43"),
        "older": (sign1(older.encode(), kid_octets(0), key_for("root 0")), "409.42"),
        "other office": (sign1(elsewhere.encode(), kid_octets(0), key_for("root 0")), "409.42"),
        "no roster": (b"\xa0", "422.40"),
    }[case]
    with refused(number):
        actions.register_roster(office.cast.actor("anguan"), office.issuer, frame)
    assert RosterRecord.objects.count() == 1


def test_a_key_withdrawn_by_a_roster_signs_no_more(office: Office) -> None:
    from hudun.affairs.soundings.testing import make_siren

    make_siren(office, 1)
    PersonKey.objects.filter(kid=office.kids["wang", TRIAL]).update(state="revoked")
    register_roster(office)
    plan = actions.approve_plan(office.cast.actor("zhou"), office.plan())
    (order,) = actions.draft_orders(office.cast.actor("li"), plan)
    with refused("403.40"):
        office.signed(order, "wang")
    assert office.signed(order, "zhou").state == "signed"


def test_a_request_may_be_withdrawn_a_listed_key_not(office: Office) -> None:
    wang = office.cast.actor("wang")
    spare = actions.request_key(wang, office.issuer.organ, public=b"s" * 32, rights=TRIAL)
    assert actions.withdraw_key_request(wang, spare).state == "revoked"
    with refused("409.1"):
        actions.withdraw_key_request(wang, PersonKey.objects.get(kid=office.kids["wang", LIVE]))


def test_an_issuer_s_number_is_its_division_code(office: Office) -> None:
    assert Issuer.objects.get().number == 430103
