"""A silent test: everything but the sound, ordered and released by the desk itself."""

from datetime import timedelta
from typing import Any

from hudun.affairs.soundings.actions.orders import (
    attach_release,
    attach_signature,
    draft_immediate,
)
from hudun.affairs.soundings.drafting import release_payload
from hudun.affairs.soundings.flow import OFFICERS
from hudun.affairs.soundings.issuers import issuer_of
from hudun.affairs.soundings.models import Order
from hudun.affairs.soundings.roster import desk_key, roster_of
from hudun.affairs.soundings.rulebook import sounding_rules
from hudun.core import clock
from hudun.core.action import Act, action
from hudun.core.organ import Organ
from hudun.wire.cose import sign1
from hudun.wire.frames import Mode, kid_octets

FRESH = timedelta(minutes=10)


@action("soundings.silent_test", label="静默测试", roles=OFFICERS)
def silent_test(
    act: Act, organ: Organ, *, target_kind: str = "all", target: dict[str, Any] | None = None
) -> Order:
    """Nothing can sound: the mode is in the signed octets, and the desk key has no other right."""
    office = organ.seat()
    issuer, rules = issuer_of(office), sounding_rules(office, clock.beijing(act.now).date())
    desk = desk_key(issuer)
    order = draft_immediate(
        act.actor, office, mode=Mode.SILENT, signal=rules.silent_test_signal,
        target_kind=target_kind, target=target, purpose="静默测试",
    )  # fmt: skip

    def signed(payload: bytes) -> bytes:
        return sign1(payload, kid_octets(desk.kid), desk.key)

    list_frame = signed(bytes(order.list_payload)) if order.list_payload else b""
    order = attach_signature(act.actor, order, signed(bytes(order.payload)), list_frame)
    release = release_payload(order, roster_of(issuer).number, act.now, rules.lead_s)
    return attach_release(act.actor, order, signed(release))
