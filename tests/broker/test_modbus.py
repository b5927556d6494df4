"""A motor siren: the coil goes off whatever happens to the programs that hold it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from hudun.runtime.broker import dispatcher, write_access
from hudun.runtime.keys import new_machine_key
from hudun.runtime.mqtt import Link
from hudun.terminal.drivers.modbus import Modbus
from hudun.wire import cose, topics
from hudun.wire.frames import Evidence, Kind, Mode, Receipt, State, kind_of
from hudun.wire.signals import PATTERNS, Pattern
from hudun.wire.simulation.people import DESK, OFFICE, People
from hudun.wire.terminal import Provision
from tests.broker.relay_module import RelayModule, relay_module
from tests.broker.running import PASSWORDS, Brokers, Running, eventually

pytestmark = pytest.mark.broker

PEOPLE = People(until=2**32)
SHORT, FIVE_SECONDS = 32, Pattern(((4, 1),), 1)
SOON = 2.0  # seconds within which sound ends


@asynccontextmanager
async def driven(module: RelayModule, *, pulse: bool = False) -> AsyncIterator[Modbus]:
    driver = Modbus(module.wiring(pulse=pulse))
    await driver.start()
    try:
        yield driver
    finally:
        await driver.close()


async def held(driver: Modbus, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        driver.hold()
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("pulse", [False, True])
async def test_sound_lasts_as_long_as_it_is_renewed(pulse: bool) -> None:
    async with relay_module() as module, driven(module, pulse=pulse) as driver:
        await held(driver, 3.0)
        assert module.on and driver.seen() is True
        assert len(module.history) == 2  # on once, without a gap
        ended = time.monotonic()
        await eventually(lambda: not module.on, within=SOON)
        assert module.history[-1][0] - ended < SOON


async def test_a_word_ends_it_at_once() -> None:
    async with relay_module() as module, driven(module) as driver:
        await held(driver, 0.5)
        assert module.on
        driver.silence()
        await eventually(lambda: not module.on, within=0.3)
        await eventually(lambda: driver.seen() is False, within=0.5)


async def test_what_sounds_at_the_start_is_silenced() -> None:
    async with relay_module() as module:
        module.switch(True)
        async with driven(module) as driver:
            assert not module.on
            assert await driver.self_test()


async def test_a_welded_contactor_is_seen() -> None:
    async with relay_module() as module, driven(module) as driver:
        module.welded = True
        await eventually(lambda: driver.seen() is True, within=1)
        assert not module.on


async def test_a_module_that_is_gone_is_no_evidence() -> None:
    async with relay_module() as module:
        driver = Modbus(module.wiring())
        await driver.start()
        await eventually(lambda: driver.seen() is False, within=1)
    await eventually(lambda: driver.seen() is None, within=3)
    assert not await driver.self_test()
    assert driver._guard is not None
    closing = asyncio.create_task(driver.close())
    await asyncio.sleep(0.2)
    with suppress(ProcessLookupError):
        driver._guard.kill()  # it may stay, and wait for the module
    await closing


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_guard_that_falls_is_replaced_and_the_coil_never_stays_on(blow: int) -> None:
    async with relay_module() as module, driven(module) as driver:
        await held(driver, 0.5)
        assert module.on and driver._guard is not None
        killed = time.monotonic()
        driver._guard.send_signal(blow)
        driver.silence()
        await eventually(lambda: not module.on, within=SOON)
        assert module.history[-1][0] - killed < SOON
        await held(driver, 1.5)
        assert module.on


async def test_with_a_pulse_register_nobody_is_needed() -> None:
    """Terminal and guard die in the same moment, as with the power of the computer."""
    async with relay_module() as module, driven(module, pulse=True) as driver:
        await held(driver, 1.0)
        assert module.on and driver._guard is not None and driver._keeping is not None
        driver._keeping.cancel()
        driver._guard.kill()
        killed = time.monotonic()
        await eventually(lambda: not module.on, within=SOON)
        assert module.history[-1][0] - killed < SOON


# ---- the whole program


@pytest.fixture
def beside(tmp_path: Path, brokers: Brokers) -> Iterator[Beside]:
    beside = Beside(tmp_path, brokers())
    yield beside
    beside.end()


class Beside:
    """`hudun terminal --driver modbus` for siren 7, and the desk that speaks to it."""

    def __init__(self, folder: Path, broker: Running) -> None:
        self.folder, self.broker = folder, broker
        write_access(broker.directory, [OFFICE], PASSWORDS)
        provision = Provision(
            7, frozenset({3}), {OFFICE: PEOPLE.trust}, {**PATTERNS, SHORT: FIVE_SECONDS}
        )
        (folder / "provision.json").write_text(json.dumps(provision.to_json()))
        (folder / "roster").write_bytes(PEOPLE.roster())
        (folder / "password").write_text(PASSWORDS["7"] + "\n")
        self.public = new_machine_key(folder / "key").public_key().public_bytes_raw()
        self.desk: Link = broker.link("desk", dispatcher(OFFICE))
        self.desk.on_message = self._hear
        self.receipts: dict[int, Receipt] = {}
        self.heard = 0
        self.processes: list[subprocess.Popen[bytes]] = []

    async def greet(self) -> None:
        await self.desk.connect()
        await self.desk.subscribe([topics.any_up(OFFICE)])

    def start(self, *driver: str) -> subprocess.Popen[bytes]:
        words = [
            sys.executable, "-c", "import sys; from hudun.terminal.cli import main; "
            "sys.exit(main(sys.argv[1:]))",
            "--provision", "provision.json", "--key", "key", "--state", "state",
            "--password-file", "password", "--clock", "kept", "--roster", "roster",
            "--broker", f"mqtt://127.0.0.1:{self.broker.port}", *driver,
        ]  # fmt: skip
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        self.processes.append(subprocess.Popen(words, cwd=self.folder, env=environment))
        return self.processes[-1]

    @asynccontextmanager
    async def relay(self) -> AsyncIterator[RelayModule]:
        """A module that outlives the programs: a guard stays until it knows the coil is off."""
        async with relay_module() as module:
            try:
                yield module
            finally:
                self.end()
                await asyncio.sleep(0.5)

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def say(self, *frames: bytes) -> None:
        for frame in frames:
            self.desk.publish(topics.down(OFFICE, 7), frame)

    def sound(self, mode: Mode = Mode.LIVE, kids: tuple[int, int] | None = None) -> None:
        now = int(time.time())
        first, second = kids or (11, 12)
        order = PEOPLE.order(issued=now, programme=((3, 0),), mode=mode, kid=first)
        self.say(order, PEOPLE.release(order, released=now, start=0, kid=second))

    @property
    def states(self) -> list[State]:
        return [self.receipts[number].state for number in sorted(self.receipts)]

    def _hear(self, _: str, payload: bytes, retained: bool) -> None:
        self.heard += 1
        envelope = cose.take_apart(payload)
        assert envelope.signed_by(self.public)
        if kind_of(envelope.payload) is Kind.RECEIPT:
            receipt = Receipt.decode(envelope.payload)
            self.receipts[receipt.number] = receipt


def wired(module: RelayModule) -> list[str]:
    return ["--driver", "modbus", *module.wiring().words()]


async def sounding(beside: Beside, module: RelayModule) -> subprocess.Popen[bytes]:
    await beside.greet()
    process = beside.start(*wired(module))
    await eventually(lambda: beside.heard > 0, within=30)
    beside.sound()
    await eventually(lambda: module.on, within=3)
    return process


async def test_the_terminal_is_killed_while_the_coil_is_on(beside: Beside) -> None:
    async with beside.relay() as module:
        process = await sounding(beside, module)
        await eventually(lambda: State.SOUNDING in beside.states)
        killed = time.monotonic()
        process.kill()
        await eventually(lambda: not module.on, within=SOON)
        assert module.history[-1][0] - killed < SOON
        beside.start(*wired(module))  # and it goes on where the order stands
        await eventually(lambda: module.on, within=30)
        receipt = next(r for r in beside.receipts.values() if r.state is State.SOUNDING)
        assert receipt.evidence == Evidence.RELAY


async def test_a_stopped_program_renews_nothing(beside: Beside) -> None:
    async with beside.relay() as module:
        process = await sounding(beside, module)
        process.send_signal(signal.SIGSTOP)
        stopped = time.monotonic()
        await eventually(lambda: not module.on, within=SOON)
        assert module.history[-1][0] - stopped < SOON
        process.send_signal(signal.SIGCONT)


async def test_a_stop_silences_and_a_termination_too(beside: Beside) -> None:
    async with beside.relay() as module:
        process = await sounding(beside, module)
        pressed = time.monotonic()
        beside.say(PEOPLE.stop(1))
        await eventually(lambda: not module.on, within=1)
        assert module.history[-1][0] - pressed < 1
        await eventually(lambda: State.STOPPED in beside.states)
        now = int(time.time())
        order = PEOPLE.order(2, issued=now, programme=((3, 0),))
        beside.say(order, PEOPLE.release(order, released=now, start=0))
        await eventually(lambda: module.on, within=2)
        process.terminate()
        await eventually(lambda: not module.on, within=1)
        assert process.wait(5) == 0


async def test_a_silent_test_moves_no_relay(beside: Beside) -> None:
    async with beside.relay() as module:
        await beside.greet()
        beside.start(*wired(module))
        await eventually(lambda: beside.heard > 0, within=30)
        now = int(time.time())
        order = PEOPLE.order(issued=now, programme=((SHORT, 0),), mode=Mode.SILENT, kid=DESK)
        beside.say(order, PEOPLE.release(order, released=now, start=0, kid=DESK))
        await eventually(lambda: State.FINISHED in beside.states, within=20)
        finished = next(r for r in beside.receipts.values() if r.state is State.FINISHED)
        assert finished.evidence == Evidence.SELF_TEST
        assert len(module.history) == 1


async def test_a_short_signal_is_finished_on_the_relays_word(beside: Beside) -> None:
    async with beside.relay() as module:
        await beside.greet()
        beside.start(*wired(module))
        await eventually(lambda: beside.heard > 0, within=30)
        now = int(time.time())
        order = PEOPLE.order(issued=now, programme=((SHORT, 0),))
        beside.say(order, PEOPLE.release(order, released=now, start=3))
        await eventually(lambda: State.FINISHED in beside.states, within=20)
        finished = next(r for r in beside.receipts.values() if r.state is State.FINISHED)
        assert 3600 <= finished.amount <= 4000
        (_, _), (on, _), (off, _) = module.history
        assert abs(off - on - 4.0) < 0.3
        epoch = time.time() - time.monotonic()
        assert abs(on + epoch - now - 3) < 0.3
