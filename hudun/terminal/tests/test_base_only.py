"""The terminal's program stands on the base dependencies alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LOOK = """
import sys
import hudun.terminal.cli, hudun.terminal.drivers.guard, hudun.runtime.keys_cli, hudun.runtime.certs
import hudun.runtime.broker, hudun.runtime.store, hudun.runtime.clock
heavy = {"django", "numpy", "amqtt", "shapely", "psycopg", "hypothesis"} & set(sys.modules)
sys.exit(", ".join(sorted(heavy)) or 0)
"""


def test_nothing_heavy_is_imported() -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
