"""One TCP connection to a broker: from its welcome to its end."""

from __future__ import annotations

import asyncio
from asyncio import Future
from collections.abc import Callable
from typing import cast

from hudun.runtime.mqtt import packets
from hudun.runtime.mqtt.packets import (
    BadPacket,
    ConnAck,
    Decoder,
    Packet,
    PingResp,
    PubAck,
    Publish,
    SubAck,
)

WHY_REFUSED = {
    1: "unacceptable protocol version",
    2: "identifier rejected",
    3: "server unavailable",
    4: "bad user name or password",
    5: "not authorised",
}
SUBSCRIPTION_REFUSED = 0x80
DEAF_AFTER = 1.5  # keepalives without a word from the broker


class LinkLost(ConnectionError):
    """The session ended before the broker answered."""


class Refused(Exception):
    """The broker refused the login or a subscription."""


class Session(asyncio.Protocol):
    """What is written within one turn of the event loop leaves as one segment."""

    def __init__(self, hear: Callable[[str, bytes, bool], None], keepalive: int) -> None:
        self._loop = asyncio.get_running_loop()
        self.gone: Future[None] = self._loop.create_future()
        self._hear, self._keepalive = hear, keepalive
        self._decoder = Decoder()
        self._welcome: Future[int] = self._loop.create_future()
        self._pending: dict[int, Future[tuple[int, ...]]] = {}
        self._last_id = 0
        self._out: list[bytes] = []
        self._said = self._heard = self._loop.time()
        self._beat_timer: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport

    async def welcome(self, client_id: str, username: str | None, password: str | None) -> None:
        self._write(packets.connect(client_id, username, password, self._keepalive))
        code = await self._welcome
        if code:
            raise Refused(WHY_REFUSED.get(code, f"code {code}"))
        if self._keepalive:
            self._beat()

    async def subscribe(self, topics: list[str]) -> None:
        number, answer = self._expect()
        self._write(packets.subscribe(number, topics))
        codes = await answer
        refused = [
            topic
            for topic, code in zip(topics, codes, strict=False)
            if code == SUBSCRIPTION_REFUSED
        ]
        if refused or len(codes) != len(topics):
            raise Refused(f"subscription to {', '.join(refused)}")

    def publish(self, topic: str, payload: bytes, qos: int, *, retain: bool) -> Future[None]:
        if qos == 0:
            self._write(packets.publish(topic, payload, None, retain=retain))
            sent: Future[None] = self._loop.create_future()
            sent.set_result(None)
            return sent
        number, answer = self._expect()
        self._write(packets.publish(topic, payload, number, retain=retain))
        return cast("Future[None]", answer)

    def farewell(self) -> None:
        self._write(packets.DISCONNECT)
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        self._transport.abort()

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._heard = self._loop.time()
        try:
            for packet in self._decoder.feed(data):
                self._take(packet)
        except BadPacket:
            self.abort()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if self._beat_timer is not None:
            self._beat_timer.cancel()
        waiting: list[Future[tuple[int, ...]] | Future[int]] = [self._welcome]
        waiting += self._pending.values()
        self._pending = {}
        for future in waiting:
            if not future.done():
                future.set_exception(LinkLost("the session ended"))
                future.exception()  # mark it as seen: nobody has to look
        if not self.gone.done():
            self.gone.set_result(None)

    def _take(self, packet: Packet) -> None:
        match packet:
            case Publish():
                self._hear(packet.topic, packet.payload, packet.retain)
                if packet.packet_id is not None:
                    self._write(packets.puback(packet.packet_id))
            case PubAck():
                self._answer(packet.packet_id, ())
            case SubAck():
                self._answer(packet.packet_id, packet.codes)
            case ConnAck():
                if self._welcome.done():
                    raise BadPacket("a second welcome")
                self._welcome.set_result(packet.code)
            case PingResp():
                pass

    def _answer(self, number: int, codes: tuple[int, ...]) -> None:
        waiting = self._pending.pop(number, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(codes)

    def _expect(self) -> tuple[int, Future[tuple[int, ...]]]:
        if len(self._pending) >= 0xFFFF:
            raise LinkLost("65,535 messages wait for the broker")
        number = self._last_id % 0xFFFF + 1
        while number in self._pending:
            number = number % 0xFFFF + 1
        self._last_id = number
        answer: Future[tuple[int, ...]] = self._loop.create_future()
        if self._transport.is_closing():
            answer.set_exception(LinkLost("the session ended"))
            answer.exception()
        else:
            self._pending[number] = answer
        return number, answer

    def _write(self, octets: bytes) -> None:
        if not self._out:
            self._loop.call_soon(self._flush)
        self._out.append(octets)

    def _flush(self) -> None:
        if self._out and not self._transport.is_closing():
            self._transport.write(b"".join(self._out))
            self._said = self._loop.time()
        self._out = []

    def _beat(self) -> None:
        now = self._loop.time()
        if now - self._heard > DEAF_AFTER * self._keepalive:
            self.abort()
            return
        half = self._keepalive / 2
        if now - min(self._said, self._heard) >= half * 0.9:
            self._write(packets.PINGREQ)
        self._beat_timer = self._loop.call_later(half, self._beat)
