"""The planner gives way to sirens, and only while they need it."""

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Order
from hudun.affairs.soundings.testing import Office, make_siren
from hudun.core import clock
from hudun.core.planner.hold import reason_to_wait
from hudun.wire.frames import Mode

from .drafts import approved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _siren(office: Office) -> None:
    make_siren(office, 1)


def test_an_immediate_order_makes_it_wait_from_the_draft_on(office: Office) -> None:
    assert not reason_to_wait()
    order = actions.draft_immediate(
        office.cast.actor("wang"), office.issuer.organ, mode=Mode.LIVE, signal="空袭",
        purpose="检验", target_kind="all", target={"all": None},
    )  # fmt: skip
    assert reason_to_wait()
    office.released(office.signed(order))
    assert reason_to_wait()
    Order.objects.update(state="closed", closed_at=clock.now())
    assert not reason_to_wait()


def test_an_order_never_signed_does_not_hold_it_for_ever(office: Office) -> None:
    order = actions.draft_immediate(
        office.cast.actor("wang"), office.issuer.organ, mode=Mode.LIVE, signal="空袭",
        purpose="检验", target_kind="all", target={"all": None},
    )  # fmt: skip
    with clock.frozen(order.expires_at):
        assert not reason_to_wait()


def test_a_sounding_planned_for_another_day_does_not(office: Office) -> None:
    (order,) = actions.draft_orders(office.cast.actor("wang"), approved(office))
    office.released(office.signed(order))
    assert order.starts_at
    assert not reason_to_wait()
    with clock.frozen(order.starts_at):
        assert reason_to_wait()
