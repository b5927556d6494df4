"""Ten thousand simulated terminals in one process: own session, own key, own state each."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from ssl import SSLContext
from typing import Any

from hudun.runtime.mqtt import Broker, Link
from hudun.runtime.store import Change, Store
from hudun.terminal.fleet.agenda import Agenda
from hudun.terminal.fleet.faults import Fault
from hudun.terminal.fleet.members import Member
from hudun.terminal.fleet.simulated import Simulated, by_siren

BATCH = 200  # terminals that share one transaction; the loop turns between batches
KNOCK_AT_ONCE = 100  # connections in the making, no more than a listener's backlog


@dataclass
class Counters:
    """Times are real seconds since 1970, so that another process can compare them."""

    accepted: int = 0
    accepted_at: float | None = None  # the last one
    sounding: int = 0
    silent_since: float | None = None  # when the last siren fell silent; None while one sounds


class Fleet:
    """`await run()` until cancelled; or `start`, `close`, with `counters` to look at meanwhile."""

    def __init__(
        self,
        members: Iterable[Member],
        broker: Broker,
        store: str | Path,
        faults: Iterable[Fault] = (),
        *,
        tls: SSLContext | None = None,
        rosters: Iterable[bytes] = (),
        keepalive: int = 60,
    ) -> None:
        """``store`` is one file for all. ``rosters``: frames the terminals were mounted with."""
        self.counters = Counters()
        self._broker, self._tls, self._keepalive = broker, tls, keepalive
        self._store = Store(store)
        self._thread = ThreadPoolExecutor(1, "store")
        self._agenda = Agenda()
        self._gate = asyncio.Semaphore(KNOCK_AT_ONCE)
        self._ready: list[Simulated] = []
        self._rosters = list(rosters)
        self._links: dict[int, asyncio.Task[None]] = {}
        self._server: asyncio.Task[None] | None = None
        table = by_siren(faults)
        self.terminals = {
            member.siren: self._simulated(member, table.get(member.siren, {})) for member in members
        }

    @property
    def connected(self) -> int:
        return sum(one.link.connected for one in self.terminals.values())

    def report(self) -> dict[str, Any]:
        return {"connected": self.connected, **asdict(self.counters)}

    async def start(self) -> None:
        kept = self._store.load_all()
        for one in self.terminals.values():
            one.power_on(kept.get(one.siren, {}))
            for frame in self._rosters:
                one.hear(frame, "file")
        self._server = asyncio.create_task(self._serve())

    async def run(self) -> None:
        await self.start()
        assert self._server is not None
        try:
            await self._server
        finally:
            await self.close()

    async def close(self) -> None:
        """Every siren silent, every session ended, the store closed."""
        for one in self.terminals.values():
            one.power_off()
        tasks = [*self._links.values(), *([self._server] if self._server else [])]
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
        for one in self.terminals.values():
            one.link.drop()
        self._thread.shutdown()
        self._store.close()

    def press(self, *sirens: int) -> None:
        """The test button of the sirens, or of all."""
        for siren in sirens or self.terminals:
            self.terminals[siren].press()

    # House

    def ready(self, one: Simulated) -> None:
        if not one.queued:
            one.queued = True
            self._ready.append(one)
            self._agenda.ring()

    def at(self, moment: float, act: Callable[[], None]) -> None:
        self._agenda.at(moment, act)

    def kept(self, siren: int) -> Mapping[str, bytes]:
        return self._store.load(siren)

    def sounding(self, one: Simulated, sounds: bool) -> None:  # noqa: ARG002
        count = self.counters
        count.sounding += 1 if sounds else -1
        count.silent_since = None if count.sounding else time.time()

    def accepted(self, orders: int) -> None:
        self.counters.accepted += orders
        self.counters.accepted_at = time.time()

    # inside

    def _simulated(self, member: Member, faults: Mapping[str, Fault]) -> Simulated:
        broker = self._broker
        link = Link(
            broker.host,
            broker.port,
            f"siren-{member.siren}",
            broker.username or str(member.siren),
            broker.password or member.password,
            self._tls if broker.secure else None,
            self._keepalive,
        )
        link.gate = self._gate
        one = Simulated(member, link, self, faults)
        link.topics = one.topics
        one.on_power = lambda on: self._power(one, on)
        return one

    def _power(self, one: Simulated, on: bool) -> None:
        running = self._links.pop(one.siren, None)
        if running is not None:
            running.cancel()
            one.link.drop()
        if on and "offline" not in one.faults:
            self._links[one.siren] = asyncio.create_task(one.link.run())

    async def _serve(self) -> None:
        while True:
            await self._agenda.wait()
            self._agenda.due()
            while self._ready:
                await self._work(self._next_batch())
                self._agenda.due()

    def _next_batch(self) -> list[Simulated]:
        """Sirens that hear a word while they sound come first and all at once: it may be a stop."""
        if urgent := self._urgent():
            return urgent
        batch, self._ready = self._ready[:BATCH], self._ready[BATCH:]
        return batch

    def _urgent(self) -> list[Simulated]:
        urgent = [one for one in self._ready if one.urgent]
        if urgent:
            self._ready = [one for one in self._ready if not one.urgent]
        return urgent

    async def _work(self, batch: list[Simulated]) -> None:
        """As long as more sirens hear a stop, nobody's record or answer makes them wait."""
        changes: list[tuple[int, list[Change]]] = []
        part = list(batch)
        while part:
            changes += await self._turn(part)
            part = self._urgent()
            batch += part
        if changes:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thread, self._store.commit_many, changes)
        for one in batch:
            one.settle()
        await asyncio.sleep(0)

    async def _turn(self, part: list[Simulated]) -> list[tuple[int, list[Change]]]:
        changes = []
        for number, one in enumerate(part, 1):
            one.queued = one.urgent = False
            if kept := one.turn():
                changes.append((one.siren, kept))
            if number % BATCH == 0:
                await asyncio.sleep(0)
        await asyncio.sleep(0)  # for what has come meanwhile
        return changes
