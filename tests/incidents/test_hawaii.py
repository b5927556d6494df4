"""Hawaii, 13 January 2018.

At a change of shift an officer takes an exercise for real and clicks the live alert instead of the
test beside it; one person and one click suffice. 38 minutes pass until the correction, because no
text for a false alarm is prepared and nobody may send one.
"""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.drafting import digest_of
from hudun.affairs.soundings.models import Order, StopOrder
from hudun.affairs.soundings.notices import draft_stop_notice
from hudun.affairs.soundings.testing import (
    LIVE,
    TRIAL,
    Net,
    Office,
    Time,
    make_siren,
)
from hudun.core import clock
from hudun.core.error import Problem
from hudun.runtime.keys_cli.wording import confirmation, describe
from hudun.wire.frames import Mode, Reason, Release, Right
from hudun.wire.frames import Order as OrderFrame
from tests.incidents.conftest import heard, refusals, sounding

pytestmark = pytest.mark.django_db


def drafted(office: Office, mode: Mode) -> Order:
    return actions.draft_immediate(
        office.cast.actor("wang"), office.issuer.organ, mode=mode, signal="空袭",
        purpose="演练", target_kind="all",
    )  # fmt: skip


def forced(office: Office, order: Order, first: Right, second: Right) -> list[bytes]:
    """Both frames, signed without asking the server."""
    order.frame = office.sign("wang", bytes(order.payload), first)
    named = (office.issuer.number, 1, order.counter, digest_of(order))
    release = Release(*named, int(clock.now().timestamp()), 10)
    return [bytes(order.frame), office.sign("li", release.encode(), second)]


def test_a_key_for_trials_signs_nothing_live(office: Office) -> None:
    make_siren(office, 1)
    order = drafted(office, Mode.LIVE)
    frame = office.sign("wang", bytes(order.payload), TRIAL)
    with pytest.raises(Problem, match=r"^403\.41 "):
        actions.attach_signature(office.cast.actor("wang"), order, frame, b"")


@pytest.mark.parametrize(("first", "second"), [(TRIAL, TRIAL), (LIVE, TRIAL), (TRIAL, LIVE)])
def test_no_siren_takes_a_live_order_from_a_trial_key(
    net: Net, office: Office, time: Time, first: Right, second: Right
) -> None:
    """Though the server, stolen or mistaken, let it pass."""
    for frame in forced(office, drafted(office, Mode.LIVE), first, second):
        for box in net.boxes.values():
            box.hear(frame)
    assert heard(net, time, 30) == set()
    assert refusals() == {Reason.NO_RIGHT}


def test_what_was_made_silent_stays_silent(net: Net, office: Office, time: Time) -> None:
    """The mode is in the signed octets: one octet changed, and no signature fits."""
    order = drafted(office, Mode.SILENT)
    frames = forced(office, order, LIVE, LIVE)
    changed = bytes(order.payload).replace(
        order.content.encode(), replace(order.content, mode=Mode.LIVE).encode()
    )
    assert changed != bytes(order.payload)
    for frame in (frames[0].replace(bytes(order.payload), changed), *frames):
        for box in net.boxes.values():
            box.hear(frame)
    assert heard(net, time, 100) == set()


def test_what_has_to_be_typed_comes_from_the_octets(office: Office) -> None:
    """Not from the page: a live order behind a form that says 演练 still asks for its own words."""
    make_siren(office, 1)
    asked = {
        mode: confirmation(OrderFrame.decode(bytes(drafted(office, mode).payload))) for mode in Mode
    }
    assert asked == {
        Mode.LIVE: "发布实警空袭警报", Mode.TRIAL: "立即试鸣", Mode.SILENT: "静默测试",
    }  # fmt: skip
    shown = dict(describe(drafted(office, Mode.LIVE).content, None))
    assert shown["方式"].startswith("实警：警报器将真正鸣响")


def test_one_press_and_the_correction_is_ready(
    net: Net, office: Office, time: Time, record_property: Callable[[str, object], None]
) -> None:
    """From the press to silence and a public text: 38 minutes then."""
    order = office.immediate(Mode.LIVE, signal="解除")
    net.run_for(time, 20, 1)
    assert sounding(net) == {1, 2, 3}
    pressed = perf_counter()
    stop = office.stop("wang")
    text = draft_stop_notice(stop, [order])
    ready = perf_counter() - pressed
    record_property("correction_seconds", ready)
    assert "已经停止" in text and "没有需要采取防护行动的情况" in text
    assert ready < 5
    net.run_for(time, 3, 1)
    assert sounding(net) == set()
    stop = StopOrder.objects.get()
    assert stop.complete and stop.seconds is not None and stop.seconds <= 1
