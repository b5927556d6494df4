"""`hudun terminal`: beside a siren; or a fleet of simulated ones; or a signal as a WAV file."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import resource
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from ssl import SSLContext
from typing import Any

from hudun.runtime.certs import TlsFiles, client_context
from hudun.runtime.collector import spare_what_lasts
from hudun.runtime.keys import BadKeyFile, read_machine_key, write_private
from hudun.runtime.mqtt import Broker
from hudun.runtime.store import Store
from hudun.terminal.drivers.audio import RECORDER, Audio
from hudun.terminal.drivers.base import Driver
from hudun.terminal.drivers.modbus import Modbus
from hudun.terminal.drivers.relay import Wiring, add_wiring
from hudun.terminal.drivers.tone import write_wav
from hudun.terminal.fleet import Fleet, Member, read_faults, read_members
from hudun.terminal.host import clock_kept
from hudun.terminal.station import Station
from hudun.wire.signals import PATTERNS, SIGNAL_NAMES
from hudun.wire.terminal import Provision

COUNTERS_S = 0.2


class Wrong(Exception):
    """What the person at the command line has to mend."""


def main(argv: list[str]) -> int:
    words = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO if words.verbose else logging.WARNING)
    try:
        if words.wav:
            return _wav(words)
        asyncio.run(_run(_fleet(words) if words.fleet else _one(words)))
    except (Wrong, BadKeyFile, OSError, ValueError, KeyError, TypeError) as error:
        print(f"hudun terminal：{error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "hudun terminal", description="警报终端（见 docs/terminal.md）"
    )
    parser.add_argument("--provision", type=Path, metavar="文件", help="装机文件；模拟时为成员文件")
    parser.add_argument("--key", type=Path, metavar="文件", help="本终端的密钥文件")
    parser.add_argument("--state", type=Path, metavar="文件", help="断电不失的状态")
    parser.add_argument(
        "--broker", action="append", metavar="网址", help="mqtts://主机:端口，可多个"
    )
    parser.add_argument("--password-file", type=Path, metavar="文件", help="消息服务器口令")
    parser.add_argument("--ca", type=Path, metavar="文件", help="本单位根证书 ca.pem")
    parser.add_argument("--cert", type=Path, metavar="文件", help="本终端证书；私钥为同名 .key")
    parser.add_argument("--roster", action="append", type=Path, default=[], metavar="文件")
    parser.add_argument("--sensors", type=Path, metavar="文件", help="机箱遥测 JSON，由别的程序写")
    parser.add_argument(
        "--clock", choices=["auto", "kept", "lost"], default="auto", help="开机时的时钟可信否"
    )
    parser.add_argument("--driver", choices=["simulated", "audio", "modbus"], default="simulated")
    parser.add_argument("--microphone", action="store_true", help="audio：用 arecord 取证")
    add_wiring(parser)
    parser.add_argument("--fleet", type=int, metavar="N", help="模拟前 N 台")
    parser.add_argument("--faults", type=Path, metavar="文件", help="故障文件")
    parser.add_argument("--counters", type=Path, metavar="文件", help="不断写出模拟计数")
    parser.add_argument("--wav", type=Path, metavar="文件", help="把信号写成 WAV")
    parser.add_argument("--signal", default="空袭", help="信号名称或编号")
    parser.add_argument("-v", "--verbose", action="store_true")
    return parser


def _wav(words: argparse.Namespace) -> int:
    by_name = {name: number for number, name in SIGNAL_NAMES.items()}
    number = by_name.get(words.signal) or (words.signal.isdecimal() and int(words.signal))
    if number not in PATTERNS:
        raise Wrong(f"没有信号“{words.signal}”，可用的有 {'、'.join(SIGNAL_NAMES.values())}")
    write_wav(words.wav, PATTERNS[number])
    return 0


async def _run(work: Coroutine[Any, Any, None]) -> None:
    """Until a signal says that it is enough; then silence, and an orderly end."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _one(words: argparse.Namespace) -> None:
    if not (words.provision and words.key and words.state and words.broker):
        raise Wrong("要 --provision、--key、--state 和 --broker")
    provision = Provision.from_json(json.loads(words.provision.read_text()))
    key, word = read_machine_key(words.key), _password(words)
    rosters = [path.read_bytes() for path in words.roster]
    if words.driver == "simulated":
        member = Member(provision, key, word or "")
        await _serve(words, [member], rosters)
        return
    links = []
    for broker in _brokers(words):
        link = broker.link(f"siren-{provision.siren}", _tls(words, broker), keepalive=30)
        link.username = link.username or str(provision.siren)
        link.password = link.password or word
        links.append(link)
    station = Station(
        provision, key, Store(words.state), _driver(words), links,
        sensors=words.sensors, clock_ok=_clock_ok(words.clock), rosters=rosters,
    )  # fmt: skip
    _on_button(station.press)
    await station.run()


async def _fleet(words: argparse.Namespace) -> None:
    if not (words.provision and words.state and words.broker):
        raise Wrong("要 --provision（成员文件）、--state 和 --broker")
    members = read_members(words.provision)
    if len(members) < words.fleet:
        raise Wrong(f"成员文件只有 {len(members)} 台，不足 {words.fleet} 台")
    rosters = [path.read_bytes() for path in words.roster]
    await _serve(words, members[: words.fleet], rosters)


async def _serve(words: argparse.Namespace, members: list[Member], rosters: list[bytes]) -> None:
    """Simulated terminals; the collector of garbage leaves alone what lasts."""
    if len(words.broker) > 1:
        raise Wrong("模拟的终端只连一个消息服务器，请只写一个 --broker")
    _allow_many_sockets()
    faults = read_faults(words.faults, {m.siren for m in members}) if words.faults else []
    broker = _brokers(words)[0]
    tls = _tls(words, broker)
    fleet = Fleet(members, broker, words.state, faults, tls=tls, rosters=rosters)
    spare_what_lasts()
    _on_button(fleet.press)
    async with asyncio.TaskGroup() as group:
        group.create_task(fleet.run())
        if words.counters:
            group.create_task(_count(fleet, words.counters))


async def _count(fleet: Fleet, path: Path) -> None:
    told = None
    while True:
        if (report := fleet.report()) != told:
            told = report
            write_private(path, json.dumps(report))
        await asyncio.sleep(COUNTERS_S)


def _clock_ok(word: str) -> bool:
    return clock_kept() if word == "auto" else word == "kept"


def _driver(words: argparse.Namespace) -> Driver:
    if words.driver == "audio":
        return Audio(recorder=RECORDER if words.microphone else None)
    if not words.relay:
        raise Wrong("继电器驱动要 --relay 主机:端口")
    return Modbus(Wiring.of(words))


def _brokers(words: argparse.Namespace) -> list[Broker]:
    return [Broker.parse(url) for url in words.broker]


def _tls(words: argparse.Namespace, broker: Broker) -> SSLContext | None:
    if not broker.secure:
        return None
    if words.ca is None:
        raise Wrong("mqtts 要 --ca 本单位根证书")
    own = TlsFiles(words.ca, words.cert, words.cert.with_suffix(".key")) if words.cert else None
    return client_context(words.ca, own)


def _password(words: argparse.Namespace) -> str | None:
    return words.password_file.read_text().strip() if words.password_file else None


def _on_button(press: Callable[[], None]) -> None:
    """The button at the siren, where it is a line of the operating system: SIGUSR1."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, press)


def _allow_many_sockets() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
