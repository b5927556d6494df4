"""The alarm net of a demonstration: certificates, broker, dispatch and a fleet of terminals."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from django.conf import settings

from hudun.demo.crew import Crew
from hudun.demo.seed import DISTRICT, Demo, access_path, fleet_path, roster_path
from hudun.runtime.broker import dispatcher
from hudun.runtime.certs import Authority

HOST = "127.0.0.1"
PATIENCE_S = 20.0


class NoBroker(Exception):
    """The broker did not open its door."""


@dataclass(frozen=True)
class Net:
    port: int
    password: str
    sirens: int

    @classmethod
    def prepare(cls, demo: Demo) -> Net:
        """The certificates are made once."""
        directory = certs_path()
        if not (directory / "server.pem").exists():
            make_certificates(directory)
        return cls(free_port(), demo.dispatch_password, demo.sirens)

    @property
    def url(self) -> str:
        return f"mqtts://{HOST}:{self.port}"

    @property
    def environment(self) -> Mapping[str, str]:
        """Of every process that talks to the broker for the office."""
        account = dispatcher(int(DISTRICT))
        return {"HUDUN_BROKER": f"mqtts://{account}:{self.password}@{HOST}:{self.port}"}

    def start(self, crew: Crew, faults: Path | None = None) -> None:
        self.start_broker(crew)
        crew.start("dispatch", "dispatch")
        asked = ("--faults", str(faults)) if faults else ()
        kept = Path(settings.VAR) / "fleet.sqlite3"
        crew.start(
            "fleet", "terminal", "--fleet", str(self.sirens), "--provision", str(fleet_path()),
            "--state", str(kept), "--roster", str(roster_path()), "--broker", self.url,
            "--ca", str(certs_path() / "ca.pem"), *asked,
        )  # fmt: skip

    def start_broker(self, crew: Crew) -> None:
        crew.start(
            "broker", "broker", "--dir", str(access_path()), "--port", str(self.port),
            "--certs", str(certs_path()), "--kind", broker_kind(),
        )  # fmt: skip
        give_up = time.monotonic() + PATIENCE_S
        while not _open(self.port):
            if crew.dead() or time.monotonic() > give_up:
                raise NoBroker(crew.last_words("broker"))
            time.sleep(0.05)


def broker_kind() -> str:
    """mosquitto where it is installed; the demonstration runs without it too."""
    return "mosquitto" if which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin") else "amqtt"


def certs_path() -> Path:
    return Path(settings.VAR) / "certs"


def make_certificates(directory: Path) -> None:
    fresh = not (directory / "ca.pem").exists()
    authority = Authority.create(directory, "演示") if fresh else Authority.load(directory)
    authority.server(["localhost", HOST])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
