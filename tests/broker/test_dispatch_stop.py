"""A stop reaches the sirens whatever of the office is down."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.broker.alarm_net import SIRENS, AlarmNet
from tests.broker.alarm_office import Seen

pytestmark = [pytest.mark.broker, pytest.mark.slow]


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
