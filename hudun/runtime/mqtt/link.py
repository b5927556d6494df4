"""One client's session with a broker on asyncio, small enough for 10,000 in one process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from asyncio import Future
from collections.abc import Callable, Iterable
from ssl import SSLContext

from hudun.runtime.mqtt.packets import BadPacket
from hudun.runtime.mqtt.session import LinkLost, Refused, Session

__all__ = ["Link", "LinkLost", "Refused"]

log = logging.getLogger(__name__)

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 15.0
GOODBYE_S = 1.0
STEADY_S = 5.0  # a session that lasted so long was a good one: the next pause is short again


class Link:
    """A clean session that comes back by itself; nothing is queued while it is down.

    ``on_message(topic, payload, retained)``, ``on_up()`` and ``on_down()`` are plain functions,
    called in the event loop. A QoS 1 message is acknowledged to the broker after ``on_message``
    has returned: it must keep what it needs, the broker sends it once.
    """

    patience_s = 10.0  # from the first packet of a connection to the broker's welcome

    def __init__(
        self,
        host: str,
        port: int,
        client_id: str,
        username: str | None = None,
        password: str | None = None,
        tls: SSLContext | None = None,
        keepalive: int = 60,
    ) -> None:
        self.host, self.port, self.client_id = host, port, client_id
        self.username, self.password = username, password
        self.tls, self.keepalive = tls, keepalive
        self.gate: asyncio.Semaphore | None = None  # how many of a fleet may knock at once
        self.on_message: Callable[[str, bytes, bool], None] = lambda *_: None
        self.on_up: Callable[[], None] = lambda: None
        self.on_down: Callable[[], None] = lambda: None
        self.topics: list[str] = []  # what every session begins with
        self._session: Session | None = None
        self._closed = False

    @property
    def connected(self) -> bool:
        return self._session is not None

    async def connect(self) -> None:
        """One attempt. Every topic asked for so far is subscribed before ``on_up`` is called.

        Raises:
            OSError: nobody there, or TLS refused. TimeoutError: no welcome in time.
            Refused: the broker refused the login or a topic. LinkLost: it hung up.
        """
        async with self.gate or contextlib.nullcontext():
            session = await self._admitted()
        if self._closed:
            session.farewell()
            return
        self._session = session
        session.gone.add_done_callback(lambda _: self._down(session))
        self.on_up()

    async def subscribe(self, topics: Iterable[str]) -> None:
        """Ask for the topics now where connected, and after every reconnection.

        Raises:
            Refused: the broker's access list does not allow one of them.
        """
        fresh = [topic for topic in topics if topic not in self.topics]
        self.topics += fresh
        if self._session is not None and fresh:
            await self._session.subscribe(fresh)

    def publish(
        self, topic: str, payload: bytes, qos: int = 1, *, retain: bool = False
    ) -> Future[None]:
        """Send now or not at all; the future is done when the broker has taken the message.

        It fails with LinkLost when the session ends first. A caller that does not care may
        drop it.
        """
        if self._session is None:
            return _failed(LinkLost("not connected"))
        return self._session.publish(topic, payload, qos, retain=retain)

    async def run(self) -> None:
        """Connect, and connect again whenever the session ends, until ``close``."""
        pauses = Pauses()
        while not self._closed:
            began = asyncio.get_running_loop().time()
            try:
                await self._once()
            except (OSError, Refused, LinkLost, BadPacket) as error:
                log.info("%s: %s %s", self.client_id, type(error).__name__, error)
            if asyncio.get_running_loop().time() - began > STEADY_S:
                pauses = Pauses()
            if not self._closed:
                await asyncio.sleep(pauses.next())

    async def close(self) -> None:
        """Say good-bye and do not come back."""
        self._closed = True
        if self._session is not None:
            session = self._session
            session.farewell()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(GOODBYE_S):
                    await asyncio.shield(session.gone)

    def drop(self) -> None:
        """Cut the connection as a failing network would; ``run`` comes back."""
        if self._session is not None:
            self._session.abort()

    async def _once(self) -> None:
        if self._session is None:
            await self.connect()
        if self._session is not None:
            await asyncio.shield(self._session.gone)

    async def _admitted(self) -> Session:
        async with asyncio.timeout(self.patience_s):
            session = await self._open()
            try:
                await session.welcome(self.client_id, self.username, self.password)
                if self.topics:
                    await session.subscribe(self.topics)
            except BaseException:
                session.abort()
                raise
        return session

    async def _open(self) -> Session:
        loop = asyncio.get_running_loop()
        name = self.host if self.tls else None
        _, session = await loop.create_connection(
            lambda: Session(self._hear, self.keepalive),
            self.host,
            self.port,
            ssl=self.tls,
            server_hostname=name,
        )
        return session

    def _hear(self, topic: str, payload: bytes, retained: bool) -> None:
        try:
            self.on_message(topic, payload, retained)
        except Exception:
            log.exception("a message on %s was not understood", topic)

    def _down(self, session: Session) -> None:
        if self._session is session:
            self._session = None
            self.on_down()


class Pauses:
    """Growing pauses between attempts, spread so that a fleet does not come back as one."""

    def __init__(self) -> None:
        self._longest = FIRST_PAUSE_S

    def next(self) -> float:
        pause = random.uniform(self._longest / 2, self._longest)
        self._longest = min(2 * self._longest, LONGEST_PAUSE_S)
        return pause


def _failed(error: Exception) -> Future[None]:
    future: Future[None] = asyncio.get_running_loop().create_future()
    future.set_exception(error)
    future.exception()  # mark it as seen: nobody has to look
    return future
