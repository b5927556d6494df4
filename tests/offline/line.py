"""A bad line between the phone and the office: an HTTP proxy that fails as a seed draws it."""

import asyncio
import random
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

PORTAL = b"<html><title>Wi-Fi</title>Please accept our terms</html>"
Fate = Callable[["BadLine", bytes, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class BadLine:
    """`rate` of the requests fail in one of six ways. `lose_done`: the answer that a photo is whole
    is lost once after the office has committed it."""

    upstream: int
    seed: int = 0
    rate: float = 0.0
    lose_done: bool = False
    port: int = 0
    asked: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    lost_done: int = 0

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self.thread.start()
        ready.wait(10)

    def worsen(self, seed: int, rate: float) -> None:
        self.draw, self.rate = random.Random(seed), rate

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)
        start = asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 20)
        self.server = self.loop.run_until_complete(start)
        self.port = self.server.sockets[0].getsockname()[1]
        ready.set()
        self.loop.run_forever()
        self.server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection: each has its own fate."""
        try:
            request = await _read_request(reader)
            self.asked += 1
            if self.draw.random() < self.rate:
                await self._fail(request, writer)
            else:
                await self._pass(request, writer)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            with suppress(OSError):
                writer.close()

    async def _pass(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        answer = await self._ask(request)
        if self.lose_done and b"/field/photos/" in request[:200] and b'"done": true' in answer:
            self.lose_done = False
            self.lost_done += 1
            return
        writer.write(answer)
        await writer.drain()

    async def _fail(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        name = self.draw.choice(sorted(FATES))
        self.failed[name] = self.failed.get(name, 0) + 1
        await FATES[name](self, request, writer)

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        writer.write(request)
        await writer.drain()
        try:
            return await reader.read(-1)
        finally:
            writer.close()


async def _never_sent(line: BadLine, request: bytes, writer: asyncio.StreamWriter) -> None:
    """The connection breaks before the office hears of it."""


async def _answer_lost(line: BadLine, request: bytes, writer: asyncio.StreamWriter) -> None:
    """The office has done it; nobody is told."""
    await line._ask(request)


async def _cut_on_the_way(line: BadLine, request: bytes, writer: asyncio.StreamWriter) -> None:
    """Half of the request arrives."""
    _, upstream = await asyncio.open_connection("127.0.0.1", line.upstream)
    upstream.write(request[: max(1, len(request) * 2 // 3)])
    await upstream.drain()
    upstream.close()


async def _answer_cut(line: BadLine, request: bytes, writer: asyncio.StreamWriter) -> None:
    answer = await line._ask(request)
    writer.write(answer[: len(answer) - 7])
    await writer.drain()


async def _portal(line: BadLine, request: bytes, writer: asyncio.StreamWriter) -> None:
    """A hotel's log-in page with the status of success."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PORTAL)}\r\n\r\n"
    writer.write(head.encode() + PORTAL)
    await writer.drain()


async def _bad_gateway(line: BadLine, request: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


FATES: dict[str, Fate] = {
    "never sent": _never_sent,
    "answer lost": _answer_lost,
    "cut on the way": _cut_on_the_way,
    "answer cut": _answer_cut,
    "portal": _portal,
    "bad gateway": _bad_gateway,
}


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    """Head and body, with the connection told to end after it."""
    head = await reader.readuntil(b"\r\n\r\n")
    given = head[:-4].split(b"\r\n")
    lines = [line for line in given if not line.lower().startswith(b"connection:")]
    length = next(
        (int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")),
        0,
    )
    body = await reader.readexactly(length)
    return b"\r\n".join([*lines, b"Connection: close", b"", b""]) + body
