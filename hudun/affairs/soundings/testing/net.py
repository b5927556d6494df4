"""Dispatch and its sirens without a network: one thread, one order of events."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from hudun.affairs.soundings.dispatch import Dispatcher
from hudun.core import clock
from hudun.runtime.mqtt import LinkLost
from hudun.wire.topics import subscriptions, up

from .box import Box
from .office import Office
from .time import Time

T = TypeVar("T")
LOOKED_AROUND = 10
SHORTEST = timedelta(milliseconds=10)


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
