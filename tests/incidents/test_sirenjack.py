"""SirenJack, San Francisco 2018 (found, not exploited).

Orders went over the air in the clear. A researcher listened to the weekly silent tests for two
years, learnt the protocol, and could have sounded every siren with a transmitter of his own.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

import pytest

from hudun.runtime.broker import dispatcher, write_access
from hudun.runtime.mqtt import Broker, Link, LinkLost
from hudun.terminal.fleet import Fleet, make_fleet_provisions
from hudun.wire import cose, topics
from hudun.wire.frames import Kind, Mode, Reason, Receipt, State, kind_of
from hudun.wire.simulation.people import DESK, OFFICE, People
from tests.broker.running import PASSWORDS, Brokers, eventually

pytestmark = pytest.mark.broker

PEOPLE = People(until=2**32)
MEMBERS = make_fleet_provisions(3, {OFFICE: PEOPLE.trust}, seed="sirenjack")
WORDS = PASSWORDS | {str(member.siren): member.password for member in MEMBERS}


class Ear:
    """All that comes up from the sirens."""

    def __init__(self, link: Link) -> None:
        self.receipts: list[Receipt] = []
        link.topics = [topics.any_up(OFFICE)]
        link.on_message = self.hear

    def hear(self, _topic: str, payload: bytes, _retained: bool) -> None:
        inside = cose.take_apart(payload).payload
        if kind_of(inside) is Kind.RECEIPT:
            self.receipts.append(Receipt.decode(inside))

    def states(self) -> set[State]:
        return {receipt.state for receipt in self.receipts}


def weekly_test(counter: int) -> list[bytes]:
    now = int(time.time())
    order = PEOPLE.order(counter, DESK, issued=now, mode=Mode.SILENT, programme=((3, 0),))
    return [order, PEOPLE.release(order, kid=DESK, released=now, start=0)]


def own_orders(counter: int, recorded: list[bytes]) -> list[bytes]:
    """What somebody can make who has read docs/wire.md but holds no key of the roster."""
    now = int(time.time())
    forged = PEOPLE.order(counter, issued=now, key_of=77)
    release = PEOPLE.release(forged, released=now, start=0, key_of=78)
    louder = recorded[0].replace(bytes([Mode.SILENT.value]), bytes([Mode.LIVE.value]))
    return [forged, release, louder, *recorded]


async def test_neither_an_account_nor_the_broker_makes_a_sound(
    brokers: Brokers, tmp_path: Path
) -> None:
    broker = brokers()
    broker.kill()
    write_access(broker.directory, [OFFICE], WORDS)
    broker.start()
    office = broker.link("office", dispatcher(OFFICE))
    ear, running = Ear(office), asyncio.create_task(office.run())
    fleet = Fleet(
        MEMBERS, Broker("127.0.0.1", broker.port, secure=False), tmp_path / "fleet",
        rosters=[PEOPLE.roster()],
    )  # fmt: skip
    await fleet.start()
    try:
        await eventually(lambda: fleet.connected == 3 and office.connected)
        recorded: list[bytes] = []
        for week in (1, 2):
            frames = weekly_test(week)
            recorded += frames
            for frame in frames:
                office.publish(topics.to_all(OFFICE), frame)
            await eventually(lambda week=week: fleet.counters.accepted == 3 * week, 20)  # type: ignore[misc]
        attacks = own_orders(3, recorded)
        await _by_a_stolen_terminal(broker.link("thief", "7"), attacks)
        await asyncio.sleep(0.5)
        assert not any(r.evidence == Reason.BAD_SIGNATURE for r in ear.receipts)  # none arrived
        for frame in attacks * 3:  # now with the broker itself in the enemy's hands
            office.publish(topics.to_all(OFFICE), frame)
            office.publish(topics.down(OFFICE, 2), frame)
        await eventually(lambda: State.REFUSED in ear.states(), 20)
        await asyncio.sleep(1.0)
        assert fleet.counters.sounding == 0 and fleet.counters.silent_since is None
        assert fleet.counters.accepted == 6
        assert not ear.states() & {State.SOUNDING, State.UNSOLICITED}
    finally:
        await fleet.close()
        await office.close()
        await running


async def _by_a_stolen_terminal(link: Link, frames: list[bytes]) -> None:
    """Its account is good for its own words only."""
    await link.connect()
    for frame in frames:
        for topic in (topics.to_all(OFFICE), topics.down(OFFICE, 2)):
            with suppress(LinkLost, TimeoutError):
                await asyncio.wait_for(link.publish(topic, frame), 2)
    await link.close()
