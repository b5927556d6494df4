"""Dispatch as a process, killed and restarted with everything around it: nothing is lost, nothing
doubled, every verdict right."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.broker.alarm_net import SIRENS, AlarmNet, template
from tests.broker.conftest import Brokers, Running
from tools.pg_cluster import cluster

pytestmark = [pytest.mark.broker, pytest.mark.slow]

EVERYBODY = list(range(1, SIRENS + 1))
RATE = 6.0  # a signal of three minutes takes thirty seconds
Seen = dict[str, Any]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    return template(folder, Running("mosquitto", folder, 0))


@pytest.fixture
def net(brokers: Brokers, tmp_path: Path, office: Path) -> Iterator[AlarmNet]:
    yield from _net(AlarmNet(tmp_path, brokers(), "", RATE), office)


def _net(net: AlarmNet, office: Path | None) -> Iterator[AlarmNet]:
    net.prepare(office)
    net.start("dispatch", "fleet")
    try:
        net.wait(lambda seen: seen["roster"] == EVERYBODY)
        yield net
    finally:
        net.end()


def finished(seen: Seen) -> bool:
    return set(seen["orders"].values()) == {"closed"}


def check_whole(seen: Seen) -> None:
    """Every siren finished, each word was stored once, and none is missing."""
    assert [row[:4] for row in seen["verdicts"]] == [[1, n, 0, "FINISHED"] for n in EVERYBODY]
    words = [(siren, counter, state) for siren, _, counter, state in seen["receipts"]]
    for siren in EVERYBODY:
        mine = Counter(state for who, counter, state in words if (who, counter) == (siren, 1))
        assert mine == {"ACCEPTED": 1, "SOUNDING": 1, "FINISHED": 1}
    numbers = [(siren, number) for siren, number, _, _ in seen["receipts"]]
    assert len(numbers) == len(set(numbers))


def test_an_order_goes_out_over_mosquitto_and_every_receipt_comes_back(net: AlarmNet) -> None:
    net.scene("immediate")
    check_whole(net.wait(finished))


def test_a_second_dispatch_does_not_start(net: AlarmNet) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "hudun.cli", "dispatch"], env=net.environment,
        capture_output=True, timeout=30, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert "409.47" in second.stderr.decode()
    assert net.alive("dispatch")


def test_dispatch_is_killed_again_and_again(net: AlarmNet) -> None:
    """Ten SIGKILLs at any moment from the release to the last receipt."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    net.scene("immediate")
    for _ in range(10):
        time.sleep(chance.uniform(0.05, 6.0))
        net.kill("dispatch")
        net.start("dispatch")
    check_whole(net.wait(finished))


def test_everything_is_killed_in_turn(net: AlarmNet) -> None:
    """Ten more, of dispatch, broker and fleet: a siren that was cut off may be interrupted, but
    each has one verdict, took the order once, and no word of it is missing."""
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    net.scene("immediate")
    for name in chance.sample(["dispatch", "broker", "fleet"] * 3 + ["dispatch"], 10):
        time.sleep(chance.uniform(0.5, 4.0))
        if name == "broker":
            net.broker.kill()
            net.broker.start()
        else:
            net.kill(name)
            net.start(name)
    seen = net.wait(finished)
    assert [row[1] for row in seen["verdicts"]] == EVERYBODY
    taken = Counter(siren for siren, _, _, state in seen["receipts"] if state == "ACCEPTED")
    assert set(taken.values()) == {1}
    for siren in EVERYBODY:
        numbers = [number for who, number, _, _ in seen["receipts"] if who == siren]
        assert numbers == list(range(1, len(numbers) + 1))


def test_the_broker_is_killed_in_the_middle(net: AlarmNet) -> None:
    net.scene("immediate")
    net.wait(lambda seen: any(row[3] == "SOUNDING" for row in seen["receipts"]))
    net.broker.kill()
    time.sleep(2)
    net.broker.start()
    check_whole(net.wait(finished))


def test_the_broker_is_away_when_the_order_is_released(net: AlarmNet) -> None:
    net.hurry(1)
    net.broker.kill()
    net.scene("immediate")
    time.sleep(1)
    net.broker.start()
    net.wait(lambda seen: len(seen["receipts"]) >= SIRENS)
    net.hurry(RATE)
    check_whole(net.wait(finished))


def test_stop_without_dispatch_web_and_worker(net: AlarmNet) -> None:
    net.hurry(1)
    net.scene("immediate")
    net.wait(lambda seen: Counter(row[3] for row in seen["receipts"])["SOUNDING"] == SIRENS)
    net.kill("dispatch")
    said = net.run("hudun.cli", "stop", "--all", "--wait", "0")
    assert "直接发出" in said
    net.start("dispatch")
    seen = net.wait(lambda seen: set(seen["orders"].values()) == {"stopped"} and finished_all(seen))
    assert {row[3] for row in seen["verdicts"]} == {"INTERRUPTED"}
    silent, meant, seconds, published = seen["stops"][0]
    assert (silent, meant, published) == (SIRENS, SIRENS, True)
    assert seconds is not None
    assert seconds < 3.0


def finished_all(seen: Seen) -> bool:
    return len(seen["verdicts"]) == SIRENS and seen["stops"][0][0] == SIRENS


def test_stop_by_the_command_line_through_dispatch(net: AlarmNet) -> None:
    net.hurry(1)
    net.scene("immediate")
    net.wait(lambda seen: any(row[3] == "SOUNDING" for row in seen["receipts"]))
    said = net.run("hudun.cli", "stop", "--all", "--wait", "10")
    assert "发令进程已发出" in said
    assert f"已停声 {SIRENS}/{SIRENS} 台" in said


def test_stop_with_the_database_gone(net: AlarmNet) -> None:
    """One file beside the desk key is enough, once dispatch has handed out an order here."""
    net.hurry(1)
    net.scene("immediate")
    net.wait(lambda seen: any(row[3] == "SOUNDING" for row in seen["receipts"]))
    net.database = "postgresql://nobody@127.0.0.1:1/none"
    said = net.run("hudun.cli", "stop", "--all")
    assert "停止令已发出" in said
    net.database = ""
    seen = net.wait(lambda seen: len(seen["verdicts"]) == SIRENS)
    assert {row[3] for row in seen["verdicts"]} == {"INTERRUPTED"}


@pytest.fixture
def postgres(brokers: Brokers, tmp_path: Path) -> Iterator[tuple[AlarmNet, Any]]:
    with cluster() as database:
        for net in _net(AlarmNet(tmp_path, brokers(), database.url, RATE), None):
            yield net, database


def test_the_database_is_killed_in_the_middle(postgres: tuple[AlarmNet, Any]) -> None:
    net, database = postgres
    net.scene("immediate")
    net.wait(lambda seen: any(row[3] == "SOUNDING" for row in seen["receipts"]))
    for _ in range(3):
        database.kill()
        time.sleep(1.5)
        database.start()
        time.sleep(1.5)
    assert net.alive("dispatch")
    check_whole(net.wait(finished))
