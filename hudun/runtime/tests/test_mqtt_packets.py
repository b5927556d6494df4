"""The codec against itself, against every cut of the stream, and against amqtt's codec."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.runtime.mqtt import packets
from hudun.runtime.mqtt.packets import BadPacket, ConnAck, Decoder, PingResp, PubAck, Publish

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
numbers = st.integers(1, 0xFFFF)
publications = st.builds(
    Publish, texts, st.binary(max_size=300), st.just(1), numbers, st.booleans(), st.booleans()
) | st.builds(Publish, texts, st.binary(), st.just(0), st.none(), st.booleans())


def written(packet: Publish) -> bytes:
    return packets.publish(
        packet.topic,
        packet.payload,
        packet.packet_id,
        retain=packet.retain,
        duplicate=packet.duplicate,
    )


@given(st.lists(publications), st.data())
def test_what_is_written_is_read_however_the_stream_is_cut(
    sent: list[Publish], data: st.DataObject
) -> None:
    stream = b"".join(map(written, sent))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    decoder = Decoder()
    heard: list[packets.Packet] = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        heard += decoder.feed(stream[start:end])
    assert heard == sent


@given(st.binary(max_size=200))
def test_noise_is_read_or_refused_and_nothing_else(noise: bytes) -> None:
    with suppress(BadPacket):
        list(Decoder().feed(noise))


@given(st.sampled_from([127, 128, 16_383, 16_384, 300_000]))
def test_the_length_takes_as_many_octets_as_the_standard_says(size: int) -> None:
    payload = bytes(size)
    assert [p.payload for p in Decoder().feed(packets.publish("t", payload, 1))] == [payload]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "octets",
    [
        "30ffffffff01",  # a length of five octets
        "3004000161",  # waits for more
        "340500016100000a",  # QoS 2
        "3205000161" + "0000",  # packet number 0
        "3003000561",  # the topic is longer than the packet
        "300300" + "01ff",  # a topic that is not UTF-8
        "4103" + "000000",  # flags where none may stand
        "400100",  # an acknowledgement cut short
        "1000",  # CONNECT from a broker
        "300000",  # a publication without a topic
        "30ffff7f",  # larger than any packet of ours
    ],
)
def test_a_broken_packet_is_refused(octets: str) -> None:
    if octets == "3004000161":
        assert list(Decoder().feed(bytes.fromhex(octets))) == []
        return
    with pytest.raises(BadPacket):
        list(Decoder().feed(bytes.fromhex(octets)))


def test_short_packets_of_a_broker_are_read() -> None:
    octets = bytes.fromhex("20020100400200079004000a0180d000")
    heard = list(Decoder().feed(octets))
    assert heard == [ConnAck(True, 0), PubAck(7), packets.SubAck(10, (1, 128)), PingResp()]


class Octets:
    """What amqtt reads from."""

    def __init__(self, octets: bytes) -> None:
        self.reader = asyncio.StreamReader()
        self.reader.feed_data(octets)

    async def read(self, size: int = -1) -> bytes:
        return await self.reader.readexactly(size)


async def as_amqtt(octets: bytes) -> Any:
    mqtt = pytest.importorskip("amqtt.mqtt")
    from amqtt.mqtt.packet import MQTTFixedHeader

    stream = Octets(octets)
    header = await MQTTFixedHeader.from_stream(stream)
    return await mqtt.packet_class(header).from_stream(stream, fixed_header=header)


async def test_another_implementation_reads_our_connect() -> None:
    packet = await as_amqtt(packets.connect("siren-7", "7", "口令", 30))
    assert (packet.client_id, packet.username, packet.password) == ("siren-7", "7", "口令")
    assert packet.keep_alive == 30
    assert packet.clean_session_flag and not packet.will_flag
    assert (packet.proto_name, packet.proto_level) == ("MQTT", 4)


async def test_another_implementation_reads_our_subscription() -> None:
    packet = await as_amqtt(packets.subscribe(9, ["hudun/430103/all", "hudun/430103/t/7/down"]))
    assert packet.variable_header.packet_id == 9
    assert packet.payload.topics == [("hudun/430103/all", 1), ("hudun/430103/t/7/down", 1)]


async def test_another_implementation_reads_our_publication() -> None:
    packet = await as_amqtt(packets.publish("hudun/430103/t/7/up", b"\x00\xff", 513))
    assert (packet.topic_name, packet.data, packet.packet_id) == (
        "hudun/430103/t/7/up", b"\x00\xff", 513,
    )  # fmt: skip
    assert (packet.qos, packet.retain_flag, packet.dup_flag) == (1, False, False)
