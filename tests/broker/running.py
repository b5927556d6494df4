"""Real brokers on free ports, each in its own folder; how tests wait for them."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hudun.runtime.broker import dispatcher, mosquitto_config
from hudun.runtime.certs import TlsFiles
from hudun.runtime.mqtt import Link

OFFICE, CITY = 430103, 430100
PASSWORDS = {
    "7": "siren seven",
    "8": "siren eight",
    dispatcher(OFFICE): "the district",
    dispatcher(CITY): "the city",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A broker that a test may kill and start again."""

    kind: str
    directory: Path
    port: int
    tls: TlsFiles | None = None
    options: dict[str, object] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(self._command())
        deadline = time.monotonic() + 60
        while not listening(self.port):
            assert self.process.poll() is None and time.monotonic() < deadline, self.kind
            time.sleep(0.01)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def link(self, name: str, account: str, password: str | None = None) -> Link:
        return Link(
            "127.0.0.1", self.port, name, account, password or PASSWORDS[account], keepalive=10
        )

    def _command(self) -> list[str]:
        if self.kind == "mosquitto":
            program = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin")
            user = "root" if os.geteuid() == 0 else None
            path = mosquitto_config(
                self.directory,
                self.port,
                tls=self.tls,
                user=user,
                **self.options,  # type: ignore[arg-type]
            )
            return [str(program), "-c", str(path)]
        words = ["--dir", str(self.directory), "--port", str(self.port)]
        return [sys.executable, "-m", "hudun.runtime.broker", *words]


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


Brokers = Callable[..., Running]


async def eventually(true: Callable[[], bool], within: float = 30.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        await asyncio.sleep(0.01)
