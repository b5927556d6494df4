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

from tests.broker.alarm_net import SIRENS, AlarmNet
from tests.broker.alarm_office import EVERYBODY, RATE, check_whole, finished, running
from tests.broker.running import Brokers
from tools.pg_cluster import cluster

pytestmark = [pytest.mark.broker, pytest.mark.slow]


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


@pytest.fixture
def postgres(brokers: Brokers, tmp_path: Path) -> Iterator[tuple[AlarmNet, Any]]:
    with cluster() as database:
        for net in running(AlarmNet(tmp_path, brokers(), database.url, RATE), None):
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
