"""Brokers, certificates and a whole district, for tests of real processes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hudun.runtime.broker import write_access
from hudun.runtime.certs import Authority, TlsFiles
from tests.broker.alarm_net import AlarmNet, template
from tests.broker.alarm_office import RATE, running
from tests.broker.running import CITY, OFFICE, PASSWORDS, Brokers, Running, free_port


@pytest.fixture
def brokers(tmp_path: Path) -> Iterator[Brokers]:
    """Starts brokers; every one of them is ended with the test."""
    started: list[Running] = []

    def start(kind: str = "mosquitto", **options: object) -> Running:
        if kind == "mosquitto" and not shutil.which("mosquitto", path="/usr/sbin:/usr/bin"):
            pytest.skip("mosquitto is not installed")
        tls = options.pop("tls", None)
        assert tls is None or isinstance(tls, TlsFiles)
        broker = Running(kind, tmp_path / f"broker{len(started)}", free_port(), tls, options)
        write_access(broker.directory, [OFFICE, CITY], PASSWORDS)
        started.append(broker)
        broker.start()
        return broker

    yield start
    for broker in started:
        broker.kill()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create(tmp_path_factory.mktemp("certs"), "天心区人防办")


@pytest.fixture(scope="session")
def alarm_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district's data, made once and copied."""
    folder = tmp_path_factory.mktemp("office")
    return template(folder, Running("mosquitto", folder, 0))


@pytest.fixture
def net(brokers: Brokers, tmp_path: Path, alarm_office: Path) -> Iterator[AlarmNet]:
    yield from running(AlarmNet(tmp_path, brokers(), "", RATE), alarm_office)
