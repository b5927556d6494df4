"""An office that can sign, and sirens that obey: what the tests of soundings stand on.

Rows that no action of ours makes are made directly here. Time moves only when a test moves it.
"""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.assets.sirens.models import Siren
from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.testing import Cast
from hudun.runtime.mqtt import LinkLost
from hudun.wire.cose import sign1
from hudun.wire.frames import Evidence, Mode, Right, kid_octets
from hudun.wire.terminal import (
    Booted,
    ButtonPressed,
    DriverSeen,
    FrameArrived,
    IssuerTrust,
    LinkUp,
    Measured,
    Provision,
    Save,
    Send,
    TerminalState,
    Tick,
    next_wake,
    output,
    restore,
    step,
)
from hudun.wire.terminal.types import Event
from hudun.wire.topics import subscriptions, up

from . import actions
from .dispatch import Dispatcher
from .drafting import release_payload
from .models import Issuer, Order, Plan, StopOrder
from .roster import next_roster
from .timetable import DAY_S

T = TypeVar("T")
NOON = datetime(2026, 10, 20, 4, tzinfo=UTC)
"""12:00 in Beijing, twelve days before November 1."""
LOOKED_AROUND = 10
SHORTEST = timedelta(milliseconds=10)
SIGNERS = ("wang", "li", "zhou")
LIVE = Right.LIVE | Right.SILENT
TRIAL = Right.TRIAL | Right.SILENT


def key_for(name: str) -> Ed25519PrivateKey:
    """A key known to everybody: for tests only."""
    return Ed25519PrivateKey.from_private_bytes(sha256(f"test key {name}".encode()).digest())


class Time:
    """The office's clock, moved by hand."""

    def __init__(self, moment: datetime) -> None:
        self._stack = ExitStack()
        self.set(moment)

    def set(self, moment: datetime) -> None:
        self._stack.close()
        self._stack.enter_context(clock.frozen(moment))

    def move(self, seconds: float) -> None:
        self.set(clock.now() + timedelta(seconds=seconds))

    def end(self) -> None:
        self._stack.close()


@contextmanager
def time_stands(moment: datetime = NOON) -> Iterator[Time]:
    time = Time(moment)
    try:
        yield time
    finally:
        time.end()


@dataclass
class Office:
    """天心区 with an issuer, a roster in force, and everybody's keys at hand."""

    cast: Cast
    issuer: Issuer
    kids: dict[tuple[str, Right], int] = field(default_factory=dict)

    def sign(self, name: str, payload: bytes, rights: Right) -> bytes:
        key = key_for(f"{name} {rights.value}")
        return sign1(payload, kid_octets(self.kids[name, rights]), key)

    def rights(self, order: Order) -> Right:
        return LIVE if order.wire_mode is Mode.LIVE else TRIAL

    def signed(self, order: Order, name: str = "wang") -> Order:
        """The order with the first person's signature."""
        rights = self.rights(order)
        frame = self.sign(name, bytes(order.payload), rights)
        listed = bytes(order.list_payload)
        list_frame = self.sign(name, listed, rights) if listed else b""
        return actions.attach_signature(self.cast.actor(name), order, frame, list_frame)

    def release_frame(self, order: Order, name: str = "li", lead_s: int = 10) -> bytes:
        roster = self.issuer.roster()
        assert roster is not None
        payload = release_payload(order, roster.number, clock.now(), lead_s)
        return self.sign(name, payload, self.rights(order))

    def released(self, order: Order, name: str = "li") -> Order:
        return actions.attach_release(self.cast.actor(name), order, self.release_frame(order, name))

    def immediate(self, mode: Mode = Mode.LIVE, signal: str = "空袭", **target: object) -> Order:
        """Signed by 王值班, released by 李科长."""
        kind, given = next(iter(target.items()), ("all", None))
        order = actions.draft_immediate(
            self.cast.actor("wang"), self.issuer.organ, mode=mode, signal=signal,
            purpose="检验", target_kind=kind, target={kind: given},
        )  # fmt: skip
        return self.released(self.signed(order))

    def plan(self, **changes: object) -> Plan:
        """湖南 11·1, a draft."""
        settings: dict[str, object] = {
            "name": "2026 年 11·1 防空警报试鸣",
            "day": datetime(2026, 11, 1).date(),  # noqa: DTZ001
            "timetable_key": "hunan-1101",
            "target_kind": "all",
        }
        draft: Callable[..., Plan] = actions.draft_plan
        return draft(self.cast.actor("zhang"), self.issuer.organ, **(settings | changes))

    def sounding(self, **changes: object) -> Order:
        """湖南 11·1, approved, signed and released."""
        plan = actions.approve_plan(self.cast.actor("zhou"), self.plan(**changes))
        (order,) = actions.draft_orders(self.cast.actor("wang"), plan)
        return self.released(self.signed(order))

    def stop(self, name: str = "wang", **target: object) -> StopOrder:
        kind, given = next(iter(target.items()), ("all", None))
        return actions.press_stop(
            self.cast.actor(name), self.issuer.organ, target_kind=kind, target={kind: given}
        )


def make_office(cast: Cast) -> Office:
    """Through the actions that a real office goes through."""
    office = cast.stage.tianxin
    issuer = actions.set_up_issuer(cast.actor("anguan"), office)
    roots = [key_for(f"root {n}").public_key().public_bytes_raw() for n in (0, 1)]
    actions.pin_roots(cast.actor("anguan"), issuer, root_a=roots[0], root_b=roots[1])
    made = Office(cast, Issuer.objects.get(pk=issuer.pk))
    for name in SIGNERS:
        for rights in (LIVE, TRIAL):
            public = key_for(f"{name} {rights.value}").public_key().public_bytes_raw()
            asked = actions.request_key(cast.actor(name), office, public=public, rights=rights)
            made.kids[name, rights] = asked.kid
    register_roster(made)
    return made


def register_roster(office: Office) -> bytes:
    """What the root would sign next, signed and registered."""
    payload = next_roster(office.issuer, clock.now()).encode()
    frame = sign1(payload, kid_octets(0), key_for("root 0"))
    actions.register_roster(office.cast.actor("anguan"), office.issuer, frame)
    return frame


def make_siren(office: Office, number: int, *, by_hand: bool = False, **fields: object) -> Siren:
    public = key_for(f"siren {number}").public_key().public_bytes_raw().hex()
    settings: dict[str, object] = {
        "organ": office.cast.stage.chengnanlu,
        "office": office.issuer.organ,
        "number": number,
        "name": f"{number} 号警报器",
        "kind": "electronic",
        "state": "in_service",
        "terminal_key": None if by_hand else public,
        "site_keeper": "陈管理",
        "site_phone": "0731-85000000",
    }
    return Siren.objects.create(**(settings | fields))


class Box:
    """A terminal with its disk and a driver that obeys, unless told otherwise."""

    def __init__(self, office: Office, number: int, **provision: object) -> None:
        roots = office.issuer.roots
        settings: dict[str, object] = {
            "siren": number,
            "groups": frozenset[int](),
            "issuers": {office.issuer.number: IssuerTrust(roots)},
            "health_s": 60,
        }
        self.provision = Provision(**(settings | provision))  # type: ignore[arg-type]
        self.key = key_for(f"siren {number}")
        self.state = TerminalState.initial(self.provision)
        self.disk: dict[str, bytes] = {}
        self.outgoing: list[bytes] = []
        self.works, self.kind, self.offline = True, Evidence.CURRENT, False
        self.sounds_by_itself = False
        self.boot = 0
        self.start()

    @property
    def siren(self) -> int:
        return self.provision.siren

    def start(self) -> None:
        """With the disk's records and nothing else."""
        self.state = restore(self.provision, self.disk)
        self.boot += 1
        self.give(Booted(self.boot, True), Measured(True, 100, True, False, 21), LinkUp("mqtt"))

    def give(self, *events: Event) -> None:
        now = clock.now().timestamp()
        for event in events:
            self.state, effects = step(self.state, event, now, self.key, self.provision)
            for effect in effects:
                match effect:
                    case Save(key, None):
                        self.disk.pop(key, None)
                    case Save(key, bytes(value)):
                        self.disk[key] = value
                    case Send(frame, _):
                        self.outgoing.append(frame)

    def hear(self, frame: bytes) -> None:
        self.give(FrameArrived(frame, "mqtt"))

    def press_button(self) -> None:
        self.give(ButtonPressed())

    @property
    def sounds(self) -> bool:
        due = output(self.state, clock.now().timestamp(), self.provision)
        return due.on and self.works

    def live(self) -> None:
        """One look of the driver, and whatever the time has made due."""
        now = clock.now().timestamp()
        due = output(self.state, now, self.provision)
        heard = self.sounds_by_itself or (due.on and self.works)
        if due.self_test:
            self.give(DriverSeen(self.works, Evidence.SELF_TEST))
        elif self.kind is Evidence.NONE:
            self.give(DriverSeen(None, self.kind))
        else:
            self.give(DriverSeen(heard, self.kind))
        if now >= next_wake(self.state, now, self.provision):
            self.give(Tick())

    def until(self) -> float:
        """When the output changes."""
        now = clock.now().timestamp()
        return min(output(self.state, now, self.provision).until, now + DAY_S)


@dataclass(frozen=True)
class Answer:
    """What the broker said, at once."""

    error: Exception | None

    def cancelled(self) -> bool:
        return False

    def exception(self) -> Exception | None:
        return self.error

    def add_done_callback(self, hear: "Callable[[Answer], object]") -> None:
        hear(self)


class MemoryLink:
    """A broker without a network; what is published while it is down is lost."""

    def __init__(self, office: int, boxes: dict[int, Box]) -> None:
        self.office, self.boxes = office, boxes
        self.on_message: Callable[[str, bytes, bool], None] = lambda *_: None
        self.on_up: Callable[[], None] = lambda: None
        self.on_down: Callable[[], None] = lambda: None
        self.connected = True
        self.published: list[tuple[str, bytes]] = []

    def publish(self, topic: str, payload: bytes, qos: int = 1) -> "Answer":  # noqa: ARG002
        if not self.connected:
            return Answer(LinkLost("down"))
        self.published.append((topic, payload))
        for box in self.boxes.values():
            mine = subscriptions(self.office, box.siren, box.provision.groups)
            if topic in mine and not box.offline:
                box.hear(payload)
        return Answer(None)

    def cut(self) -> None:
        self.connected = False
        self.on_down()

    def mend(self) -> None:
        self.connected = True
        self.on_up()


class Net:
    """Dispatch and its sirens, moved through time together."""

    def __init__(self, office: Office, boxes: list[Box]) -> None:
        self.office = office
        self.boxes = {box.siren: box for box in boxes}
        self.link = MemoryLink(office.issuer.number, self.boxes)
        self.dispatcher = Dispatcher(office.issuer, self.link, threads=False)
        self.turns = 0

    def begin(self) -> None:
        at_once(self.dispatcher.remember())
        self.turn()

    def kill(self) -> None:
        """Nothing that was in memory is left; the database and the sirens are."""
        self.dispatcher = Dispatcher(self.office.issuer, self.link, threads=False)
        self.begin()

    def turn(self) -> None:
        """Everything that happens in this moment."""
        if self.turns % LOOKED_AROUND == 0:
            at_once(self.dispatcher.look_around())
        self.turns += 1
        at_once(self.dispatcher.look())
        at_once(self.dispatcher.tick())
        at_once(self.dispatcher.flush())
        for _ in range(3):
            self.collect()
            at_once(self.dispatcher.flush())

    def collect(self) -> None:
        """Bring in what the sirens have sent."""
        for box in self.boxes.values():
            box.live()
            sent, box.outgoing = box.outgoing, []
            for frame in sent if self.link.connected and not box.offline else []:
                self.dispatcher.hear(up(self.office.issuer.number, box.siren), frame, False)

    def run(self, time: Time, until: datetime, stride: float = 4.0) -> None:
        """In strides of seconds, and to every edge of a sound."""
        while clock.now() < until:
            edges = [datetime.fromtimestamp(box.until(), UTC) for box in self.boxes.values()]
            longest = clock.now() + timedelta(seconds=stride)
            time.set(max(min(until, longest, *edges), clock.now() + SHORTEST))
            self.turn()

    def run_for(self, time: Time, seconds: float, stride: float = 4.0) -> None:
        self.run(time, clock.now() + timedelta(seconds=seconds), stride)


def at_once(work: Coroutine[object, object, T]) -> T:
    """The result of a coroutine that waits for nobody: no thread, no loop, one order."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    raise AssertionError("it waited")


def system(office: Office) -> Actor:
    return Actor.system(office.issuer.organ)
