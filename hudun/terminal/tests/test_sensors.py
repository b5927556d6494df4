"""What another program writes about the cabinet becomes telemetry that the office can read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hudun.terminal.host import read_sensors
from hudun.wire.frames import Health
from hudun.wire.terminal import Measured


def told(path: Path, text: str) -> Measured:
    path.write_text(text)
    return read_sensors(path)


def test_every_sensor_is_read_and_what_is_left_out_is_not_measured(tmp_path: Path) -> None:
    whole = {
        "mains": False, "battery_percent": 96, "amplifier_ok": True, "door_open": True,
        "celsius": -7,
    }  # fmt: skip
    path = tmp_path / "sensors.json"
    assert told(path, json.dumps(whole)) == Measured(**whole)  # type: ignore[arg-type]
    assert told(path, '{"celsius": 24}') == Measured(celsius=24)
    assert read_sensors(None) == read_sensors(tmp_path / "none") == Measured()


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ('{"celsius": 24.5, "battery_percent": 99.6}', Measured(celsius=24, battery_percent=100)),
        ('{"celsius": "24", "mains": true}', Measured(mains=True)),
        ('{"celsius": NaN, "battery_percent": -1, "door_open": 1}', Measured()),
        ('{"celsius": 1e999, "mains": "yes"}', Measured()),
        ("[]", Measured()),
        ("{", Measured()),
        ("[" * 100_000, Measured()),
    ],
)
def test_a_strange_value_costs_itself_only(tmp_path: Path, text: str, measured: Measured) -> None:
    assert told(tmp_path / "sensors.json", text) == measured


def test_the_office_can_read_what_a_thermometer_with_a_fraction_says(tmp_path: Path) -> None:
    seen = told(tmp_path / "sensors.json", '{"celsius": 24.5}')
    report = Health(7, 1, 0, None, None, None, None, None, seen.celsius, None, (), "hudun")
    assert Health.decode(report.encode()).celsius == 24
