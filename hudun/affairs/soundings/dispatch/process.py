"""`hudun dispatch`: the process around the dispatcher."""

import argparse
import asyncio
import logging
import os
import signal
import sys
import time
from asyncio import Task
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from hudun.affairs.soundings.models import Issuer
from hudun.core.error import Problem
from hudun.core.processes.heartbeat import heartbeat
from hudun.runtime.certs import client_context
from hudun.runtime.collector import spare_what_lasts
from hudun.runtime.mqtt import Broker, Link
from hudun.wire import topics

from .asking import RETRY_EVERY
from .dispatcher import Dispatcher
from .kit import write_kit
from .lock import only_one
from .store import reconnect

DEFAULT_BROKER = "mqtt://127.0.0.1:1883"
log = logging.getLogger(__name__)


def main(argv: list[str]) -> int:
    asked, code = _parser().parse_args(argv), 0
    try:
        issuer = _patiently(lambda: which(asked.office))
        with only_one(issuer.number), heartbeat("dispatch"):
            asyncio.run(_serve(issuer, asked.broker, asked.ca))
    except* Problem as problems:
        for problem in problems.exceptions:
            print(problem, file=sys.stderr)
        code = 1
    return code


def which(office: int | None) -> Issuer:
    """The office named, or the only one there is."""
    known = Issuer.objects.select_related("organ").order_by("number")
    found = list(known if office is None else known.filter(number=office))
    if len(found) != 1:
        names = "、".join(str(one.number) for one in known) or "（无）"
        raise Problem("404.41", organ=office or f"--office 未指定，现有 {names}")
    return found[0]


def _patiently(question: Callable[[], Issuer]) -> Issuer:
    """The database may come up after us."""
    while True:
        try:
            return question()
        except OperationalError as error:
            log.warning("database: %s", error)
            reconnect()
            time.sleep(RETRY_EVERY)


def link_to(url: str, ca: Path | None, client_id: str) -> Link:
    broker = Broker.parse(url)
    return broker.link(client_id, client_context(ca) if broker.secure and ca else None)


def add_broker_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", type=int, help="发令单位编号（区划代码），如 430103")
    parser.add_argument(
        "--broker",
        default=os.environ.get("HUDUN_BROKER", DEFAULT_BROKER),
        help="消息服务器，mqtt://用户:口令@主机:端口 或 mqtts://…；缺省取 HUDUN_BROKER",
    )
    default_ca = Path(settings.VAR) / "certs" / "ca.pem"
    parser.add_argument("--ca", type=Path, default=default_ca, help="mqtts 的根证书")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hudun dispatch", description="发令进程：命令发出，回执收进")
    add_broker_options(parser)
    return parser


async def _serve(issuer: Issuer, url: str, ca: Path) -> None:
    link = link_to(url, ca, f"dispatch-{issuer.number}")
    await link.subscribe([topics.any_up(issuer.number)])
    dispatcher = Dispatcher(issuer, link, keep_kit=partial(write_kit, issuer, url))
    spare_what_lasts()
    jobs = [asyncio.create_task(dispatcher.run()), asyncio.create_task(link.run())]
    _end_on_signal(jobs)
    print(f"发令进程 {issuer} → {link.host}:{link.port}", flush=True)
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*jobs)
    await link.close()


def _end_on_signal(jobs: "list[Task[None]]") -> None:
    loop = asyncio.get_running_loop()

    def end() -> None:
        for job in jobs:
            job.cancel()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, end)
