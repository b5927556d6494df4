"""What each account may do at the broker, the same on both."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hudun.runtime.broker import dispatcher
from hudun.runtime.broker.access import acl, covers, hashed, matches
from hudun.runtime.mqtt import Link, LinkLost, Refused
from tests.broker.running import CITY, OFFICE, Brokers, Running, eventually

ALL, GROUP = f"hudun/{OFFICE}/all", f"hudun/{OFFICE}/g/3"


def down(siren: int, office: int = OFFICE) -> str:
    return f"hudun/{office}/t/{siren}/down"


def up(siren: int, office: int = OFFICE) -> str:
    return f"hudun/{office}/t/{siren}/up"


async def connected(broker: Running, account: str) -> Link:
    link = broker.link(f"{account}-test", account)
    await link.connect()
    return link


@pytest.mark.broker
@pytest.mark.parametrize("kind", ["mosquitto", "amqtt"])
async def test_a_terminal_writes_under_its_own_number_only(brokers: Brokers, kind: str) -> None:
    broker = brokers(kind)
    heard: list[tuple[str, bytes]] = []
    listeners = [await connected(broker, dispatcher(office)) for office in (OFFICE, CITY)]
    for office, link in zip((OFFICE, CITY), listeners, strict=True):
        link.on_message = lambda topic, payload, retained: heard.append((topic, payload))
        await link.subscribe([f"hudun/{office}/t/+/up"])
    neighbour = await connected(broker, "8")
    neighbour.on_message = lambda topic, payload, retained: heard.append((topic, payload))
    await neighbour.subscribe([ALL, GROUP, down(8)])
    for topic in (up(8), ALL, GROUP, down(8), down(7), up(7), up(7, CITY)):
        thief = await connected(broker, "7")  # amqtt may hang up on a forbidden topic
        with suppress(LinkLost, TimeoutError):
            await asyncio.wait_for(thief.publish(topic, b"from seven"), 5)
        await thief.close()
    expected = {(up(7), b"from seven"), (up(7, CITY), b"from seven")}
    await eventually(lambda: expected <= set(heard))
    await asyncio.sleep(0.2)
    assert set(heard) == expected


@pytest.mark.broker
@pytest.mark.parametrize("kind", ["mosquitto", "amqtt"])
@pytest.mark.parametrize(
    ("account", "topic", "allowed"),
    [
        ("7", down(7), True),
        ("7", ALL, True),
        ("7", GROUP, True),
        ("7", down(8), False),
        ("7", up(7), False),
        ("7", f"hudun/{OFFICE}/t/+/up", False),
        ("7", "#", False),
        (dispatcher(OFFICE), f"hudun/{OFFICE}/t/+/up", True),
        (dispatcher(OFFICE), f"hudun/{CITY}/t/+/up", False),
    ],
)
async def test_who_may_read_what(
    brokers: Brokers, kind: str, account: str, topic: str, allowed: bool
) -> None:
    broker = brokers(kind)
    reader = await connected(broker, account)
    heard: set[str] = set()
    reader.on_message = lambda topic, payload, retained: heard.add(topic)
    try:
        await reader.subscribe([topic])
    except Refused:
        assert not allowed
        return
    # mosquitto 2.0 grants every subscription and withholds the messages.
    office, neighbour = broker.link("office", dispatcher(OFFICE)), broker.link("eight", "8")
    await office.connect()
    await neighbour.connect()
    for told in (ALL, GROUP, down(7), down(8)):
        await asyncio.wait_for(office.publish(told, b"x"), 5)
    for told in (up(8), up(8, CITY)):
        await asyncio.wait_for(neighbour.publish(told, b"x"), 5)
    await asyncio.sleep(0.2)
    own = {ALL, GROUP, down(7)} if account == "7" else {up(8)}
    assert heard <= own
    assert bool(heard) == (allowed or topic == "#")


@pytest.mark.broker
async def test_nobody_pushes_a_terminal_off_the_line_by_taking_its_id(brokers: Brokers) -> None:
    from tests.broker.running import free_port

    broker = brokers(office_port=free_port())
    victim = await connected(broker, "7")
    thief = broker.link("7", "8")
    await thief.connect()
    await asyncio.sleep(0.2)
    assert victim.connected and thief.connected


def test_the_acl_gives_no_terminal_a_word_downwards() -> None:
    lines = acl((OFFICE,)).splitlines()
    assert [line for line in lines if line.startswith("pattern write")] == [
        f"pattern write hudun/{OFFICE}/t/%u/up"
    ]


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_password_matches_itself_alone(word: str, other: str) -> None:
    entry = hashed(word)
    assert matches(word, entry)
    assert matches(other, entry) == (word == other)


@pytest.mark.parametrize(
    ("rule", "topic", "covered"),
    [
        ("a/+/c", "a/b/c", True), ("a/+/c", "a/+/c", True), ("a/b/c", "a/+/c", False),
        ("a/+", "a/#", False), ("a/+", "#", False), ("a/+", "a/b/c", False), ("a/+", "a/", False),
    ],
)  # fmt: skip
def test_a_filter_is_covered_only_by_a_rule_as_wide(rule: str, topic: str, covered: bool) -> None:
    assert covers(rule, topic) is covered
