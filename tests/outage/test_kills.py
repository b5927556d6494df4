"""Twenty SIGKILLs of real processes at random moments of a sounding: the order is neither lost nor
doubled, and every verdict is right. (Fleet and terminal: tests/broker.)"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ONCE = ["draft_immediate", "attach_signature", "attach_release", "begin_order", "close_order"]
OFFICE = ("dispatch", "web", "worker", "broker")
SIRENS, LONGEST_S = 6, 300


def played(directory: Path, kills: list[str], *, postgres: bool = False) -> dict[str, Any]:
    words = ["--dir", str(directory), "--sirens", str(SIRENS), *(["--postgres"] * postgres)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.outage.play", *words, *kills],
        cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_S,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def check(told: dict[str, Any], deaths: int) -> None:
    (order,) = told["orders"]
    assert len(told["killed"]) == deaths
    assert told["accepted"] == SIRENS  # by the terminals' own count: nobody took it twice
    assert (order["state"], order["journal"]) == ("closed", ONCE)
    numbers = [str(number) for number in range(1, SIRENS + 1)]
    assert order["verdicts"] == dict.fromkeys(numbers, "FINISHED")
    words = ["ACCEPTED", "SOUNDING", "FINISHED"]
    assert order["receipts"] == dict.fromkeys(numbers, words)
    assert told["journal"] == []


def at_random(seed: int, victims: tuple[str, ...], count: int) -> list[str]:
    """Deaths from just after the release to the end of the signal of three minutes."""
    chance = random.Random(seed)
    chosen = [chance.choice(victims) for _ in range(count - 1)] + ["dispatch"]
    moments = [chance.uniform(-8, -1), *(chance.uniform(0, 175) for _ in range(count - 1))]
    return [f"{who}@{at:.1f}" for who, at in zip(chosen, sorted(moments), strict=True)]


@pytest.mark.broker
@pytest.mark.slow
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in (1, 2, 3))]
)
def test_killed_at_random_moments(tmp_path: Path, seed: int) -> None:
    check(played(tmp_path, at_random(seed, OFFICE, 5)), 5)


@pytest.mark.broker
@pytest.mark.slow
def test_the_database_is_killed_too(tmp_path: Path) -> None:
    kills = ["dispatch@-3", "postgres@30", "broker@70", "postgres@120"]
    check(played(tmp_path, kills, postgres=True), 4)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 120))
def test_killed_through_the_night(tmp_path: Path, seed: int) -> None:
    victims = (*OFFICE, "postgres")
    check(played(tmp_path, at_random(seed, victims, 8), postgres=True), 8)
