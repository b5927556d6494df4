"""The whole 11·1 trial sounding: planned in October, sounded in November, reported at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from hudun.affairs.soundings.models import Order, Plan, Receipt, SirenStatus
from hudun.core.clock import BEIJING
from hudun.core.organ import Organ
from hudun.demo.clockwork import Clockwork
from hudun.demo.crew import Crew
from hudun.demo.seed import DISTRICT, Demo
from hudun.demo.sounding.people import Staff
from hudun.terminal.fleet.faults import Fault
from hudun.wire.frames import State

DAY = date(2026, 11, 1)
PLANNED_AT = datetime(2026, 10, 20, 9, 0, tzinfo=BEIJING)
NOTICED_AT = datetime(2026, 10, 26, 9, 0, tzinfo=BEIJING)
RATE = 30.0  # how much faster than life the sounding runs
HURRY = 300.0  # once nothing is left but waiting for the last word
PATIENCE_S = 120.0  # office time after the last signal; slow sirens are given more
LONGEST_PATIENCE_S = 2 * 3600.0
HEAD_START_S = 60.0
SETTLING_S = 3.0  # real seconds at life's own pace, in which every clock is measured
LIMIT_S = 90.0  # real seconds for anything to happen


class Stuck(Exception):
    """Something that had to happen did not."""


@dataclass
class Sounding:
    demo: Demo
    faults: Collection[Fault]
    crew: Crew
    clockwork: Clockwork
    say: Callable[[str], None]
    started: float = field(default_factory=time.monotonic)

    @property
    def patience_s(self) -> float:
        """Slow links and late clocks are waited for."""
        slowest = max((one.seconds for one in self.faults if one.name == "slow"), default=0.0)
        latest = max((-one.seconds for one in self.faults if one.name == "clock_off"), default=0.0)
        return PATIENCE_S + 2 * slowest + min(max(latest, 0.0), LONGEST_PATIENCE_S)

    @property
    def awake_s(self) -> float:
        """Office time before the start; clocks that are ahead start early."""
        ahead = max((one.seconds for one in self.faults if one.name == "clock_off"), default=0.0)
        return HEAD_START_S + min(max(ahead, 0.0), LONGEST_PATIENCE_S)

    def run(self) -> tuple[Plan, list[Order]]:
        self._wait("终端上线", lambda: self._heard() >= self._reachable)
        staff = Staff(self.demo.keys)
        plan = staff.plan(Organ.objects.get(code=DISTRICT), DAY, "hunan-1101")
        orders = staff.order(plan)
        self.say(f"已放行 {len(orders)} 份命令，等待终端回执")
        self._wait("终端接令", lambda: self._accepted(orders) >= self._reachable * len(orders))
        self._sleep_until_the_day(staff, plan)
        self.say(f"{plan.start.astimezone(BEIJING):%m 月 %d 日 %H:%M:%S} 鸣放，{RATE:g} 倍速")
        self.clockwork.run(RATE)
        lasts = self.awake_s + plan.seconds + self.patience_s
        self._wait("全部结论", lambda: not self._open(orders), lasts / RATE)
        self._listen(plan)
        return Plan.objects.get(pk=plan.pk), list(Order.objects.filter(pk__in=_pks(orders)))

    def _sleep_until_the_day(self, staff: Staff, plan: Plan) -> None:
        """Days without power, and nobody notices: what was ordered is on disk on both sides."""
        self.crew.kill("fleet", "dispatch")
        self.clockwork.leap(NOTICED_AT.timestamp())
        staff.announce(Plan.objects.get(pk=plan.pk))
        self.clockwork.leap(plan.start.timestamp() - self.awake_s)
        woken = self.clockwork.now()
        self.crew.restart("dispatch", "fleet")
        self._wait("断电数日后恢复", lambda: self._heard(woken) >= self._reachable)
        time.sleep(SETTLING_S)

    def _listen(self, plan: Plan) -> None:
        """Late receipts may still amend a verdict."""
        end = plan.start + timedelta(seconds=plan.seconds + self.patience_s)
        self.clockwork.run(HURRY)
        self._wait("迟到的回执", lambda: self.clockwork.now() > end.timestamp())
        self.clockwork.run(1.0)
        time.sleep(1.0)

    # what the office knows

    def _heard(self, since: float = 0.0) -> int:
        return SirenStatus.objects.filter(last_word_ms__gt=since * 1000).count()

    def _accepted(self, orders: list[Order]) -> int:
        counters = [order.counter for order in orders]
        answered = Receipt.objects.filter(
            counter__in=counters, state__in=[State.ACCEPTED.value, State.REFUSED.value]
        )
        return answered.values("siren", "counter").distinct().count()

    def _open(self, orders: list[Order]) -> bool:
        return Order.objects.filter(pk__in=_pks(orders), closed_at=None).exists()

    @property
    def _reachable(self) -> int:
        return self.demo.sirens - len({one.siren for one in self.faults if one.name == "offline"})

    def _wait(self, what: str, done: Callable[[], bool], lasts_s: float = 0.0) -> None:
        """``lasts_s``: how many real seconds it takes if all goes well."""
        limit = LIMIT_S + self._slowness + lasts_s
        give_up = time.monotonic() + limit
        while not done():
            if dead := self.crew.dead():
                raise Stuck(f"{dead[0]} 意外退出：\n{self.crew.last_words(dead[0])}")
            if time.monotonic() > give_up:
                raise Stuck(f"等了 {limit:.0f} 秒仍未等到：{what}")
            time.sleep(0.2)
        self.say(f"{what}：{time.monotonic() - self.started:.0f} 秒")

    @property
    def _slowness(self) -> float:
        """Real seconds; before the leap the clock runs at life's own pace."""
        slowest = max((one.seconds for one in self.faults if one.name == "slow"), default=0.0)
        return 4 * slowest + self.patience_s / HURRY


def _pks(orders: Collection[Order]) -> list[UUID]:
    return [order.pk for order in orders]
