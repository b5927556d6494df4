"""One terminal beside one real siren: unit, driver, links and sensors in one event loop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.runtime import clock
from hudun.runtime.mqtt import Link
from hudun.runtime.store import Change, GroupStore, Store
from hudun.terminal.drivers.base import RENEW_S, Driver
from hudun.terminal.host import read_sensors
from hudun.terminal.unit import Unit
from hudun.wire import topics
from hudun.wire.frames import Evidence
from hudun.wire.terminal import (
    ButtonPressed,
    DriverSeen,
    FrameArrived,
    LinkUp,
    Output,
    Provision,
    Send,
)

log = logging.getLogger(__name__)

TELL_S = 1.0  # between words about a sound that goes on
SENSORS_S = 5.0
DISK_AGAIN_S = 1.0
OWNER = 0


class Station:
    """``run`` until cancelled; silence comes first when it begins and when it ends."""

    def __init__(
        self,
        provision: Provision,
        key: Ed25519PrivateKey,
        store: Store,
        driver: Driver,
        links: Iterable[Link],
        *,
        sensors: Path | None = None,
        clock_ok: bool = True,
        rosters: Iterable[bytes] = (),
    ) -> None:
        self.unit = Unit(provision, key, store.load(OWNER), clock.now, clock_ok=clock_ok)
        self._store, self._driver, self._sensors = GroupStore(store), driver, sensors
        self._links = list(links)
        self._news, self._edge = asyncio.Event(), asyncio.Event()
        self._unsaved: list[Change] = []
        self._told: DriverSeen | None = None
        self._told_at = 0.0
        self._tested: tuple[int, int, int | None] | None = None
        for link in self._links:
            self._wire(link)
        for frame in rosters:
            self.unit.take(FrameArrived(frame, "file"))

    async def run(self) -> None:
        await self._driver.start()
        try:
            async with asyncio.TaskGroup() as group:
                for link in self._links:
                    group.create_task(link.run())
                group.create_task(self._work())
                group.create_task(self._drive())
                group.create_task(self._feel())
        finally:
            await self._driver.close()
            for link in self._links:
                link.drop()
            await self._store.close()

    def press(self) -> None:
        """The test button."""
        self._take(ButtonPressed())

    def _wire(self, link: Link) -> None:
        bearer, siren = f"{link.host}:{link.port}", self.unit.siren
        provision = self.unit.provision
        for office in provision.issuers:
            link.topics += topics.subscriptions(office, siren, provision.groups)

        def heard(_: str, payload: bytes, retained: bool) -> None:
            self._take(FrameArrived(payload, bearer, retained))

        link.on_message = heard
        link.on_up = lambda: self._take(LinkUp(bearer))

    def _take(self, event: ButtonPressed | FrameArrived | LinkUp | DriverSeen) -> None:
        self.unit.take(event)
        self._news.set()

    # the machine

    async def _work(self) -> None:
        while True:
            self._unsaved += self.unit.turn()
            self._edge.set()  # silence waits for no disk
            if not await self._saved():
                await asyncio.sleep(DISK_AGAIN_S)  # nothing new sounds, a stop still silences
                continue
            for send in self.unit.settle():
                self._send(send)
            self._edge.set()
            await self._until(self._news, self.unit.wake())

    async def _saved(self) -> bool:
        if self._unsaved:
            try:
                await self._store.commit(OWNER, self._unsaved)
            except sqlite3.Error as error:
                log.error("状态写不进磁盘：%s", error)
                return False
            self._unsaved = []
        return True

    def _send(self, send: Send) -> None:
        for link in self._links:
            if link.connected:
                link.publish(topics.up(send.to, self.unit.siren), send.frame)

    # the siren

    async def _drive(self) -> None:
        while True:
            now = clock.now()
            output = self.unit.output(now)
            if output.on:
                self._driver.hold()
            else:
                self._driver.silence()
            self._watch(output, now)
            await self._test(output)
            await self._until(self._edge, min(output.until, clock.now() + RENEW_S))

    def _watch(self, output: Output, now: float) -> None:
        seen = DriverSeen(self._driver.seen(), self._driver.kind)
        busy = seen.on or output.mode is not None
        if seen != self._told or (busy and not 0 <= now - self._told_at < TELL_S):
            self._told, self._told_at = seen, now
            self._take(seen)

    async def _test(self, output: Output) -> None:
        signal = (output.issuer, output.counter, output.signal)
        if output.self_test and signal != self._tested:
            self._tested = signal
            self._take(DriverSeen(await self._driver.self_test(), Evidence.SELF_TEST))

    async def _feel(self) -> None:
        before = None
        while True:
            measured = read_sensors(self._sensors)
            if measured != before:
                before = measured
                self.unit.take(measured)
                self._news.set()
            await asyncio.sleep(SENSORS_S)

    async def _until(self, bell: asyncio.Event, moment: float) -> None:
        while not bell.is_set() and (left := moment - clock.now()) > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(clock.nap(left)):
                    await bell.wait()
        bell.clear()
