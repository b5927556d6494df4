"""The octets of MQTT 3.1.1 (OASIS, 2014), without any I/O.

Only what a client of ours says and hears. A QoS 2 publication is refused: we subscribe with
QoS 1, so a broker that sends one is broken.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

MOST_OCTETS = 1 << 20  # larger than any frame of ours; the protocol would allow 256 MiB
LONGEST_TEXT = 65_535
CLEAN = 2  # the broker forgets us when we go: the outbox in the office is the truth


class Type(IntEnum):
    """First four bits of a packet (§2.2.1)."""

    CONNECT, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP = range(1, 8)
    SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK, PINGREQ, PINGRESP, DISCONNECT = range(8, 15)


class BadPacket(ValueError):
    """The octets are not MQTT 3.1.1 as a broker may send it to us."""


@dataclass(frozen=True, slots=True)
class ConnAck:
    session_present: bool
    code: int  # 0 accepted, 1–5 refused (§3.2.2.3)


@dataclass(frozen=True, slots=True)
class Publish:
    topic: str
    payload: bytes
    qos: int
    packet_id: int | None
    retain: bool = False
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class PubAck:
    packet_id: int


@dataclass(frozen=True, slots=True)
class SubAck:
    packet_id: int
    codes: tuple[int, ...]  # the granted QoS of each topic, 128 = refused


@dataclass(frozen=True, slots=True)
class PingResp:
    pass


Packet = ConnAck | Publish | PubAck | SubAck | PingResp

PINGREQ = bytes([Type.PINGREQ << 4, 0])
DISCONNECT = bytes([Type.DISCONNECT << 4, 0])


def connect(
    client_id: str,
    username: str | None,
    password: str | None,
    keepalive: int,
) -> bytes:
    """CONNECT (§3.1) without a will: a will would be an unsigned word."""
    flags = CLEAN | (password is not None) << 6 | (username is not None) << 7
    body = [_text("MQTT"), bytes([4, flags]), struct.pack("!H", keepalive), _text(client_id)]
    body += [_text(word) for word in (username, password) if word is not None]
    return _packet(Type.CONNECT, 0, b"".join(body))


def publish(
    topic: str,
    payload: bytes,
    packet_id: int | None,
    *,
    retain: bool = False,
    duplicate: bool = False,
) -> bytes:
    """PUBLISH (§3.3) with QoS 1, or with QoS 0 where ``packet_id`` is None."""
    number = b"" if packet_id is None else struct.pack("!H", packet_id)
    flags = duplicate << 3 | (packet_id is not None) << 1 | retain
    return _packet(Type.PUBLISH, flags, _text(topic) + number + payload)


def puback(packet_id: int) -> bytes:
    return struct.pack("!BBH", Type.PUBACK << 4, 2, packet_id)


def subscribe(packet_id: int, topics: list[str]) -> bytes:
    """SUBSCRIBE (§3.8) to every topic with QoS 1."""
    filters = b"".join(_text(topic) + b"\x01" for topic in topics)
    return _packet(Type.SUBSCRIBE, 2, struct.pack("!H", packet_id) + filters)


@dataclass(slots=True)
class Decoder:
    """Cuts a stream of octets into packets, however the network cut it before."""

    _rest: bytearray = field(default_factory=bytearray)

    def feed(self, octets: bytes) -> Iterator[Packet]:
        """The packets that are now complete. BadPacket ends the use of this stream."""
        self._rest += octets
        at = 0
        try:
            while (cut := _cut(self._rest, at)) is not None:
                body, end = cut
                first, at = self._rest[at], end
                yield _decode(first, bytes(self._rest[body:end]))
        finally:
            del self._rest[:at]


def _cut(octets: bytearray, at: int) -> tuple[int, int] | None:
    """Where the body of the packet at ``at`` begins and ends; None while it is incomplete."""
    length = 0
    for position in range(4):
        if at + 1 + position >= len(octets):
            return None
        octet = octets[at + 1 + position]
        length |= (octet & 0x7F) << 7 * position
        if octet < 0x80:
            break
    else:
        raise BadPacket("a length of more than four octets")
    if length > MOST_OCTETS:
        raise BadPacket("a packet larger than any of ours")
    body = at + 2 + position
    return (body, body + length) if body + length <= len(octets) else None


def _decode(first: int, body: bytes) -> Packet:
    flags = first & 0x0F
    if first >> 4 == Type.PUBLISH:
        return _decode_publish(flags, body)
    if flags:
        raise BadPacket("flags where none may stand")
    match first >> 4, body:
        case Type.PUBACK, bytes() if len(body) == 2:
            return PubAck(int.from_bytes(body, "big"))
        case Type.CONNACK, bytes() if len(body) == 2 and body[0] < 2:
            return ConnAck(bool(body[0]), body[1])
        case Type.SUBACK, bytes() if len(body) > 2:
            return SubAck(int.from_bytes(body[:2], "big"), tuple(body[2:]))
        case Type.PINGRESP, b"":
            return PingResp()
    raise BadPacket("not a packet for a client")


def _decode_publish(flags: int, body: bytes) -> Publish:
    qos = flags >> 1 & 3
    if qos > 1:
        raise BadPacket("a QoS that was not asked for")
    start = 2 + int.from_bytes(body[:2], "big")
    end = start + 2 * qos
    number = int.from_bytes(body[start:end], "big")
    if len(body) < max(2, end) or (qos and not number):
        raise BadPacket("a publication cut short")
    try:
        topic = body[2:start].decode()
    except UnicodeDecodeError as error:
        raise BadPacket("a topic that is not UTF-8") from error
    packet_id = number if qos else None
    return Publish(topic, body[end:], qos, packet_id, bool(flags & 1), bool(flags & 8))


def _packet(kind: Type, flags: int, body: bytes) -> bytes:
    length = len(body)
    if length > MOST_OCTETS:
        raise ValueError("a packet larger than any of ours")
    head = bytearray([kind << 4 | flags])
    while True:
        length, low = length >> 7, length & 0x7F
        head.append(low | (0x80 if length else 0))
        if not length:
            return bytes(head) + body


def _text(text: str) -> bytes:
    octets = text.encode()
    if len(octets) > LONGEST_TEXT or "\0" in text:
        raise ValueError("not a text MQTT can carry")
    return struct.pack("!H", len(octets)) + octets
