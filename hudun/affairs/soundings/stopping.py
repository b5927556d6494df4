"""`hudun stop --all | --siren N … | --group N`: needs neither web nor worker, nor dispatch, nor,
once dispatch has run here, the database."""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import Error as DatabaseError

from hudun.core import clock
from hudun.core.action import Actor
from hudun.core.error import Problem
from hudun.runtime.mqtt import LinkLost, Refused
from hudun.wire import topics
from hudun.wire.cose import take_apart
from hudun.wire.frames import Stop, Target
from hudun.wire.topics import for_target

from .actions import press_stop
from .dispatch.kit import StopKit
from .dispatch.process import add_broker_options, link_to, which
from .dispatch.store import Store
from .models import StopOrder

# Real seconds: a duty officer is waiting.
DISPATCH_TAKES = 1.0
BROKER_TAKES = 5.0
LOOK_EVERY = 0.1
KIT_LIFE_S = 86_400
SENT, NOT_SENT = 0, 1


def main(argv: list[str]) -> int:
    """0 once the stop is with the broker."""
    asked = _parser().parse_args(argv)
    try:
        return _press(asked)
    except Problem as problem:
        print(f"{problem.number} {problem.what}\n{problem.safe}{problem.todo}", file=sys.stderr)
        return NOT_SENT
    except DatabaseError as error:
        print(f"数据库连不上（{error}），直接发出停止令。", file=sys.stderr)
        return _without_database(asked)


def _press(asked: argparse.Namespace) -> int:
    issuer = which(asked.office)
    actor = Actor.system(issuer.organ, "hudun stop")
    kind, target = _target(asked)
    stop = press_stop(actor, issuer.organ, target_kind=kind, target=target)
    print(f"停止令已签名：{stop.target_text}，{len(stop.numbers)} 台")
    if not _wait(stop, lambda: stop.published_at is not None, DISPATCH_TAKES):
        frames = {frame.upto: bytes(frame.frame) for frame in stop.frames.all()}
        _publish(asked, issuer.number, frames.values())
        Store(issuer).published(frames, clock.now())
        print("发令进程没有应答，停止令已直接发出；回执待它恢复后登记。")
    else:
        print("发令进程已发出。")
    _wait(stop, lambda: stop.complete, asked.wait)
    took = "" if stop.seconds is None else f"，按下后 {stop.seconds:.1f} 秒"
    print(f"已停声 {stop.silent}/{len(stop.numbers)} 台{took}")
    return SENT


def _without_database(asked: argparse.Namespace) -> int:
    kit = StopKit.read(asked.office)
    if kit is None:
        print("本机没有发令进程留下的停止令材料，请到现场断电停声。", file=sys.stderr)
        return NOT_SENT
    now = clock.now().timestamp()
    targets = _wire_targets(asked)
    try:
        _publish(asked, kit.office, [kit.sign(target, now, KIT_LIFE_S) for target in targets])
    except Problem as problem:
        print(f"{problem.number} {problem.what}\n{problem.todo}", file=sys.stderr)
        return NOT_SENT
    print("停止令已发出；数据库恢复后请在值班日志补记。")
    return SENT


def _wait(stop: StopOrder, done: Any, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(LOOK_EVERY)
        stop.refresh_from_db()
    return bool(done())


def _publish(asked: argparse.Namespace, office: int, frames: Iterable[bytes]) -> None:
    """Each frame on the topics its own octets name; 503.40 when the broker does not take it."""
    messages = [
        (topic.of(office), frame)
        for frame in frames
        for topic in _topics(Stop.decode(take_apart(frame).payload).target)
    ]
    try:
        asyncio.run(_send(asked, messages))
    except (OSError, TimeoutError, LinkLost, Refused, ValueError) as error:
        raise Problem("503.40", reason=f"{type(error).__name__} {error}") from error


async def _send(asked: argparse.Namespace, messages: list[tuple[str, bytes]]) -> None:
    link = link_to(asked.broker, asked.ca, f"stop-{time.time_ns()}")
    async with asyncio.timeout(BROKER_TAKES):
        await link.connect()
        await asyncio.gather(*(link.publish(topic, frame) for topic, frame in messages))
    with suppress(LinkLost):
        await link.close()


def _topics(target: Target) -> list[topics.Topic]:
    return for_target(target, target.sirens)


def _target(asked: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    if asked.siren:
        return "sirens", {"sirens": asked.siren}
    if asked.group:
        return "group", {"group": asked.group}
    return "all", {}


def _wire_targets(asked: argparse.Namespace) -> list[Target]:
    if asked.siren:
        most = Target.MOST_SIRENS
        numbers = tuple(asked.siren)
        return [Target(sirens=numbers[n : n + most]) for n in range(0, len(numbers), most)]
    return [Target(group=asked.group or 0)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hudun stop", description="立即停止鸣响")
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--all", action="store_true", help="全部警报器")
    whom.add_argument("--siren", type=int, nargs="+", metavar="编号", help="这些警报器")
    whom.add_argument("--group", type=int, metavar="组号", help="这一组警报器")
    parser.add_argument("--wait", type=float, default=10.0, metavar="秒", help="等回执多久")
    add_broker_options(parser)
    return parser
