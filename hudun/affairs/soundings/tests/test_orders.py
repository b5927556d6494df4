"""An order: drafted, renewed, voided, tested silently."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Order
from hudun.affairs.soundings.testing import Office, Time, make_siren
from hudun.assets.sirens.models import SirenGroup
from hudun.core import clock
from hudun.wire.cose import sign1
from hudun.wire.frames import SHORT_FRAME, Mode, SirenList, kid_octets

from .drafts import approved, drafted, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sirens(office: Office) -> None:
    for number in range(1, 11):
        make_siren(office, number)
    make_siren(office, 11, by_hand=True)


def test_a_plan_becomes_one_order_of_its_programme(office: Office) -> None:
    plan = approved(office)
    (order,) = actions.draft_orders(office.cast.actor("wang"), plan)
    content = order.content
    assert content.programme == ((1, 0), (2, 480), (3, 960))
    assert content.starts_at == int(plan.start.timestamp())
    assert content.expires_at >= int(order.ends_at.timestamp())  # type: ignore[union-attr]
    assert (content.mode, content.target.group) == (Mode.TRIAL, 0)
    assert order.sirens.count() == 11
    assert list(order.sirens.filter(by_hand=True).values_list("number", flat=True)) == [11]


def test_orders_are_drafted_once_and_after_approval(office: Office) -> None:
    plan = office.plan()
    with refused("409.1"):
        actions.draft_orders(office.cast.actor("wang"), plan)
    plan = actions.approve_plan(office.cast.actor("zhou"), plan)
    actions.draft_orders(office.cast.actor("wang"), plan)
    with refused("409.49"):
        actions.draft_orders(office.cast.actor("wang"), plan)


def test_up_to_eight_sirens_are_named_and_more_need_a_signed_list(office: Office) -> None:
    eight = drafted(office, target_kind="sirens", target={"sirens": [*range(1, 9)]})
    nine = drafted(office, target_kind="sirens", target={"sirens": [*range(1, 10)]})
    assert eight.content.target.sirens == tuple(range(1, 9))
    assert not eight.list_payload
    listed = SirenList.decode(bytes(nine.list_payload))
    assert (listed.number, listed.sirens) == (nine.content.target.list_number, tuple(range(1, 10)))
    for order in (eight, nine):
        signed = office.signed(order)
        assert len(signed.frame) <= SHORT_FRAME


def test_subdistricts_groups_and_areas_find_their_sirens(office: Office) -> None:
    stage = office.cast.stage
    far = make_siren(office, 20, organ=stage.pozijie, lon=113.0, lat=28.2)
    group = SirenGroup.objects.create(organ=office.issuer.organ, number=4, name="沿江")
    far.groups.add(group)
    box = [[112.9, 28.1], [113.1, 28.1], [113.1, 28.3], [112.9, 28.3], [112.9, 28.1]]
    area = {"area": {"type": "Polygon", "coordinates": [box]}}
    street = drafted(office, target_kind="subdistrict", target={"organs": [str(stage.pozijie.pk)]})
    grouped = drafted(office, target_kind="group", target={"group": 4})
    drawn = drafted(office, target_kind="area", target=area)
    assert street.content.target.sirens == drawn.content.target.sirens == (20,)
    assert grouped.content.target.group == 4
    assert [order.sirens.get().number for order in (street, grouped, drawn)] == [20, 20, 20]


def test_another_district_s_street_is_nobody_s_target(office: Office) -> None:
    with refused("422.44"):
        drafted(
            office, target_kind="subdistrict",
            target={"organs": [str(office.cast.stage.laojie.pk)]},
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "number"),
    [({"purpose": " "}, "422.46"), ({"signal": "灾情/重庆"}, "422.52")],
)
def test_an_immediate_order_needs_a_purpose_and_a_signal_in_force(
    office: Office, changes: dict[str, Any], number: str
) -> None:
    with refused(number):
        drafted(office, **changes)
    assert not Order.objects.exists()


@pytest.mark.parametrize(("who", "number"), [("zhang", "403.1"), ("qian", "404.1")])
def test_who_may_draft(office: Office, who: str, number: str) -> None:
    with refused(number):
        actions.draft_immediate(
            office.cast.actor(who), office.issuer.organ, mode=Mode.LIVE, signal="空袭",
            target_kind="all", purpose="检验",
        )  # fmt: skip


def test_an_office_that_is_no_issuer_orders_nothing(office: Office) -> None:
    with refused("404.41"):
        actions.draft_immediate(
            office.cast.actor("qian"), office.cast.stage.yuanhui, mode=Mode.LIVE, signal="空袭",
            target_kind="all", purpose="检验",
        )  # fmt: skip


def test_counters_are_never_used_twice(office: Office) -> None:
    first, second = drafted(office), drafted(office)
    stop = office.stop()
    third = drafted(office)
    assert [first.counter, second.counter, stop.frames.get().upto, third.counter] == [1, 2, 3, 4]


def test_a_draft_may_be_renewed_until_it_is_signed(office: Office, time: Time) -> None:
    order = drafted(office)
    time.move(300)
    renewed = actions.renew_order(office.cast.actor("wang"), order)
    assert renewed.content.issued == int(clock.now().timestamp())
    assert renewed.counter == order.counter
    assert office.released(office.signed(renewed)).state == "released"
    with refused("409.1"):
        actions.renew_order(office.cast.actor("wang"), renewed)


def test_an_order_is_voided_with_a_reason_before_it_is_released(office: Office) -> None:
    order = office.signed(drafted(office))
    voided = actions.void_order(office.cast.actor("wang").because("选错范围"), order)
    assert voided.state == "void"
    with refused("409.1"):
        office.released(voided)
    with refused("409.1"):
        actions.void_order(office.cast.actor("wang").because("太晚"), office.immediate())


def test_a_hand_start_is_recorded_for_a_siren_of_the_order(office: Office, time: Time) -> None:
    order = office.sounding()
    assert order.starts_at is not None
    time.set(order.starts_at)
    wang = office.cast.actor("wang")
    started = actions.record_hand_start(
        wang, order, number=11, positions=[0, 1, 2], at=clock.now(), note="陈管理手摇"
    )
    assert (started.number, started.organ) == (11, office.issuer.organ)
    with refused("404.1"):
        actions.record_hand_start(
            wang, order, number=77, positions=[0], at=clock.now(), note="不在令中"
        )


def test_a_silent_test_is_the_desk_s_alone_and_cannot_sound(office: Office) -> None:
    order = actions.silent_test(office.cast.actor("wang"), office.issuer.organ)
    assert (order.state, order.wire_mode) == ("released", Mode.SILENT)
    assert (order.signed_by, order.released_by) == (None, None)
    assert [tuple(step) for step in order.steps] == [(3, "解除", 0)]


def test_the_desk_key_signs_no_sound(office: Office) -> None:
    from hudun.affairs.soundings.roster import desk_key

    desk = desk_key(office.issuer)
    order = drafted(office)
    frame = sign1(bytes(order.payload), kid_octets(desk.kid), desk.key)
    with refused("403.41"):
        actions.attach_signature(office.cast.actor("wang"), order, frame)


def test_every_day_of_a_two_round_plan_is_one_order_where_it_fits(office: Office) -> None:
    plan = approved(office)
    plan.timetable["rounds"] = [
        {"start": f"{hour:02}:00:00", "signals": ["预先", "空袭", "解除"], "gap_s": 300}
        for hour in (8, 10, 12, 14)
    ]
    plan.start = clock.now().replace(hour=0) + timedelta(days=3)
    plan.day = date(2026, 10, 23)
    plan.save()
    orders = actions.draft_orders(office.cast.actor("wang"), plan)
    assert len(orders) == 4
    assert [order.part for order in orders] == [1, 2, 3, 4]
    gaps = [b.starts_at - a.starts_at for a, b in pairwise(orders)]  # type: ignore[operator]
    assert set(gaps) == {timedelta(hours=2)}
