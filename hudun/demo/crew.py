"""The processes of one office on one machine, each started again when it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE_S = 8.0  # for a process that was asked to end
REST_S = 1.0  # before a process that died is started again


@dataclass
class Member:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes]
    died_at: float | None = None


@dataclass
class Crew:
    """Their output goes to one log file each."""

    logs: Path
    environment: Mapping[str, str]
    members: dict[str, Member] = field(default_factory=dict)

    def start(self, name: str, *words: str) -> None:
        """``words`` follow ``hudun``."""
        command = (sys.executable, "-m", "hudun.cli", *words)
        self.members[name] = Member(name, command, self._spawn(name, command))

    def pid(self, name: str) -> int:
        return self.members[name].process.pid

    def kill(self, *names: str) -> None:
        """SIGKILL: nothing is said, nothing is saved."""
        for name in names:
            self.members[name].process.kill()
            self.members[name].process.wait()

    def restart(self, *names: str) -> None:
        for name in names:
            member = self.members[name]
            member.process = self._spawn(name, member.command)

    def revive(self) -> list[str]:
        """Start again what died; its names."""
        revived = []
        for member in self.members.values():
            if member.process.poll() is None:
                continue
            member.died_at = member.died_at or time.monotonic()
            if time.monotonic() - member.died_at >= REST_S:
                member.process = self._spawn(member.name, member.command)
                member.died_at = None
                revived.append(member.name)
        return revived

    def dead(self) -> list[str]:
        return [name for name, one in self.members.items() if one.process.poll() is not None]

    def stop(self) -> None:
        """The last started ends first; what does not end is killed."""
        for member in reversed(self.members.values()):
            with suppress(ProcessLookupError):
                member.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_S
        for member in self.members.values():
            with suppress(subprocess.TimeoutExpired):
                member.process.wait(max(0.1, deadline - time.monotonic()))
            if member.process.poll() is None:
                member.process.kill()
                member.process.wait()

    def last_words(self, name: str, lines: int = 12) -> str:
        text = (self.logs / f"{name}.log").read_text(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def _spawn(self, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
        self.logs.mkdir(parents=True, exist_ok=True)
        with (self.logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
