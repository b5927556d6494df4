"""Dispatch and fleet of a district over a broker of their own, and how a sounding is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.broker.alarm_net import SIRENS, AlarmNet

EVERYBODY = list(range(1, SIRENS + 1))
RATE = 6.0  # a signal of three minutes takes thirty seconds
Seen = dict[str, Any]


def running(net: AlarmNet, office: Path | None) -> Iterator[AlarmNet]:
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
