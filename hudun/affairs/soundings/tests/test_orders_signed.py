"""An order signed by one person and released by another, and every way it is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.drafting import release_payload
from hudun.affairs.soundings.models import Order, Plan
from hudun.affairs.soundings.testing import LIVE, TRIAL, Office, Time, key_for, make_siren
from hudun.core import clock
from hudun.core.journal.models import JournalLine
from hudun.wire.cose import sign1, take_apart
from hudun.wire.frames import Mode, Release, SirenList, kid_octets

from .drafts import approved, drafted, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sirens(office: Office) -> None:
    for number in range(1, 11):
        make_siren(office, number)
    make_siren(office, 11, by_hand=True)


def test_the_first_signature_is_kept_and_in_the_journal(office: Office) -> None:
    order = office.signed(drafted(office), "wang")
    assert (order.state, order.signed_by) == ("signed", office.cast.wang)
    line = JournalLine.objects.of(order).first()
    assert line is not None
    assert (line.verb, line.content["note"]["signer"]) == ("soundings.attach_signature", "王值班")


def test_only_the_drafted_octets_may_be_signed(office: Office) -> None:
    order = drafted(office)
    other = replace(order.content, programme=((3, 0),)).encode()
    with refused("422.41"):
        actions.attach_signature(office.cast.actor("wang"), order, office.sign("wang", other, LIVE))
    order.refresh_from_db()
    assert (order.state, bytes(order.frame)) == ("drafted", b"")


@pytest.mark.parametrize(
    ("mode", "frame", "number"),
    [
        (Mode.LIVE, lambda o, p: b"\x00", "422.40"),
        (Mode.LIVE, lambda o, p: sign1(p, kid_octets(99), key_for("nobody")), "403.40"),
        (Mode.LIVE, lambda o, p: sign1(p, b"\x00\x00\x00\x02", key_for("wang 5")), "403.40"),
        (Mode.LIVE, lambda o, p: sign1(p, kid_octets(o.kids["wang", LIVE]), key_for("x")),
         "422.42"),
        (Mode.LIVE, lambda o, p: o.sign("wang", p, TRIAL), "403.41"),
        (Mode.TRIAL, lambda o, p: o.sign("wang", p, LIVE), "403.41"),
    ],
    ids=["no frame", "unknown key", "not a person's kid", "forged", "trial key on live",
         "live key on trial"],
)  # fmt: skip
def test_a_frame_that_does_not_hold_is_refused(office, mode, frame, number) -> None:  # type: ignore[no-untyped-def]
    order = drafted(office, mode)
    with refused(number):
        actions.attach_signature(
            office.cast.actor("wang"), order, frame(office, bytes(order.payload))
        )
    assert Order.objects.get().state == "drafted"


def test_a_key_past_its_day_signs_nothing(office: Office, time: Time) -> None:
    time.move(400 * 86400)
    with refused("403.43"):
        office.signed(drafted(office))


def test_the_list_is_signed_by_the_same_person(office: Office) -> None:
    order = drafted(office, target_kind="sirens", target={"sirens": [*range(1, 10)]})
    frame = office.sign("wang", bytes(order.payload), LIVE)
    for list_frame, number in (
        (b"", "422.40"),
        (office.sign("li", bytes(order.list_payload), LIVE), "422.42"),
        (office.sign("wang", SirenList(430103, 1, (1,)).encode(), LIVE), "422.41"),
    ):
        with refused(number):
            actions.attach_signature(office.cast.actor("wang"), order, frame, list_frame)


def test_two_people_release_an_immediate_order(office: Office) -> None:
    order = office.immediate(Mode.LIVE)
    assert (order.state, order.released_by) == ("released", office.cast.li)
    assert order.starts_at == clock.now() + timedelta(seconds=10)
    assert order.ends_at == order.starts_at + timedelta(seconds=180)
    release = Release.decode(take_apart(bytes(order.release_frame)).payload)
    assert release.digest == bytes(order.digest)


def test_the_same_person_never_releases(office: Office) -> None:
    order = office.signed(drafted(office), "wang")
    with refused("403.42"):
        office.released(order, "wang")
    assert Order.objects.get().state == "signed"


def test_a_second_key_of_one_person_is_the_same_person(office: Office) -> None:
    """王值班's second live key does not make a second person."""
    from hudun.affairs.soundings.testing import register_roster

    public = key_for("wang spare").public_key().public_bytes_raw()
    spare = actions.request_key(
        office.cast.actor("wang"), office.issuer.organ, public=public, rights=LIVE
    )
    register_roster(office)
    order = office.signed(drafted(office), "wang")
    payload = release_payload(order, 2, clock.now(), 10)
    frame = sign1(payload, kid_octets(spare.kid), key_for("wang spare"))
    with refused("403.42"):
        actions.attach_release(office.cast.actor("wang"), order, frame)


def test_two_minutes_and_no_more(office: Office, time: Time) -> None:
    order = office.signed(drafted(office))
    time.move(121)
    with refused("409.43"):
        office.released(order)


def test_an_old_release_frame_is_not_taken_up_later(office: Office, time: Time) -> None:
    order = office.signed(drafted(office))
    frame = office.release_frame(order)
    time.move(60)
    with refused("409.43"):
        actions.attach_release(office.cast.actor("li"), order, frame)


def test_a_release_names_its_order_by_digest(office: Office) -> None:
    first, second = office.signed(drafted(office)), office.signed(drafted(office))
    with refused("422.41"):
        actions.attach_release(office.cast.actor("li"), second, office.release_frame(first))


def test_a_release_from_tomorrow_is_a_wrong_clock(office: Office, time: Time) -> None:
    order = office.signed(drafted(office))
    time.move(30)
    frame = office.release_frame(order)
    time.move(-30)
    with refused("422.47"):
        actions.attach_release(office.cast.actor("li"), order, frame)


def test_a_trial_is_released_a_day_ahead(office: Office, time: Time) -> None:
    (order,) = actions.draft_orders(office.cast.actor("wang"), approved(office))
    order = office.signed(order)
    assert order.plan is not None
    time.set(order.plan.start - timedelta(hours=23))
    with refused("409.43"):
        office.released(order)


def test_a_plan_goes_with_its_orders(office: Office) -> None:
    plan = approved(office)
    (order,) = actions.draft_orders(office.cast.actor("wang"), plan)
    assert Plan.objects.get().state == "approved"
    order = office.signed(order)
    assert Plan.objects.get().state == "ordered"
    office.released(order)
    assert Plan.objects.get().state == "released"


def test_a_planned_order_cannot_be_given_a_start_by_its_release(office: Office) -> None:
    (order,) = actions.draft_orders(office.cast.actor("wang"), approved(office))
    order = office.signed(order)
    payload = replace(Release.decode(release_payload(order, 1, clock.now(), 10)), start=5).encode()
    with refused("409.43"):
        actions.attach_release(office.cast.actor("li"), order, office.sign("li", payload, TRIAL))
