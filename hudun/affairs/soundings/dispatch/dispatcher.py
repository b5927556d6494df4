"""The loop of dispatch: frames in, rows committed, frames out.

Frames are stepped as they come and fill a batch; while one batch is being committed the next one
fills. Nothing is published before the batch it belongs to is committed, so that an acknowledgement
means a row on disk. Only a stop does not wait: its frame was committed by the press.
"""

import asyncio
import logging
from asyncio import Event as Bell
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import Any, Protocol

from hudun.affairs.soundings.models import Issuer
from hudun.affairs.soundings.roster import desk_key
from hudun.affairs.soundings.rulebook import sounding_rules
from hudun.core import clock
from hudun.core.error import Problem
from hudun.runtime.clock import sleep_until
from hudun.wire import topics
from hudun.wire.cose import BadFrame
from hudun.wire.office import (
    DeskKey,
    Effect,
    Event,
    FrameArrived,
    Listening,
    OfficeState,
    Publish,
    Tick,
    next_wake,
    step,
)

from .asking import Asker
from .batch import Intake, News
from .board import Board
from .memory import remember
from .settling import advance
from .sight import Held, Seen, look, look_around
from .store import Store

log = logging.getLogger(__name__)

# Real seconds, between looks at a database: no deadline of the office hangs on them.
LOOK_EVERY = 0.1
ADVANCE_EVERY = 0.2
LOOK_AROUND_EVERY = 2.0
TELL_EVERY = 0.25
SHORTEST_NAP = 0.02


class Taken(Protocol):
    """Whether the broker took a message, once it is known: an asyncio future, to us."""

    def cancelled(self) -> bool: ...
    def exception(self) -> BaseException | None: ...
    def add_done_callback(self, hear: Callable[[Any], object], /) -> None: ...


class LinkLike(Protocol):
    on_message: Callable[[str, bytes, bool], None]
    on_up: Callable[[], None]
    on_down: Callable[[], None]

    @property
    def connected(self) -> bool: ...

    def publish(self, topic: str, payload: bytes, qos: int = 1) -> Taken: ...


class Dispatcher:
    """One per office. ``link`` is subscribed to ``topics.any_up(office)`` by its owner."""

    def __init__(
        self,
        issuer: Issuer,
        link: LinkLike,
        *,
        store: Store | None = None,
        threads: bool = True,
        keep_kit: Callable[[DeskKey, int, int], None] = lambda *_: None,
    ) -> None:
        self.issuer, self.link, self.keep_kit = issuer, link, keep_kit
        self.store = store or Store(issuer)
        self.intake = Intake(Board(issuer.number))
        self.state = OfficeState(issuer.number)
        self.desk: DeskKey | None = None
        self.listening_since: float | None = None
        self.ready = Bell()
        self._work = Bell()
        self._unsent: dict[tuple[str, bytes], None] = {}
        self._news = News()
        self._told_at = 0.0
        self._advanced_at = 0.0
        self._advance_every = ADVANCE_EVERY if threads else 0.0
        self._lost_after_s = 180.0
        self._write = Asker("writer", threads)
        self._read = Asker("reader", threads)
        link.on_message, link.on_up, link.on_down = self.hear, self._up, self._down
        if link.connected:
            self._up()

    # ---- what comes in

    def hear(self, topic: str, frame: bytes, retained: bool) -> None:
        """A message of the broker. Before the state is read from the rows nothing is heard:
        a terminal sends again what was not acknowledged."""
        siren = topics.siren_of(topic, self.issuer.number)
        if siren is not None and not retained and self.ready.is_set():
            self.take(FrameArrived(siren, frame))

    def take(self, *events: Event) -> None:
        """Step the machine; what it causes is committed, then published."""
        for event in events:
            self.intake.take(self._step(event))
        self._work.set()

    def _step(self, event: Event) -> list[Effect]:
        assert self.desk is not None
        try:
            _, effects = step(self.state, event, office_now(), self.desk)
        except BadFrame:
            log.exception("the office's own frame is bad: %s", type(event).__name__)
            return []
        return effects

    # ---- the loop

    async def run(self) -> None:
        """Until cancelled. Whatever the database does, it is asked again."""
        await self.remember()
        tasks = [self._flush(), self._look(), self._look_around(), self._tick()]
        async with asyncio.TaskGroup() as group:
            for task in tasks:
                group.create_task(task)

    async def remember(self) -> None:
        """Go on from the rows that an earlier dispatch left."""
        await self._find_desk_key()
        self.state = await self._read(lambda: remember(self.store, self.intake))
        self._keep_kit()
        self.ready.set()

    async def _find_desk_key(self) -> None:
        """Without a roster that lists it nothing can be acknowledged: one is waited for."""
        while self.desk is None:
            try:
                self.desk = await self._read(lambda: desk_key(self.issuer))
            except Problem as problem:
                log.warning("%s", problem)
                await asyncio.sleep(LOOK_AROUND_EVERY)

    async def _flush(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            await self.flush()

    async def flush(self) -> None:
        """Commit what has gathered, then publish what belongs to it."""
        batch = self.intake.hand_over()
        self._news.add(batch)
        news = self._to_tell(urgent=bool(batch.alerts or batch.closed))
        if batch.saves or news:
            await self._write(lambda: self.store.commit(batch, news))
        self._publish(batch.publish)

    async def _look(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY)

    async def look(self) -> None:
        """Take up new orders and stops; stops go out before anything else."""
        known = frozenset(self.state.orders)
        seen = await self._read(lambda: look(self.store, known))
        self.state.patterns = {**self.state.patterns, **seen.patterns}
        self.take(*seen.orders)
        if seen.stops:
            await self._stop(seen)
        if seen.orders or seen.stops:
            self._keep_kit()
        self.take(*seen.releases)

    def _keep_kit(self) -> None:
        assert self.desk is not None
        roster = self.state.roster.number if self.state.roster else 0
        self.keep_kit(self.desk, roster, max([0, *self.state.orders, *self.state.stops]))

    async def _stop(self, seen: Seen) -> None:
        fresh = [event for upto, event in seen.stops.items() if upto not in self.state.stops]
        for event in fresh:
            effects = self._step(event)
            self._publish([e for e in effects if isinstance(e, Publish)])
            self.intake.take(e for e in effects if not isinstance(e, Publish))
        self._work.set()
        if self.link.connected:
            moment, uptos = clock.now(), list(seen.stops)
            await self._read(lambda: self.store.published(uptos, moment))

    async def _look_around(self) -> None:
        while True:
            await self.look_around()
            await asyncio.sleep(LOOK_AROUND_EVERY)

    async def look_around(self) -> None:
        held = Held.by(self.state)
        events = await self._read(lambda: look_around(self.store, held))
        with suppress(Problem):  # a roster without the desk key: the old one is used on
            self.desk = await self._read(lambda: desk_key(self.issuer))
        self._lost_after_s = await self._read(self._rule)
        self.take(*events)

    def _rule(self) -> float:
        return sounding_rules(self.issuer.organ, clock.today()).lost_after_s

    async def _tick(self) -> None:
        """By the office's clock; at least once a second of it."""
        while True:
            await self.tick()
            await asyncio.sleep(SHORTEST_NAP)
            now = office_now()
            await sleep_until(min(next_wake(self.state, now), now + 1.0))

    async def tick(self) -> None:
        """Deadlines of the machine, sirens gone silent, orders that begin or ran out."""
        self.take(Tick())
        if monotonic() - self._advanced_at >= self._advance_every:
            self._advanced_at = monotonic()
            self._lose_silent(office_now())
            await self._write(self._advance)

    def _advance(self) -> None:
        advance(self.store.actor, self.issuer, clock.now())

    def _lose_silent(self, now: float) -> None:
        """While our own line is down, nobody can be heard and nobody is lost."""
        if self.listening_since is None or not self.ready.is_set():
            return
        limit = now - self._lost_after_s
        if self.listening_since < limit:
            self.intake.lose(self.store.places, limit, now)

    # ---- what goes out

    def _publish(self, frames: Iterable[Publish]) -> None:
        for each in frames:
            self._send(each.topic.of(self.issuer.number), each.frame)

    def _send(self, topic: str, frame: bytes) -> None:
        """What the broker did not take is sent again as soon as it is back."""

        def taken(sent: Taken) -> None:
            if sent.cancelled() or sent.exception() is not None:
                self._unsent[topic, frame] = None

        self.link.publish(topic, frame).add_done_callback(taken)

    def _up(self) -> None:
        self.listening_since = office_now()
        if self.ready.is_set():
            self.take(Listening())
        unsent, self._unsent = self._unsent, {}
        for topic, frame in unsent:
            self._send(topic, frame)

    def _down(self) -> None:
        self.listening_since = None

    def _to_tell(self, urgent: bool) -> News:
        """Pages are told a few times a second, at once when it is urgent."""
        now = monotonic()
        if not urgent and now - self._told_at < TELL_EVERY:
            return News()
        news, self._news, self._told_at = self._news, News(), now
        return news


def office_now() -> float:
    return clock.now().timestamp()
