"""A whole alarm net of real processes: broker, dispatch, fleet, database; any may be killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hudun.runtime import clock
from hudun.runtime.broker import dispatcher, write_access
from tests.broker.running import OFFICE, PASSWORDS, Running
from tools.migrated import empty_office

SIRENS = 5
SCENE = "hudun.affairs.soundings.tests.scene"


@dataclass
class AlarmNet:
    """``folder`` holds everything: HUDUN_VAR, the fleet's state, the clock."""

    folder: Path
    broker: Running
    database: str = ""
    rate: float = 1.0
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        account = dispatcher(OFFICE)
        word = PASSWORDS[account].replace(" ", "%20")
        return f"mqtt://{account}:{word}@127.0.0.1:{self.broker.port}"

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.database,
            "HUDUN_VAR": str(self.folder / "var"),
            "HUDUN_CLOCK": str(self.folder / "clock"),
            "HUDUN_BROKER": self.url,
        }

    def prepare(self, template: Path | None = None) -> None:
        """A database with 天心区 and its sirens, a fleet that knows it, and accounts."""
        self.hurry(self.rate)
        if template is not None:
            shutil.copytree(template, self.folder, dirs_exist_ok=True)
        else:
            self.make()
        lines = (self.folder / "members").read_text().splitlines()
        members = [json.loads(line) for line in lines]
        passwords = {str(one["provision"]["siren"]): one["password"] for one in members}
        write_access(self.broker.directory, [OFFICE], PASSWORDS | passwords)
        self.broker.kill()
        self.broker.start()

    def make(self) -> None:
        if self.database:
            self.run("hudun.cli", "manage", "migrate", "--skip-checks")
        else:
            (self.folder / "var").mkdir()
            empty_office(self.folder / "var")
        self.scene("make", str(SIRENS), str(self.folder / "members"))

    def hurry(self, rate: float) -> None:
        path = self.folder / "clock"
        now = clock.Course.from_json(path.read_text()).sim(time.time()) if path.exists() else NOON
        clock.write_knots(path, [(time.time(), now)], rate)

    def run(self, module: str, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", module, *words], env=self.environment, capture_output=True,
            check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        return done.stdout.decode()

    def scene(self, *words: str) -> Any:
        """What the office does or knows, asked in a process of its own."""
        return json.loads(self.run(SCENE, *words).splitlines()[-1])

    def start(self, *names: str) -> None:
        for name in names:
            log = (self.folder / f"{name}.log").open("ab")
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "hudun.cli", *self._words(name)],
                env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def alive(self, name: str) -> bool:
        return self.processes[name].poll() is None

    def logs(self) -> str:
        return "\n".join(path.read_text()[-3000:] for path in self.folder.glob("*.log"))

    def wait(self, true: Callable[[dict[str, Any]], bool], within: float = 200.0) -> dict[str, Any]:
        """Look at the office's tables until it is so; real seconds."""
        deadline = time.monotonic() + within
        while True:
            seen: dict[str, Any] = self.scene("show")
            if true(seen):
                return seen
            assert time.monotonic() < deadline, f"{json.dumps(seen)[:3000]}\n{self.logs()}"
            time.sleep(0.5)

    def _words(self, name: str) -> list[str]:
        if name == "dispatch":
            return ["dispatch", "--office", str(OFFICE)]
        return [
            "terminal", "--fleet", str(SIRENS), "--provision", str(self.folder / "members"),
            "--state", str(self.folder / "fleet.sqlite3"),
            "--broker", f"mqtt://127.0.0.1:{self.broker.port}",
        ]  # fmt: skip


def template(folder: Path, broker: Running) -> Path:
    """An office on SQLite, made once and copied for every test."""
    net = AlarmNet(folder, broker)
    net.hurry(1)
    net.make()
    (folder / "clock").unlink()
    return folder


NOON = 1_792_468_800.0  # 2026-10-20 12:00 Beijing time
