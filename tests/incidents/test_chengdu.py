"""成都 2018.

A siren sounds at night and nobody ordered it. People call the police, the police call the office,
and the office has to find out which siren it is, where it stands and who has the key to the roof.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SIREN, FOUND_WITHIN_S = 2, 10.0


@pytest.mark.broker
@pytest.mark.slow
def test_it_is_found_with_its_place_and_its_keepers_phone(tmp_path: Path) -> None:
    """Real processes, from the terminal over mosquitto to the table that the duty desk shows."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.outage.play", "--dir", str(tmp_path), "--sirens", "3",
         "--alone", str(SIREN)],
        cwd=ROOT, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    (alert,) = told["alerts"]
    assert told["seconds"] < FOUND_WITHIN_S
    assert (alert["kind"], alert["number"], alert["going_on"]) == ("unsolicited", SIREN, True)
    assert alert["place"] and alert["keeper"] and alert["phone"].startswith("0731-")
