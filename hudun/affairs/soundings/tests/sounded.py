"""Soundings that are over: verdicts as dispatch would have left them, without sounding anything."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import cos, sin

from hudun.affairs.soundings import actions
from hudun.affairs.soundings.models import Order, Plan, Receipt, StopOrder, Verdict
from hudun.affairs.soundings.testing import Office, Time, key_for, system
from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.office.actions import open_office
from hudun.wire.frames import State
from hudun.wire.office import Judgement, Why, explain
from hudun.wire.office import Verdict as Word
from hudun.wire.signals import PATTERNS

NAMES = (
    "坡子街街道办事处办公楼楼顶",
    "天心区城南路小学教学楼",
    "湖南省第一机床厂老职工生活区综合服务中心（原第三俱乐部）五层楼顶平台东北角",
    "白沙井社区居委会",
    "碧湘街道吴家坪社区老年人日间照料中心综合服务楼",
)
LOST = Judgement(Word.UNREACHABLE, Why.NO_WORD)
SILENT = Judgement(Word.SILENT, Why.NO_SOUND)
UNPROVED = Judgement(Word.UNPROVED, Why.NO_EVIDENCE)
CUT = Judgement(Word.INTERRUPTED, Why.STOPPED)


def finished(start_ms: int = 40, longer_ms: int = 0) -> Judgement:
    """Sounded; its duration here is how much longer than ordered."""
    accurate = abs(start_ms) <= 1000 and abs(longer_ms) <= 1000
    return Judgement(Word.FINISHED, Why.AS_ORDERED, None, start_ms, longer_ms, 35, accurate)


Fate = Judgement | Mapping[int, Judgement]
"""Of a siren in all signals, or by position; what is not named went well."""


@dataclass
class Sounded:
    """Made step by step: sirens, a released order, time, verdicts, the end."""

    office: Office
    time: Time

    def plant(self, count: int, by_hand: Collection[int] = (), **fields: object) -> None:
        stage = self.office.cast.stage
        streets = (stage.pozijie, stage.chengnanlu, stage.baishajing)
        Siren.objects.bulk_create(
            Siren(
                **{
                    "organ": streets[n % 3], "office": stage.tianxin, "number": n,
                    "name": NAMES[n % 5], "kind": "electronic", "state": "in_service",
                    "terminal_key": None if n in by_hand else _public(n),
                    "lon": 112.985 + 0.018 * (n / count) ** 0.5 * cos(2.4 * n),
                    "lat": 28.09 + 0.05 * (n / count) ** 0.5 * sin(2.4 * n),
                    "site_name": "市政大楼", "site_address": f"解放西路{n}号",
                }
                | fields
            )
            for n in range(1, count + 1)
        )  # fmt: skip

    def open_office(self) -> None:
        cast = self.office.cast
        open_office(
            system(self.office), cast.stage.tianxin, name="长沙市天心区人民防空办公室",
            short_name="天心区人防办", paper_prefix="天人防",
        )  # fmt: skip

    def order(self, **changes: object) -> Order:
        order = self.office.sounding(**changes)
        self.time.set(clock.now() + timedelta(minutes=30))
        assert order.plan is not None
        actions.publish_notice(self.office.cast.actor("li"), order.plan)
        return order

    def begin(self, order: Order) -> None:
        assert order.starts_at is not None and order.plan is not None
        self.time.set(order.starts_at)
        actions.begin_order(system(self.office), order)
        actions.begin_plan(system(self.office), order.plan)

    def stop(self, order: Order, after_s: float) -> StopOrder:
        assert order.starts_at is not None
        self.time.set(order.starts_at + timedelta(seconds=after_s))
        stop = self.office.stop()
        StopOrder.objects.filter(pk=stop.pk).update(
            silent=len(stop.numbers), last_silent_at=clock.now() + timedelta(seconds=0.8)
        )
        return stop

    def judge(self, order: Order, fates: Mapping[int, Fate], well: Judgement | None = None) -> None:
        """Every terminal its verdicts; who sounds says so in a receipt."""
        sirens = order.sirens.filter(by_hand=False).values_list("number", flat=True)
        rows = [
            _verdict(
                order, number, position, _fate(fates.get(number), order, number, position, well)
            )
            for number in sirens
            for position in range(len(order.steps))
        ]
        Verdict.objects.bulk_create(rows)
        Receipt.objects.bulk_create(_first_words(order, rows))

    def close(self, order: Order, after_s: float = 62) -> Plan:
        assert order.ends_at is not None and order.plan is not None
        self.time.set(max(clock.now(), order.ends_at) + timedelta(seconds=after_s))
        order.refresh_from_db()
        if order.state == "stopped":
            actions.settle_stopped_order(system(self.office), order)
        else:
            actions.close_order(system(self.office), order)
            actions.close_plan(system(self.office), order.plan)
        return Plan.objects.get(pk=order.plan.pk)

    def whole(self, count: int, fates: Mapping[int, Fate], by_hand: Collection[int] = ()) -> Plan:
        """A sounding of this many sirens from its draft to its end."""
        self.plant(count, by_hand)
        order = self.order()
        self.begin(order)
        self.judge(order, fates)
        return self.close(order)


def _public(number: int) -> str:
    return key_for(f"siren {number}").public_key().public_bytes_raw().hex()


def _fate(
    fate: Fate | None, order: Order, number: int, position: int, well: Judgement | None
) -> Judgement:
    if isinstance(fate, Judgement):
        return fate
    ordinary = well or finished((number * 37 + position * 11) % 160 - 60)
    return (fate or {}).get(position, ordinary)


def _verdict(order: Order, number: int, position: int, judged: Judgement) -> Verdict:
    asked = PATTERNS[order.steps[position][0]].sound_seconds * 1000
    longer = judged.duration_ms
    duration = None if longer is None else asked + longer
    return Verdict(
        order=order, siren=number, position=position, verdict=judged.verdict.value,
        why=judged.why.value, refused=judged.refused, reason=explain(judged),
        start_error_ms=judged.start_error_ms, duration_ms=duration,
        uncertainty_ms=judged.uncertainty_ms, accurate=judged.accurate,
        at_ms=int(clock.now().timestamp() * 1000),
    )  # fmt: skip


def _first_words(order: Order, verdicts: list[Verdict]) -> list[Receipt]:
    assert order.starts_at is not None
    begins = int(order.starts_at.timestamp() * 1000)
    office = order.issuer.number
    return [
        Receipt(
            office=office, siren=one.siren, number=1, issuer=office, counter=order.counter,
            position=0, state=State.SOUNDING.value, at_ms=begins + one.start_error_ms, evidence=1,
            amount=0, offset_ms=0, uncertainty_ms=35, frame=b"", received_ms=begins,
        )
        for one in verdicts
        if one.position == 0 and one.start_error_ms is not None
    ]  # fmt: skip
