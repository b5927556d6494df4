from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from hudun.terminal.fleet import FaultFileError, parse_faults, read_faults
from hudun.terminal.fleet.faults import FIELDS

GOOD = [
    {"siren": 1, "fault": "offline"},
    {"siren": 2, "fault": "slow", "seconds": 8},
    {"siren": 3, "fault": "clock_off", "seconds": -2.5},
    {"siren": 4, "fault": "dead_amplifier"},
    {"siren": 5, "fault": "no_evidence"},
    {"siren": 6, "fault": "reboot", "at": 20, "for": 30},
    {"siren": 6, "fault": "sounds_by_itself", "at": 0, "for": 10, "signal": 1},
]


def test_every_fault_can_be_ordered_and_written_again(tmp_path: Path) -> None:
    path = tmp_path / "faults.json"
    path.write_text(json.dumps({"faults": GOOD}))
    faults = read_faults(path, {1, 2, 3, 4, 5, 6})
    assert [fault.to_json() for fault in faults] == GOOD
    assert {fault.name for fault in faults} == set(FIELDS)


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("offline", "422.1"),
        ({"siren": 1, "fault": "broken"}, "422.2"),
        ({"siren": 1}, "422.2"),
        ({"siren": "1", "fault": "offline"}, "422.3"),
        ({"siren": True, "fault": "offline"}, "422.3"),
        ({"siren": 1, "fault": "slow"}, "422.3"),
        ({"siren": 1, "fault": "slow", "seconds": "8"}, "422.3"),
        ({"siren": 1, "fault": "slow", "seconds": -1}, "422.3"),
        ({"siren": 1, "fault": "slow", "seconds": True}, "422.3"),
        ({"siren": 1, "fault": "slow", "seconds": math.nan}, "422.3"),
        ({"siren": 1, "fault": "clock_off", "seconds": -math.inf}, "422.3"),
        ({"siren": 1, "fault": "offline", "seconds": 1}, "422.3"),
        ({"siren": 1, "fault": "reboot", "at": 1, "for": 2, "signal": 0.5}, "422.3"),
        ({"siren": 7, "fault": "offline"}, "422.4"),
    ],
)
def test_a_wrong_line_is_named_with_its_number(row: object, number: str) -> None:
    with pytest.raises(FaultFileError) as raised:
        parse_faults({"faults": [{"siren": 2, "fault": "offline"}, row]}, {1, 2})
    assert raised.value.number == number
    assert "第 2 条" in str(raised.value)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"faults": {}}', '{"faults": [], "x": 1}', "[" * 100_000]
)
def test_what_is_no_fault_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "faults.json"
    path.write_text(text)
    with pytest.raises(FaultFileError) as raised:
        read_faults(path)
    assert raised.value.number == "422.1"


def test_the_same_fault_twice_is_refused() -> None:
    with pytest.raises(FaultFileError) as raised:
        parse_faults({"faults": [{"siren": 1, "fault": "offline"}] * 2})
    assert raised.value.number == "422.5"
