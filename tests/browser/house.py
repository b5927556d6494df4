"""One office for a test: its database, its web process, and code run inside it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]
FROM_PORT, PORTS_EACH = 21700, 60  # each test worker has a range of its own
_handed_out: set[int] = set()


def environment(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "HUDUN_VAR": str(var), "PYTHONPATH": str(ROOT)}


def free_port() -> int:
    """Never the same twice: a process of a house binds its port seconds after it was given it."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = FROM_PORT + worker * PORTS_EACH
    for port in range(first, first + PORTS_EACH):
        with socket.socket() as probe, suppress(OSError):
            if port in _handed_out:
                continue
            probe.bind(("127.0.0.1", port))
            _handed_out.add(port)
            return port
    raise OSError("no free port")


@dataclass
class House:
    var: Path
    env: dict[str, str]
    port: int = 0
    sessions: dict[str, str] = field(default_factory=dict)
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def set_stage(self, sirens: int) -> None:
        self.sessions = json.loads(self.run("-m", "tests.browser.stage", str(sirens)))

    def open(self, sirens: int | None = None) -> None:
        """Starts the web process, on a stage that is set first if a number of sirens is given."""
        if sirens is not None:
            self.set_stage(sirens)
        self.port = free_port()
        self.start_web()

    def start_web(self) -> None:
        web = self.start("web", "--host", "127.0.0.1", "--port", str(self.port))
        for _ in range(600):
            assert web.poll() is None, (self.var / "web.log").read_text()[-4000:]
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/login/", timeout=5):
                return
            time.sleep(0.2)
        raise AssertionError((self.var / "web.log").read_text()[-4000:])

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        """A process of the house, e.g. `house.start("worker")`."""
        log = (self.var / f"{command[0]}.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-m", "hudun.cli", *command],
            env=self.env, cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def run(self, *arguments: str) -> str:
        """Python in the environment of the house; its output."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=180,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def django(self, code: str) -> str:
        """Runs code in the house's Django and gives what it printed."""
        return self.run(
            "-c", f"from hudun.cli import set_up_django\nset_up_django()\n{dedent(code)}"
        )

    def close(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()
