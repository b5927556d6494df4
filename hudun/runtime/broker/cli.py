"""`hudun broker`: run a broker on a folder that `write_access` has filled, until told to end."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import shutil
import signal
import sys
from pathlib import Path

from hudun.runtime.broker.mosquitto import mosquitto_config
from hudun.runtime.certs import TlsFiles


def main(argv: list[str]) -> int:
    words = _parser().parse_args(argv)
    tls = TlsFiles.of(words.certs, "server") if words.certs else None
    if words.kind == "mosquitto":
        become_mosquitto(words.dir, words.port, words.host, tls)
        print("没有安装 mosquitto：apt install mosquitto", file=sys.stderr)
        return 1
    logging.getLogger("amqtt").setLevel(logging.ERROR)
    asyncio.run(_amqtt(words.dir, words.port, words.host, tls))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hudun broker", description="消息服务器")
    parser.add_argument("--dir", type=Path, required=True, help="passwd 与 acl 所在目录")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--certs", type=Path, help="证书目录；给出则只接受 TLS")
    parser.add_argument("--kind", choices=["amqtt", "mosquitto"], default="amqtt")
    return parser


def become_mosquitto(directory: Path, port: int, host: str, tls: TlsFiles | None) -> None:
    """Returns only where mosquitto is not installed."""
    program = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        return
    user = "root" if os.geteuid() == 0 else None
    path = mosquitto_config(directory.resolve(), port, host=host, tls=tls, user=user)
    os.execv(program, [program, "-c", str(path)])  # noqa: S606


async def _amqtt(directory: Path, port: int, host: str, tls: TlsFiles | None) -> None:
    from hudun.runtime.broker.amqtt_broker import start_amqtt

    end = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, end.set)
    broker = await start_amqtt(directory, port, host=host, tls=tls)
    print(f"消息服务器 {host}:{port}", flush=True)
    await end.wait()
    await broker.shutdown()
