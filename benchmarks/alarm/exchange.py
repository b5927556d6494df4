"""The same sessions and frames with no machine behind them and nothing stored.

One process holds all the sessions: each verifies order and release with the keys of their two
signers, signs one receipt with its own key and publishes it. The other publishes the two frames on
the group topic and verifies every receipt. Unsigned, the same octets travel and nobody looks.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from hudun.runtime.mqtt import Link
from hudun.terminal.fleet import Member, read_members
from hudun.terminal.fleet.fleet import KNOCK_AT_ONCE
from hudun.wire import topics
from hudun.wire.cose import sign1, take_apart
from hudun.wire.frames import Kind, Receipt, State, kind_of, siren_kid

HOST = "127.0.0.1"
PATIENCE_S = 120.0
READY = "ready"


@dataclass
class Call:
    """What is published: order and release, and the public keys of their signers."""

    frames: tuple[bytes, bytes]
    signers: tuple[bytes, bytes]


@dataclass
class Session:
    member: Member
    link: Link
    signers: tuple[bytes, bytes]
    signed: bool
    answer: bytes = b""
    heard: int = 0

    def __post_init__(self) -> None:
        office = self.member.provision.home
        self.topic = topics.up(office, self.member.siren)
        self.link.topics = topics.subscriptions(office, self.member.siren, ())
        self.link.on_message = self.hear
        self.answer = self.receipt()

    def hear(self, _topic: str, frame: bytes, _retained: bool) -> None:
        position, self.heard = self.heard % 2, self.heard + 1
        if self.signed and not take_apart(frame).signed_by(self.signers[position]):
            raise AssertionError("a bad frame")
        if position:
            self.link.publish(self.topic, self.receipt() if self.signed else self.answer)

    def receipt(self) -> bytes:
        siren, office = self.member.siren, self.member.provision.home
        receipt = Receipt(
            siren, 1, office, 1, None, State.ACCEPTED, time.time_ns() // 10**6, 0, 0, None
        )
        return sign1(receipt.encode(), siren_kid(siren), self.member.key)


@dataclass
class Desk:
    """Publishes, and counts what comes back."""

    link: Link
    office: int
    keys: dict[int, bytes]
    signed: bool

    def __post_init__(self) -> None:
        self.answered: set[int] = set()
        self.all_answered = asyncio.Event()
        self.link.topics = [topics.any_up(self.office)]
        self.link.on_message = self.hear

    def hear(self, topic: str, frame: bytes, _retained: bool) -> None:
        siren = topics.siren_of(topic, self.office)
        assert siren is not None
        if self.signed:
            envelope = take_apart(frame)
            assert envelope.signed_by(self.keys[siren])
            assert kind_of(envelope.payload) is Kind.RECEIPT
        self.answered.add(siren)
        if len(self.answered) == len(self.keys):
            self.all_answered.set()

    async def call(self, frames: tuple[bytes, bytes]) -> float:
        """Seconds to the last answer."""
        self.answered.clear()
        self.all_answered.clear()
        began = time.perf_counter()
        for frame in frames:
            self.link.publish(topics.to_all(self.office), frame)
        async with asyncio.timeout(PATIENCE_S):
            await self.all_answered.wait()
        return time.perf_counter() - began


def exchange(
    directory: Path, port: int, account: tuple[str, str], call: Call, *, signed: bool, times: int
) -> list[float]:
    """Seconds of each call; the sessions live in a process of their own."""
    members = read_members(directory / "fleet.jsonl")
    words = [str(directory / "fleet.jsonl"), str(port), *(key.hex() for key in call.signers)]
    command = [sys.executable, "-m", "benchmarks.alarm.exchange", *words]
    command += ["--signed"] if signed else []
    sessions = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert sessions.stdout is not None
        assert sessions.stdout.readline().strip() == READY
        link = Link(HOST, port, "exchange", *account)
        desk_of = {member.siren: member.public for member in members}
        return asyncio.run(
            _calls(Desk(link, members[0].provision.home, desk_of, signed), call, times)
        )
    finally:
        sessions.kill()
        sessions.wait()


async def _calls(desk: Desk, call: Call, times: int) -> list[float]:
    up = asyncio.Event()
    desk.link.on_up = up.set
    running = asyncio.create_task(desk.link.run())
    await up.wait()
    seconds = []
    for _ in range(times):
        seconds.append(await desk.call(call.frames))
        await asyncio.sleep(0.5)
    await desk.link.close()
    await running
    return seconds


async def _sessions(path: Path, port: int, signers: tuple[bytes, bytes], signed: bool) -> None:
    gate = asyncio.Semaphore(KNOCK_AT_ONCE)
    sessions = []
    for member in read_members(path):
        link = Link(HOST, port, f"siren-{member.siren}", str(member.siren), member.password)
        link.gate = gate
        sessions.append(Session(member, link, signers, signed))
    running = [asyncio.create_task(one.link.run()) for one in sessions]
    while not all(one.link.connected for one in sessions):  # noqa: ASYNC110 - they come and go
        await asyncio.sleep(0.1)
    gc.collect()
    gc.freeze()  # as the fleet does
    print(READY, flush=True)
    await asyncio.gather(*running)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("members", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("signers", nargs=2)
    parser.add_argument("--signed", action="store_true")
    asked = parser.parse_args()
    first, second = (bytes.fromhex(key) for key in asked.signers)
    asyncio.run(_sessions(asked.members, asked.port, (first, second), asked.signed))


if __name__ == "__main__":
    main()
