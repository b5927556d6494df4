"""What people do for a trial sounding, by the actions that their pages call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hudun.affairs.soundings.actions import (
    approve_plan,
    attach_release,
    attach_signature,
    draft_orders,
    draft_plan,
    publish_notice,
)
from hudun.affairs.soundings.models import Order, Plan
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.organ import Organ, User
from hudun.demo.keys import TRIAL, KeyRing
from hudun.wire import cose
from hudun.wire.frames import Release, kid_octets


@dataclass(frozen=True)
class Staff:
    ring: KeyRing

    @property
    def director(self) -> Actor:
        return self._as("zhou")

    def _as(self, username: str) -> Actor:
        return Actor(User.objects.get(username=username), "cli", "sound")

    def plan(self, district: Organ, day: date, timetable_key: str) -> Plan:
        plan = draft_plan(
            self._as("zhang"),
            district,
            name=f"{day.year} 年 11·1 防空警报试鸣",
            day=day,
            timetable_key=timetable_key,
            target_kind="all",
        )
        return approve_plan(self._as("zhou"), plan)

    def order(self, plan: Plan) -> list[Order]:
        """Drafted and signed by the chief, released by the director."""
        drafted = draft_orders(self._as("li"), plan)
        return [self._release(self._sign(order)) for order in drafted]

    def announce(self, plan: Plan) -> Plan:
        return publish_notice(self._as("li"), plan)

    def _sign(self, order: Order) -> Order:
        kid, key = self.ring.open("li", TRIAL)
        frame = cose.sign1(bytes(order.payload), kid_octets(kid), key)
        listed = bytes(order.list_payload)
        list_frame = cose.sign1(listed, kid_octets(kid), key) if listed else b""
        return attach_signature(self._as("li"), order, frame, list_frame)

    def _release(self, order: Order) -> Order:
        kid, key = self.ring.open("zhou", TRIAL)
        content = order.content
        release = Release(
            content.issuer, content.roster, content.counter, bytes(order.digest),
            int(clock.now().timestamp()), None,
        )  # fmt: skip
        frame = cose.sign1(release.encode(), kid_octets(kid), key)
        return attach_release(self._as("zhou"), order, frame)
