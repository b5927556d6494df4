"""DeSoto and Lancaster, Texas, 12 March 2019.

Somebody with access sets off the sirens of two cities at night, two days before a severe storm. The
only remedy is to switch the whole system off, so that both cities meet the storm without sirens.
"""

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.drafting import digest_of
from hudun.affairs.soundings.models import Order, PersonKey
from hudun.affairs.soundings.roster import as_roster_key
from hudun.affairs.soundings.testing import LIVE, Net, Office, Time, key_for
from hudun.core import clock
from hudun.core.error import Problem
from hudun.wire.cose import sign1
from hudun.wire.frames import Mode, Reason, Release, Roster, kid_octets
from hudun.wire.office import Verdict as Word
from hudun.wire.terminal import FrameArrived
from tests.incidents.conftest import heard, refusals

pytestmark = pytest.mark.django_db


def withdraw(office: Office, name: str) -> None:
    """The root signs a roster without this person's live key."""
    gone = office.kids[name, LIVE]
    keys = office.issuer.keys.filter(state="listed").exclude(kid=gone).order_by("kid")
    roster = Roster(
        office.issuer.number, 2, int(clock.now().timestamp()),
        tuple(as_roster_key(key) for key in keys),
    )  # fmt: skip
    frame = sign1(roster.encode(), kid_octets(0), key_for("root 0"))
    actions.register_roster(office.cast.actor("anguan"), office.issuer, frame)


def drafted(office: Office) -> Order:
    return actions.draft_immediate(
        office.cast.actor("li"), office.issuer.organ, mode=Mode.LIVE, signal="空袭",
        purpose="检验", target_kind="all",
    )  # fmt: skip


def test_one_key_is_withdrawn_and_the_others_sound_everything(
    net: Net, office: Office, time: Time
) -> None:
    withdraw(office, "wang")
    net.run_for(time, 70, 5)
    assert PersonKey.objects.get(kid=office.kids["wang", LIVE]).state == "revoked"
    office.released(office.signed(drafted(office), "li"), "zhou")
    assert heard(net, time, 40) == {1, 2, 3}


def test_the_withdrawn_key_is_worth_nothing(net: Net, office: Office, time: Time) -> None:
    """To the server, and to the sirens when the server is passed by."""
    withdraw(office, "wang")
    net.run_for(time, 70, 5)
    order = drafted(office)
    with pytest.raises(Problem, match=r"^403\."):
        office.signed(order, "wang")
    order.frame = office.sign("wang", bytes(order.payload), LIVE)
    named = (office.issuer.number, 2, order.counter, digest_of(order))
    release = Release(*named, int(clock.now().timestamp()), 5)
    for frame in (bytes(order.frame), office.sign("li", release.encode(), LIVE)):
        for box in net.boxes.values():
            box.hear(frame)
    assert heard(net, time, 30) == set()
    assert refusals() == {Reason.UNKNOWN_KEY}


def test_one_bearer_is_cut_and_the_other_carries_the_rest(
    net: Net, office: Office, time: Time
) -> None:
    """The order came over MQTT, the release only by radio; both together count."""
    order = office.signed(drafted(office), "li")
    for box in net.boxes.values():
        box.hear(bytes(order.frame))
    net.link.cut()
    order = office.released(order, "zhou")
    for box in net.boxes.values():
        box.give(FrameArrived(bytes(order.release_frame), "radio"))
    assert heard(net, time, 40) == {1, 2, 3}


def test_a_siren_that_is_cut_off_does_not_keep_the_others(
    net: Net, office: Office, time: Time
) -> None:
    net.boxes[2].offline = True
    order = office.released(office.signed(drafted(office), "li"), "zhou")
    assert heard(net, time, 40) == {1, 3}
    net.run_for(time, 300)
    told = {row.siren: Word(row.verdict) for row in order.verdicts.all()}
    assert told == {1: Word.FINISHED, 2: Word.UNREACHABLE, 3: Word.FINISHED}
