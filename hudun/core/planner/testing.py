"""Runs done in the process of a test."""

from concurrent.futures import ThreadPoolExecutor

from hudun.core import clock
from hudun.core.processes.models import Heartbeat

from .doing import do, take_up
from .hold import Gate
from .models import Run


def planner_beat() -> Heartbeat:
    moment = clock.wall()
    return Heartbeat.objects.create(name="planner", pid=1, host="test", since=moment, at=moment)


def run_now(run: Run, gate: Gate | None = None) -> Run:
    """As the planner would, in this thread and transaction; the run as it is afterwards."""
    taken = take_up(planner_beat().pk, quick=run.quick)
    assert taken == run, f"{taken} was asked for before {run}"
    with ThreadPoolExecutor(2) as pool:
        do(taken, pool, gate or Gate())
    run.refresh_from_db()
    return run
