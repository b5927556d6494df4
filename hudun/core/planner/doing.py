"""Taking a run up, doing it, and writing down what came of it. Every step is a conditional update:
a planner that was thought dead, or a run that was cancelled, changes nothing any more."""

import logging
import shutil
from concurrent.futures import Executor
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from hudun.core import clock
from hudun.core.error import Problem
from hudun.core.processes.models import Heartbeat

from . import errors as errors
from .desk import Cancelled, Desk
from .hold import Gate
from .kinds import Answer
from .models import Run

log = logging.getLogger(__name__)

TRIES = 3


def take_up(holder: UUID, *, quick: bool) -> Run | None:
    """The run that has waited longest, if nobody else was quicker."""
    run = Run.objects.waiting(quick=quick).select_related("organ").first()
    if run is None:
        return None
    run.holder, run.tries, run.state = holder, run.tries + 1, "running"
    mine = Run.objects.filter(pk=run.pk, state="queued").update(
        state="running", holder=holder, tries=run.tries, begun_at=clock.now(), share=0.0, words=""
    )
    return run if mine else None


def do(run: Run, pool: Executor, gate: Gate) -> None:
    empty(run)
    try:
        answer = run.planned.compute(run.ask, Desk(run, pool, gate))
        finish(run, answer)
    except Cancelled:
        shutil.rmtree(run.folder, ignore_errors=True)
    except Problem as problem:
        fail(run, problem)
    except Exception:
        log.exception("run %s (%s) failed", run.pk, run.kind)
        fail(run, Problem("500.18", says=run.says))


def empty(run: Run) -> None:
    """What a try that was killed had left half made must not be taken for a result."""
    shutil.rmtree(run.folder, ignore_errors=True)
    run.folder.mkdir(parents=True)


def finish(run: Run, answer: Answer) -> None:
    with transaction.atomic():
        end(run, state="done", result=answer, share=1.0, words="")
        if run.planned.keep is not None:
            run.planned.keep(run, answer)


def fail(run: Run, problem: Problem) -> None:
    try:
        end(run, state="failed", problem=problem.as_json())
    except Cancelled:
        log.info("run %s was cancelled before it failed", run.pk)


def end(run: Run, **columns: Any) -> None:
    assert run.holder is not None
    mine = Run.objects.held_by(run.holder).filter(pk=run.pk)
    if not mine.update(finished_at=clock.now(), **columns):
        raise Cancelled
    for name, value in columns.items():
        setattr(run, name, value)


def give_back_abandoned() -> int:
    """Runs of a planner that was killed wait again; after TRIES they count as failed."""
    living = list(Heartbeat.objects.alive().values_list("pk", flat=True))
    return sum(_give_back(run) for run in Run.objects.abandoned(living))


def _give_back(run: Run) -> bool:
    if run.tries >= TRIES:
        fail(run, Problem("500.19", says=run.says, tries=run.tries))
        return False
    mine = Run.objects.filter(pk=run.pk, state="running", holder=run.holder)
    return bool(mine.update(state="queued", holder=None, words="计算进程中断，重新排队"))


def hand_back(holder: UUID) -> None:
    """By a planner that was asked to end: not counted as a try."""
    mine = Run.objects.held_by(holder)
    mine.update(state="queued", holder=None, tries=F("tries") - 1, words="计算进程重启，重新排队")
