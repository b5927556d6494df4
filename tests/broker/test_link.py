"""The link against real brokers."""

from __future__ import annotations

import asyncio
import ssl
import time

import pytest

from hudun.runtime.broker import dispatcher
from hudun.runtime.certs import Authority, client_context
from hudun.runtime.mqtt import Link, LinkLost, Refused
from tests.broker.running import OFFICE, PASSWORDS, Brokers, eventually

pytestmark = pytest.mark.broker

UP, DOWN = f"hudun/{OFFICE}/t/7/up", f"hudun/{OFFICE}/t/7/down"


@pytest.mark.parametrize("kind", ["mosquitto", "amqtt"])
async def test_a_frame_goes_down_and_a_receipt_comes_up(brokers: Brokers, kind: str) -> None:
    broker = brokers(kind)
    heard: list[tuple[str, bytes, bool]] = []
    office, siren = broker.link("office", dispatcher(OFFICE)), broker.link("siren", "7")
    office.on_message = lambda *message: heard.append(message)
    siren.on_message = lambda topic, payload, retained: (siren.publish(UP, payload[::-1]), None)[1]
    await office.connect()
    await office.subscribe([f"hudun/{OFFICE}/t/+/up"])
    await siren.connect()
    await siren.subscribe([DOWN])
    await asyncio.wait_for(office.publish(DOWN, b"\x00frame\xff"), 5)
    await eventually(lambda: heard == [(UP, b"\xffemarf\x00", False)])
    await office.close()
    await siren.close()


@pytest.mark.parametrize("kind", ["mosquitto", "amqtt"])
async def test_a_wrong_password_is_refused(brokers: Brokers, kind: str) -> None:
    link = brokers(kind).link("siren", "7", "siren eight")
    with pytest.raises((Refused, LinkLost)):
        await link.connect()


async def test_after_a_killed_broker_the_link_comes_back_with_its_topics(
    brokers: Brokers,
) -> None:
    broker = brokers()
    heard: list[bytes] = []
    ups: list[float] = []
    siren, office = broker.link("siren", "7"), broker.link("office", dispatcher(OFFICE))
    siren.on_message = lambda topic, payload, retained: heard.append(payload)
    siren.on_up = lambda: ups.append(time.monotonic())
    await siren.subscribe([DOWN])
    running = [asyncio.create_task(link.run()) for link in (siren, office)]
    await eventually(lambda: siren.connected and office.connected)
    broker.kill()
    await eventually(lambda: not siren.connected and not office.connected)
    with pytest.raises(LinkLost):
        await office.publish(DOWN, b"lost")
    broker.start()
    await eventually(lambda: siren.connected and office.connected, within=20)
    await office.publish(DOWN, b"found")
    await eventually(lambda: heard == [b"found"])
    assert len(ups) == 2
    await siren.close()
    await office.close()
    await asyncio.wait_for(asyncio.gather(*running), 5)


async def test_what_waits_for_the_broker_fails_when_the_link_is_cut(brokers: Brokers) -> None:
    office = brokers().link("office", dispatcher(OFFICE))
    await office.connect()
    waiting = office.publish(DOWN, b"x")
    office.drop()
    with pytest.raises(LinkLost):
        await asyncio.wait_for(waiting, 5)
    assert not office.connected


async def test_a_silent_broker_is_noticed() -> None:
    """One that accepts and then says nothing: keepalive ends it, and patience the log-in."""

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(10)
        writer.write(bytes.fromhex("20020000"))
        await asyncio.sleep(60)

    server = await asyncio.start_server(deaf, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    link = Link("127.0.0.1", port, "siren", keepalive=1)
    await link.connect()
    await eventually(lambda: not link.connected, within=4)
    server.close()


async def test_a_broker_without_a_welcome_is_given_up() -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    server = await asyncio.start_server(mute, "127.0.0.1", 0)
    link = Link("127.0.0.1", server.sockets[0].getsockname()[1], "siren")
    link.patience_s = 0.2
    with pytest.raises(TimeoutError):
        await link.connect()
    server.close()


async def test_tls_believes_only_this_office(
    brokers: Brokers, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> None:
    broker = brokers(tls=authority.server(["localhost", "127.0.0.1"]))
    ours = client_context(authority.directory / "ca.pem")
    siren = Link("127.0.0.1", broker.port, "siren", "7", PASSWORDS["7"], ours)
    await siren.connect()
    await siren.publish(UP, b"x")
    await siren.close()
    other = Authority.create(tmp_path_factory.mktemp("other"), "外区")
    stranger = Link(
        "127.0.0.1", broker.port, "siren", "7", PASSWORDS["7"],
        client_context(other.directory / "ca.pem"),
    )  # fmt: skip
    with pytest.raises(ssl.SSLError):
        await stranger.connect()


async def test_a_device_certificate_is_its_account(brokers: Brokers, authority: Authority) -> None:
    server = authority.server(["localhost", "127.0.0.1"])
    broker = brokers(tls=server, client_certificates=True)
    context = client_context(authority.directory / "ca.pem", authority.device("7"))
    siren = Link("127.0.0.1", broker.port, "siren", tls=context)
    heard: list[str] = []
    siren.on_message = lambda topic, payload, retained: heard.append(topic)
    await siren.connect()
    await siren.subscribe([f"hudun/{OFFICE}/t/+/up", f"hudun/{OFFICE}/t/7/up"])
    await siren.subscribe([DOWN])
    await siren.publish(UP, b"x")
    with pytest.raises((Refused, LinkLost, OSError)):
        await Link(
            "127.0.0.1",
            broker.port,
            "bare",
            "7",
            PASSWORDS["7"],
            client_context(authority.directory / "ca.pem"),
        ).connect()
    assert heard == []
    await siren.close()
