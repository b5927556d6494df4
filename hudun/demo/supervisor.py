"""Keeps the processes of the demonstration alive and carries out what its clock page asks for."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from hudun.core.organ import Role
from hudun.core.processes.models import Heartbeat
from hudun.demo.clockwork import Clockwork
from hudun.demo.crew import Crew
from hudun.demo.keys import HOLDERS
from hudun.demo.net import Net
from hudun.demo.people import PEOPLE
from hudun.demo.seed import Demo, seed
from hudun.demo.wish import Wish

LISTENING_S = 20.0


@dataclass
class Supervisor:
    demo: Demo
    net: Net
    crew: Crew
    clockwork: Clockwork
    host: str
    port: int

    @classmethod
    def prepare(cls, directory: Path, host: str, port: int, sirens: int) -> Supervisor:
        """An office that a start cut short left half made is made anew."""
        demo = Demo.load()
        if demo is None:
            _forget(directory)
        call_command("migrate", verbosity=0)
        if demo is None:
            print(f"第一次启动：正在建立天心区和 {sirens} 台警报器……", flush=True)
            demo = seed(sirens)
        connection.close()
        net = Net.prepare(demo)
        crew = Crew(directory / "log", net.environment)
        return cls(demo, net, crew, Clockwork(directory / "clock.json"), host, port)

    def start(self) -> None:
        self.net.start(self.crew)
        self.crew.start("worker", "worker")
        self.crew.start("planner", "planner")
        self.crew.start("web", "web", "--host", self.host, "--port", str(self.port))

    def turn(self) -> None:
        for name in self.crew.revive():
            print(f"{name} 意外退出，已重新启动", flush=True)
        wish = Wish.take()
        if wish is not None:
            self._grant(wish)

    def stop(self) -> None:
        self.crew.stop()

    def welcome(self) -> str:
        people = "\n".join(_person(self.demo, one.username) for one in PEOPLE)
        return (
            f"\n护盾演示  http://{self.host}:{self.port}/\n"
            "警报器和人防工程为虚构，终端为模拟。按 Ctrl+C 结束；再次启动接着用。\n\n"
            f"登录名（密码都是 {self.demo.password}）\n{people}\n\n"
            f"签名密钥在 {self.demo.keys.directory}，口令 {self.demo.passphrase}\n"
        )

    def _grant(self, wish: Wish) -> None:
        """A leap happens while nobody looks: no question is under way, nobody seems lost."""
        if wish.moment is None:
            self.clockwork.run(wish.rate)
            return
        self.crew.kill("fleet", "dispatch")
        self.clockwork.leap(wish.moment, wish.rate)
        self.crew.restart("dispatch")
        _await_heartbeat(self.crew.pid("dispatch"))
        self.crew.restart("fleet")


def _await_heartbeat(pid: int) -> None:
    """Sirens that ask for the time before anybody answers would have to ask again."""
    give_up = time.monotonic() + LISTENING_S
    while not Heartbeat.objects.filter(pid=pid).exists() and time.monotonic() < give_up:
        time.sleep(0.2)
    connection.close()


def _person(demo: Demo, username: str) -> str:
    person = next(one for one in PEOPLE if one.username == username)
    roles = "、".join(Role(role).label for role in person.roles)
    keys = [demo.keys.path(username, rights).name for name, rights in HOLDERS if name == username]
    signs = f"  密钥 {'、'.join(keys)}" if keys else ""
    return f"  {username:<8}{person.full_name}（{roles}）{signs}"


def _forget(directory: Path) -> None:
    for name in ("broker", "keys", "demo-keys"):
        shutil.rmtree(directory / name, ignore_errors=True)
    for path in directory.glob("hudun.sqlite3*"):
        path.unlink()
    for path in directory.glob("fleet.*"):
        path.unlink()
