"""Running a piece of Python in a process of its own."""

import subprocess
import sys


def python(environment: dict[str, str], *argv: str) -> str:
    """What it printed; a failure is shown with its words."""
    done = subprocess.run(
        [sys.executable, *argv], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def begin(environment: dict[str, str], code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
