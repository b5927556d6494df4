"""`hudun demo`: one district office on this machine, all processes under one supervisor."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from types import FrameType
from urllib.request import urlopen

from hudun.runtime import clock

FIRST_PORT = 8000
LOOK_EVERY_S = 0.2
PATIENCE_S = 60.0
OURS = ("clock.json", "hudun.sqlite3", "secret")


def main(argv: list[str]) -> int:
    asked = _parser().parse_args(argv)
    if not _free(asked.host, asked.port):
        print(
            f"端口 {asked.port} 已被占用。请换一个：hudun demo --port {asked.port + 1}",
            file=sys.stderr,
        )
        return 2
    directory: Path = asked.dir.resolve()
    if asked.fresh:
        _clear(directory)
    os.environ.setdefault("HUDUN_URL", f"http://{asked.host}:{asked.port}/")
    prepare(directory)
    return _serve(directory, asked)


def prepare(directory: Path) -> None:
    """Where the demonstration lives. Before Django is set up."""
    directory.mkdir(parents=True, exist_ok=True)
    os.environ["HUDUN_VAR"] = str(directory)
    os.environ["HUDUN_DEMO"] = "1"
    os.environ[clock.VARIABLE] = str(directory / "clock.json")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hudun.settings")
    present, path = time.time(), directory / "clock.json"
    ahead = clock.Course.from_json(path.read_text()).sim(present) if path.exists() else present
    clock.write_knots(path, [(present, max(ahead, present))], 1.0)


def _serve(directory: Path, asked: argparse.Namespace) -> int:
    import django

    django.setup()
    from hudun.demo.supervisor import Supervisor

    _on_signal()
    supervisor = Supervisor.prepare(directory, asked.host, asked.port, asked.sirens)
    try:
        supervisor.start()
        _wait_for(f"http://{asked.host}:{asked.port}/login/")
        print(supervisor.welcome(), flush=True)
        while True:
            supervisor.turn()
            time.sleep(LOOK_EVERY_S)
    except KeyboardInterrupt:
        print("\n正在结束……", flush=True)
    finally:
        supervisor.stop()
    return 0


def _wait_for(url: str) -> None:
    give_up = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up:
        try:
            with urlopen(url, timeout=5):  # noqa: S310  (our own address)
                return
        except OSError:
            time.sleep(0.1)
    print("网页进程没有起来，请看数据目录 log/web.log", file=sys.stderr)


def _on_signal() -> None:
    def asked_to_end(_signum: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, asked_to_end)


def _free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) != 0


def _clear(directory: Path) -> None:
    """Only a folder that a demonstration made is emptied."""
    if any((directory / name).exists() for name in OURS):
        shutil.rmtree(directory)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hudun demo", description="演示：位置为虚构，终端为模拟")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=FIRST_PORT)
    parser.add_argument("--sirens", type=int, default=60, help="第一次启动时建多少台")
    parser.add_argument("--dir", type=Path, default=Path("var/demo"), help="数据目录")
    parser.add_argument("--fresh", action="store_true", help="清空数据目录，重新开始")
    return parser
