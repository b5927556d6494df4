"""One terminal of a fleet: its machine, its siren, its link, and what is wrong with it.

The siren is driven edge by edge up to the present, each edge at its own moment, so that neither
a busy computer nor compressed time makes a simulated siren inexact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from hudun.runtime import clock
from hudun.runtime.mqtt import Link
from hudun.runtime.store import Change
from hudun.terminal.fleet.faults import Fault
from hudun.terminal.fleet.members import Member
from hudun.terminal.fleet.siren import Siren
from hudun.terminal.unit import Unit
from hudun.wire import topics
from hudun.wire.frames import Evidence
from hudun.wire.terminal import (
    ButtonPressed,
    DriverSeen,
    FrameArrived,
    LinkUp,
    Measured,
    Output,
    Send,
)
from hudun.wire.terminal.types import Accepted

BEARER = "mqtt"
REPORT_SHARE = 0.8  # of the longest gap that the machine allows between words about sound


class House(Protocol):
    """What a terminal needs of its fleet."""

    def ready(self, one: Simulated) -> None: ...
    def at(self, moment: float, act: Callable[[], None]) -> None: ...
    def kept(self, siren: int) -> Mapping[str, bytes]: ...
    def sounding(self, one: Simulated, sounds: bool) -> None: ...
    def accepted(self, orders: int) -> None: ...


@dataclass
class Simulated:
    member: Member
    link: Link
    house: House
    faults: Mapping[str, Fault]
    unit: Unit | None = None  # None while it has no power
    queued: bool = False
    urgent: bool = False  # it hears something while it sounds
    on_power: Callable[[bool], None] = lambda _: None
    _siren: Siren = field(init=False)
    sounding: bool = False
    _edge: float = 0.0  # when the siren is next to be looked at
    _told: DriverSeen | None = None
    _told_at: float = 0.0
    _tested: tuple[int, int, int | None] | None = None
    _wake_at: float = 0.0
    _seen_orders: frozenset[tuple[int, int]] = frozenset()

    def __post_init__(self) -> None:
        self._siren = Siren("dead_amplifier" in self.faults, "no_evidence" in self.faults)
        self.link.on_message = self._heard
        self.link.on_up = self._up
        own = self.faults.get("sounds_by_itself")
        if own is not None and own.signal is None:
            self._will_sound(clock.now() + own.at, own)

    @property
    def siren(self) -> int:
        return self.member.siren

    @property
    def topics(self) -> list[str]:
        groups = self.member.provision.groups
        offices = self.member.provision.issuers
        return [
            topic
            for office in offices
            for topic in topics.subscriptions(office, self.siren, groups)
        ]

    def now(self) -> float:
        """Its own clock, right or wrong."""
        return clock.now() + self._clock_off

    def power_on(self, kept: Mapping[str, bytes]) -> None:
        self.unit = Unit(self.member.provision, self.member.key, kept, self.now)
        self.unit.take(_measured(self.siren, self._siren))
        self._told, self._tested, self._wake_at = None, None, 0.0
        self._edge = self.now()
        self.on_power(True)
        self.house.ready(self)

    def power_off(self) -> None:
        """As if the plug had been drawn: nothing is said, nothing is saved."""
        self.unit = None
        self._siren.driven = False
        self._tell_house(self.now())
        self.on_power(False)

    def press(self) -> None:
        """The test button at the siren."""
        if self.unit is not None:
            self.unit.take(ButtonPressed())
            self.house.ready(self)

    def hear(self, frame: bytes, bearer: str = BEARER, *, retained: bool = False) -> None:
        if self.unit is not None:
            self.unit.take(FrameArrived(frame, bearer, retained))
            self.urgent = self.sounding
            self.house.ready(self)

    def turn(self) -> list[Change]:
        if self.unit is None:
            return []
        self._drive()
        changes = self.unit.turn()
        if self._siren.driven:
            self._drive(anew=True)  # silence waits for no disk
        return changes

    def settle(self) -> None:
        if self.unit is None:
            return
        self._drive()
        sends = self.unit.settle()
        self._drive(anew=True)
        self._count_orders()
        for send in sends:
            self._send(send)
        self._sleep()

    # the siren

    def _drive(self, *, anew: bool = False) -> None:
        """Up to the present; ``anew``: what is due may have changed since the last edge."""
        unit, now = self.unit, self.now()
        assert unit is not None
        if now < self._edge and not anew:
            return
        at = now if anew else self._edge
        while True:
            output = unit.output(at)
            switched, self._siren.driven = self._siren.driven is not output.on, output.on
            self._watch(unit, output, at, switched)
            self._edge = self._next_edge(output, at)
            if self._edge > now:
                break
            at = self._edge
        self._tell_house(now)

    def _watch(self, unit: Unit, output: Output, at: float, switched: bool) -> None:
        seen = DriverSeen(self._siren.seen(at), self._siren.kind)
        again = self._telling(output) and at >= self._told_at + self._report_every
        if seen != self._told or switched or again:
            unit.take(seen, at)
            self._told, self._told_at = seen, at
        test = (output.issuer, output.counter, output.signal)
        if output.self_test and test != self._tested and not self._siren.no_evidence:
            self._tested = test
            unit.take(DriverSeen(not self._siren.dead_amplifier, Evidence.SELF_TEST), at)

    def _next_edge(self, output: Output, at: float) -> float:
        edge = min(output.until, self._siren.next_change(at))
        if self._telling(output):
            edge = min(edge, max(at, self._told_at + self._report_every))
        return edge

    def _telling(self, output: Output) -> bool:
        """Sound that is heard or due is told again and again: silence is evidence too."""
        return output.mode is not None or bool(self._told and self._told.on)

    def _tell_house(self, at: float) -> None:
        sounds = self._siren.sounds(at)
        if sounds is not self.sounding:
            self.sounding = sounds
            self.house.sounding(self, sounds)

    @property
    def _report_every(self) -> float:
        return REPORT_SHARE * self.member.provision.evidence_gap_s

    def _sleep(self) -> None:
        unit = self.unit
        assert unit is not None
        if unit.has_news:
            self.house.ready(self)
            return
        wake = min(unit.wake(), self._edge)
        if not self.now() < self._wake_at <= wake:
            self._wake_at = wake
            self.house.at(wake - self._clock_off, lambda: self.house.ready(self))

    # the link

    def _heard(self, _: str, payload: bytes, retained: bool) -> None:
        self._later(lambda: self.hear(payload, retained=retained))

    def _up(self) -> None:
        if self.unit is not None:
            self.unit.take(LinkUp(BEARER))
            self.house.ready(self)

    def _send(self, send: Send) -> None:
        if self.link.connected:
            topic = topics.up(send.to, self.siren)
            self._later(lambda: self._publish(topic, send.frame))

    def _publish(self, topic: str, frame: bytes) -> None:
        self.link.publish(topic, frame)

    def _later(self, act: Callable[[], None]) -> None:
        slow = self.faults.get("slow")
        if slow is None:
            act()
        else:
            self.house.at(clock.now() + slow.seconds, act)

    # faults that come with the sounding

    @property
    def _clock_off(self) -> float:
        fault = self.faults.get("clock_off")
        return fault.seconds if fault else 0.0

    def _count_orders(self) -> None:
        assert self.unit is not None
        orders = self.unit.state.orders
        fresh = orders.keys() - self._seen_orders
        if fresh:
            self._seen_orders = self._seen_orders | fresh
            if new := sum(orders[key].boot == self.unit.boot for key in fresh):
                self.house.accepted(new)
            for key in fresh:
                self._order_faults(orders[key])

    def _order_faults(self, accepted: Accepted) -> None:
        reboot, own = self.faults.get("reboot"), self.faults.get("sounds_by_itself")
        if reboot is not None and self._moment(accepted, reboot) > clock.now():
            self.house.at(self._moment(accepted, reboot), lambda: self._reboot(reboot))
        if own is not None and own.signal is not None:
            self._will_sound(self._moment(accepted, own), own)

    def _moment(self, accepted: Accepted, fault: Fault) -> float:
        programme = accepted.order.programme
        position = min(fault.signal or 0, len(programme) - 1)
        return accepted.start_at + programme[position][1] + fault.at - self._clock_off

    def _will_sound(self, begin: float, fault: Fault) -> None:
        begin += self._clock_off
        self._siren.by_itself.append((begin, begin + fault.duration))

    def _reboot(self, fault: Fault) -> None:
        if self.unit is not None:
            self.power_off()
            self.house.at(
                clock.now() + fault.duration, lambda: self.power_on(self.house.kept(self.siren))
            )


def _measured(siren: int, horn: Siren) -> Measured:
    return Measured(
        mains=True,
        battery_percent=100 - siren % 7,
        amplifier_ok=not horn.dead_amplifier,
        door_open=False,
        celsius=18 + siren % 9,
    )


def by_siren(faults: Iterable[Fault]) -> dict[int, dict[str, Fault]]:
    table: dict[int, dict[str, Fault]] = {}
    for fault in faults:
        table.setdefault(fault.siren, {})[fault.name] = fault
    return table
