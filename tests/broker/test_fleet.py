"""A fleet with faults over a real broker, in compressed time."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hudun.runtime import clock
from hudun.runtime.broker import dispatcher, write_access
from hudun.runtime.mqtt import Broker, Link
from hudun.terminal import cli
from hudun.terminal.fleet import Fleet, make_fleet_provisions, parse_faults, write_members
from hudun.wire import cose, topics
from hudun.wire.frames import Kind, Question, Receipt, State, kind_of
from hudun.wire.simulation.people import NOON, OFFICE, People
from tests.broker.running import PASSWORDS, Brokers, Running, eventually

pytestmark = pytest.mark.broker

FAULTS = {
    "faults": [
        {"siren": 2, "fault": "offline"},
        {"siren": 3, "fault": "slow", "seconds": 8},
        {"siren": 4, "fault": "clock_off", "seconds": 3},
        {"siren": 5, "fault": "dead_amplifier"},
        {"siren": 6, "fault": "no_evidence"},
        {"siren": 7, "fault": "reboot", "at": 30, "for": 60},
        {"siren": 8, "fault": "sounds_by_itself", "at": 1, "for": 20},
    ]
}
MEMBERS = make_fleet_provisions(8, {OFFICE: People().trust}, [[3], [4]], seed="test")


@dataclass
class Desk:
    """An office's ear and mouth at the broker."""

    link: Link
    office: People = field(default_factory=People)
    receipts: list[Receipt] = field(default_factory=list)
    kinds: dict[int, set[Kind]] = field(default_factory=dict)

    def hear(self, topic: str, payload: bytes, retained: bool) -> None:
        siren, envelope = topics.siren_of(topic, OFFICE), cose.take_apart(payload)
        assert siren is not None and not retained
        member = next(member for member in MEMBERS if member.siren == siren)
        assert envelope.signed_by(member.public)
        kind = kind_of(envelope.payload)
        self.kinds.setdefault(siren, set()).add(kind)
        if kind is Kind.QUESTION:
            nonce = Question.decode(envelope.payload).nonce
            answer = self.office.time(nonce, round(clock.now() * 1000))
            self.link.publish(topics.down(OFFICE, siren), answer)
        if kind is Kind.RECEIPT:
            receipt = Receipt.decode(envelope.payload)
            if receipt not in self.receipts:
                self.receipts.append(receipt)

    def states(self, siren: int) -> list[State]:
        mine = [receipt for receipt in self.receipts if receipt.siren == siren]
        return [receipt.state for receipt in sorted(mine, key=lambda receipt: receipt.number)]

    def say(self, *frames: bytes) -> None:
        for frame in frames:
            self.link.publish(topics.to_all(OFFICE), frame)


@pytest.fixture
def noon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "clock"
    clock.write_knots(path, [(time.time(), NOON)], 1)
    monkeypatch.setenv(clock.VARIABLE, str(path))
    yield path


def hurry(path: Path, rate: float) -> None:
    clock.write_knots(path, [(time.time(), clock.now())], rate)
    time.sleep(2 * clock.LOOK_EVERY_S)


@asynccontextmanager
async def sounding(
    broker: Running, store: Path, faults: object
) -> AsyncIterator[tuple[Fleet, Desk]]:
    desk = Desk(broker.link("desk", dispatcher(OFFICE)))
    desk.link.on_message = desk.hear
    desk.link.topics = [topics.any_up(OFFICE)]
    desk_running = asyncio.create_task(desk.link.run())
    await eventually(lambda: desk.link.connected)
    fleet = Fleet(
        MEMBERS, Broker("127.0.0.1", broker.port, secure=False), store,
        parse_faults(faults), rosters=[desk.office.roster()],
    )  # fmt: skip
    await fleet.start()
    try:
        yield fleet, desk
    finally:
        await fleet.close()
        await desk.link.close()
        await desk_running


def with_fleet(broker: Running) -> None:
    """Give every member an account; mosquitto reads its files at the start only."""
    broker.kill()
    write_access(
        broker.directory, [OFFICE], PASSWORDS | {str(m.siren): m.password for m in MEMBERS}
    )
    broker.start()


async def test_every_fault_shows_in_the_receipts(
    brokers: Brokers, noon: Path, tmp_path: Path
) -> None:
    broker = brokers()
    with_fleet(broker)
    async with sounding(broker, tmp_path / "fleet", FAULTS) as (fleet, desk):
        await eventually(lambda: fleet.connected == 7)
        await eventually(lambda: desk.states(8) == [State.UNSOLICITED], within=4)
        order = desk.office.order(issued=int(clock.now()))
        desk.say(order, desk.office.release(order, released=int(clock.now()), start=20))
        hurry(noon, 40)
        await eventually(lambda: clock.now() > NOON + 300, within=15)
        done = [State.ACCEPTED, State.SOUNDING, State.FINISHED]
        assert desk.states(1) == done
        assert desk.states(2) == []
        assert desk.states(3) == done
        assert desk.states(4) == done
        assert desk.states(5) == [State.ACCEPTED, State.SILENT]
        assert desk.states(6) == [State.ACCEPTED, State.UNPROVED]
        assert desk.states(7) == [State.ACCEPTED, State.SOUNDING, State.INTERRUPTED]
        assert State.QUIET in desk.states(8)
        assert fleet.counters.accepted == 7
        assert fleet.counters.sounding == 0
        begun = {r.siren: r.at_ms for r in desk.receipts if r.state is State.SOUNDING}
        assert abs(begun[1] - begun[3]) < 500
        assert abs(begun[1] - begun[4] - 3000) < 500  # milliseconds of office time
        proved = {r.siren: r.amount for r in desk.receipts if r.state is State.FINISHED}
        assert proved[1] == 90_000


async def test_a_stop_silences_all_at_once(brokers: Brokers, noon: Path, tmp_path: Path) -> None:
    broker = brokers()
    with_fleet(broker)
    async with sounding(broker, tmp_path / "fleet", {"faults": []}) as (fleet, desk):
        await eventually(lambda: fleet.connected == 8)
        order = desk.office.order(programme=((3, 0),))
        desk.say(order, desk.office.release(order, start=0, released=NOON))
        await eventually(lambda: fleet.counters.sounding == 8)
        pressed = time.time()
        desk.say(desk.office.stop(1))
        await eventually(lambda: fleet.counters.sounding == 0, within=1)
        assert fleet.counters.silent_since is not None
        assert fleet.counters.silent_since - pressed < 0.5
        await eventually(lambda: desk.states(1)[-2:] == [State.INTERRUPTED, State.STOPPED])


async def test_the_broker_may_die_in_the_middle(
    brokers: Brokers, noon: Path, tmp_path: Path
) -> None:
    broker = brokers()
    with_fleet(broker)
    async with sounding(broker, tmp_path / "fleet", {"faults": []}) as (fleet, desk):
        await eventually(lambda: fleet.connected == 8)
        order = desk.office.order()
        desk.say(order, desk.office.release(order, start=0, released=NOON))
        await eventually(lambda: fleet.counters.sounding == 8)
        broker.kill()
        hurry(noon, 40)
        broker.start()
        await eventually(lambda: clock.now() > NOON + 200, within=8)
        await eventually(
            lambda: all(
                desk.states(m.siren) == [State.ACCEPTED, State.SOUNDING, State.FINISHED]
                for m in MEMBERS
            ),
            within=10,
        )


async def test_a_fleet_goes_on_where_its_store_stands(
    brokers: Brokers, noon: Path, tmp_path: Path
) -> None:
    broker = brokers()
    with_fleet(broker)
    async with sounding(broker, tmp_path / "fleet", {"faults": []}) as (fleet, desk):
        await eventually(lambda: fleet.connected == 8)
        order = desk.office.order(programme=((3, 0),))
        release = desk.office.release(order, start=0, released=NOON)
        desk.say(order, release)
        await eventually(lambda: fleet.counters.sounding == 8)
    async with sounding(broker, tmp_path / "fleet", {"faults": []}) as (fleet, desk):
        await eventually(lambda: fleet.counters.sounding == 8, within=1)
        desk.say(order, release)
        await asyncio.sleep(0.2)
        assert fleet.counters.accepted == 0
        assert all(one.unit and one.unit.boot == 2 for one in fleet.terminals.values())


def started(words: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(words, cwd=Path(__file__).parents[2])


async def test_the_command_runs_a_fleet_and_ends_when_told(
    brokers: Brokers, tmp_path: Path
) -> None:
    broker = brokers()
    with_fleet(broker)
    write_members(tmp_path / "members", MEMBERS)
    words = [
        sys.executable, "-m", "hudun.cli", "terminal", "--fleet", "8",
        "--provision", str(tmp_path / "members"), "--state", str(tmp_path / "state"),
        "--broker", f"mqtt://127.0.0.1:{broker.port}", "--counters", str(tmp_path / "counters"),
    ]  # fmt: skip
    process = started(words)
    try:

        def connected() -> int:
            path = tmp_path / "counters"
            return int(json.loads(path.read_text())["connected"]) if path.exists() else 0

        await eventually(lambda: connected() == 8, within=30)
        process.terminate()
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()


def test_a_wrong_fault_file_is_named_at_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_members(tmp_path / "members", MEMBERS)
    (tmp_path / "faults").write_text('{"faults": [{"siren": 99, "fault": "offline"}]}')
    words = ["--fleet", "8", "--provision", str(tmp_path / "members")]
    words += ["--state", str(tmp_path / "state"), "--broker", "mqtt://127.0.0.1:1"]
    assert cli.main([*words, "--faults", str(tmp_path / "faults")]) == 2
    assert "422.4" in capsys.readouterr().err


def test_a_second_broker_is_not_silently_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_members(tmp_path / "members", MEMBERS)
    words = ["--fleet", "8", "--provision", str(tmp_path / "members")]
    words += ["--state", str(tmp_path / "state"), "--broker", "mqtt://127.0.0.1:1"]
    assert cli.main([*words, "--broker", "mqtt://127.0.0.1:2"]) == 2
    assert "只写一个 --broker" in capsys.readouterr().err
