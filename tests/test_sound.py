"""`hudun sound`: a whole sounding by real processes, and what a fault file asks of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [pytest.mark.broker, pytest.mark.slow]
FAULTS = [
    {"siren": 2, "fault": "offline"},
    {"siren": 3, "fault": "dead_amplifier"},
    {"siren": 4, "fault": "no_evidence"},
    {"siren": 5, "fault": "clock_off", "seconds": 30},
    {"siren": 6, "fault": "reboot", "signal": 2, "at": 60, "for": 20},
    {"siren": 7, "fault": "sounds_by_itself", "signal": 1, "at": -120, "for": 30},
]


def sound(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "hudun.cli", "sound", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400)


def test_every_verdict_is_the_one_its_fault_calls_for(tmp_path: Path) -> None:
    faults, result = tmp_path / "faults.json", tmp_path / "result.json"
    faults.write_text(json.dumps({"faults": FAULTS}))
    done = sound(
        "--sirens", "9", "--seed", "5", "--faults", str(faults), "--json", str(result),
        "--dir", str(tmp_path / "data"),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    whole = json.loads(result.read_text())
    verdicts = {row["siren"]: [s["verdict"] for s in row["signals"]] for row in whole["sirens"]}
    assert verdicts[1] == ["finished"] * 3
    assert verdicts[2] == ["unreachable"] * 3
    assert verdicts[3] == ["silent"] * 3
    assert verdicts[4] == ["unproved"] * 3
    assert verdicts[6] == ["finished", "finished", "interrupted"]
    assert not any(signal["accurate"] for signal in whole["sirens"][4]["signals"])
    assert [a["siren"] for a in whole["alerts"] if a["kind"] == "unsolicited"] == [7]
    assert all(row["receipts"] for row in whole["sirens"] if row["siren"] != 2)
    for kind, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert Path(whole["papers"][kind]).read_bytes().startswith(magic)


def test_a_wrong_fault_file_starts_nothing(tmp_path: Path) -> None:
    faults = tmp_path / "faults.json"
    faults.write_text(json.dumps({"faults": [{"siren": 99, "fault": "offline"}]}))
    done = sound("--sirens", "9", "--faults", str(faults), "--dir", str(tmp_path / "data"))
    assert done.returncode == 2
    assert "422.4" in done.stderr and "99 号" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_result_that_could_not_be_kept_starts_nothing(tmp_path: Path) -> None:
    data, nowhere = tmp_path / "data", tmp_path / "no folder" / "result.json"
    done = sound("--sirens", "9", "--json", str(nowhere), "--dir", str(data))
    assert (done.returncode, data.exists()) == (2, False)
    assert "422.92" in done.stderr
    (tmp_path / "a file").touch()
    done = sound("--sirens", "9", "--dir", str(tmp_path / "a file"))
    assert done.returncode == 2
    assert "422.91" in done.stderr
