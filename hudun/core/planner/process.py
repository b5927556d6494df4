"""`hudun planner`: the engines, at low priority. May be killed at any moment."""

import argparse
import logging
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Thread
from uuid import UUID

from django.db import Error as AnyDatabaseError
from django.db import close_old_connections, connection

from hudun.core.processes.heartbeat import heartbeat

from .doing import do, give_back_abandoned, hand_back, take_up
from .hold import LOOK_S, Gate

log = logging.getLogger(__name__)

NICE, QUICK_NICE = 19, 5
"""Of long runs and their pieces, and of the lane for which somebody waits with the mouse in the
hand: on Linux every thread has its own; elsewhere all of them give way alike."""
IDLE_S = 0.4
"""Between two looks when nothing was asked lately."""
AWAKE_S = 0.05
"""Between two looks of the quick lane while somebody is at work."""
ATTENTION_S = 60.0
OUTAGE_S = 2.0


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    os.nice(QUICK_NICE - os.nice(0))
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda _signum, _frame: stop.set())
    with heartbeat("planner") as beat:
        _work(beat.pk, ThreadPoolExecutor(options.cores, initializer=give_way), stop)
        hand_back(beat.pk)
    connection.close()
    os._exit(0)  # a kernel under way ends when it likes; its run was handed back


def give_way() -> None:
    os.nice(NICE - os.nice(0))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hudun planner", description="计算进程")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="用几个核")
    return parser


def _work(holder: UUID, pool: Executor, stop: Event) -> None:
    gate = Gate()
    lanes = [Lane(holder, quick, pool, gate, stop) for quick in (False, True)]
    for lane in lanes:
        Thread(target=lane.work, name=lane.name, daemon=True).start()
    while not stop.is_set():
        survive(gate.look, stop)
        survive(give_back_abandoned, stop)
        stop.wait(LOOK_S)


def survive(work: Callable[[], object], stop: Event) -> bool:
    """A database that goes away for a while does not end the process."""
    try:
        close_old_connections()
        return bool(work())
    except AnyDatabaseError:
        log.exception("the database does not answer")
        connection.close()
        stop.wait(OUTAGE_S)
        return False


@dataclass
class Lane:
    """Long runs one after the other; quick ones beside them, never behind them."""

    holder: UUID
    quick: bool
    pool: Executor
    gate: Gate
    stop: Event

    @property
    def name(self) -> str:
        return "quick runs" if self.quick else "long runs"

    def work(self) -> None:
        if not self.quick:
            give_way()
        busy_at = 0.0
        while not self.stop.is_set():
            if survive(self.turn, self.stop):
                busy_at = time.monotonic()
                continue
            awake = self.quick and time.monotonic() - busy_at < ATTENTION_S
            self.stop.wait(AWAKE_S if awake else IDLE_S)

    def turn(self) -> bool:
        if not self.gate.wait(IDLE_S):
            return False
        run = take_up(self.holder, quick=self.quick)
        if run is None:
            return False
        do(run, self.pool, self.gate)
        return True
