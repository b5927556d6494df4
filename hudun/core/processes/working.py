"""`hudun worker`: answers events, runs tasks, does what recurs. May be killed at any moment."""

import argparse
import logging
import signal
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from types import FrameType
from typing import Any

from django.db import Error as AnyDatabaseError
from django.db import close_old_connections, connection, transaction
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from hudun.core import clock
from hudun.core.notice.send import send_due
from hudun.core.outbox.deliver import deliver_due
from hudun.core.processes.heartbeat import heartbeat
from hudun.core.processes.models import Heartbeat
from hudun.core.recurring import every, run_due

log = logging.getLogger(__name__)

TRIES = 3
OUTAGE = 2.0  # seconds between looks at a database that does not answer
SETTLING = timedelta(seconds=30)


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    stop = Event()
    _on_signal(stop)
    with heartbeat("worker") as beat:
        tasks = _task_worker(str(beat.pk))
        reclaim_tasks()
        while not stop.is_set():
            worked = _survive(lambda: _work(tasks), stop)
            if options.once and not worked:
                break
            if not worked:
                stop.wait(options.interval)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hudun worker", description="后台进程")
    parser.add_argument("--interval", type=float, default=0.5, help="空闲时的查看间隔（秒）")
    parser.add_argument("--once", action="store_true", help="办完现有的就结束")
    return parser


def _on_signal(stop: Event) -> None:
    def asked(_signum: int, _frame: FrameType | None) -> None:
        stop.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, asked)


def _survive(work: Callable[[], int], stop: Event) -> int:
    """A database that goes away for a while does not end the process."""
    try:
        close_old_connections()
        return work()
    except AnyDatabaseError:
        log.exception("the database does not answer")
        connection.close()
        stop.wait(OUTAGE)
        return 0


def _work(tasks: TaskWorker) -> int:
    return deliver_due() + run_due() + run_tasks(tasks) + send_due()


def _task_worker(worker_id: str) -> TaskWorker:
    return TaskWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


def run_tasks(tasks: TaskWorker) -> int:
    """One task at most, so that no row of tasks keeps events waiting."""
    tasks._run_tasks = 0
    tasks.run()
    return tasks._run_tasks


@every(seconds=30)
def reclaim_tasks() -> None:
    """Tasks of a worker that was killed are given back; after TRIES they count as failed."""
    living = {str(pk) for pk in Heartbeat.objects.alive().values_list("pk", flat=True)}
    begun = DBTaskResult.objects.running().filter(started_at__lt=clock.wall() - SETTLING)
    for result in begun:
        if result.worker_ids and result.worker_ids[-1] not in living:
            _give_back(result)


def _give_back(result: "DBTaskResult[Any, Any]") -> None:
    with transaction.atomic():
        if len(result.worker_ids) >= TRIES:
            result.set_failed(RuntimeError(f"worker lost {TRIES} times"))
        else:
            mine = DBTaskResult.objects.running().filter(pk=result.pk)
            mine.update(status="READY")
